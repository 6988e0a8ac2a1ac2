import Foundation
import Kernels

/// The exact simulation of an inhibitory network from event to event, or one by a clock
/// (specification of inhibitory networks, 2).
///
/// Crossings and arrivals before a time are done when that time is reached, those at the time itself
/// are not. A crossing at exactly the time of an arrival goes first, and crossings at the same time
/// go in the order of neurons. Spikes are the same bits for any number of threads, wherever a run is
/// interrupted, and from slices and heap alike.
package final class InhibitorySimulation: InhibitorySimulating {
  /// How the next spike is found.
  package enum Method: Sendable, Equatable, Codable {
    /// Slices where the delay allows it, or else the heap.
    case automatic
    /// Slices no longer than the delay, in which no pulse arrives that is emitted within (2.3b).
    case slices
    /// A heap of neurons by lower bounds of their crossings (2.3a); one thread.
    case heap
    /// Everything happens at multiples of a step (2.4); one thread.
    case clock(step: Double)
  }

  package let network: InhibitoryNetwork
  package let method: Method
  package let threads: Int
  package internal(set) var time = 0.0
  /// g.
  package internal(set) var coupling: Double
  /// tau.
  package internal(set) var delay: Double
  let memory: InhibitionMemory
  var scale = GrowthScale()
  /// The shortest period that a neuron has when nothing inhibits it.
  var shortestPeriod = Double.infinity
  private let team: ThreadTeam

  /// Slices shorter than this cost more than the heap.
  package static let leastSlice = 0.003
  /// With a shared field a longer slice has more neurons that might fire.
  private static let longestSharedSlice = 0.1
  /// Neurons that a thread should have at least.
  private static let leastNeuronsOfThread = 2048
  /// Growths are scaled down beyond the first, and no way is longer than to the second.
  private static let scalingLimit = 0x1p256
  private static let farthestTarget = 0x1p300

  /// Delays whose growth stays in range.
  package static let allowedDelays = 0...500.0
  package static let allowedCouplings = 0...1e9

  package init(
    _ network: InhibitoryNetwork, coupling: Double, delay: Double,
    method: Method = .automatic, threads: Int = 1
  ) throws(InhibitoryError) {
    try Self.validate(coupling: coupling)
    try Self.validate(delay: delay)
    for drive in network.excitabilities { try Self.validate(drive: drive) }
    if case .clock(let step) = method, !(step > 0 && step.isFinite) { throw .unusableStep(step) }
    let useful = max(network.neurons / Self.leastNeuronsOfThread, 1)
    self.network = network
    self.method = method
    self.threads = max(min(threads, useful), 1)
    self.coupling = coupling
    self.delay = delay
    memory = InhibitionMemory(network, threads: self.threads)
    team = ThreadTeam(threads: self.threads)
    for neuron in 0..<network.neurons { memory.drives[neuron] = network.excitabilities[neuron] }
    memory.slices.pointee.now = isClocked ? 0 : 1
    memory.slices.pointee.scaling_limit = Self.scalingLimit
    updateShortestPeriod()
    for neuron in 0..<network.neurons { place(neuron, at: network.startingPotentials[neuron]) }
    try checkSlices()
  }

  deinit { team.end() }

  // MARK: Going on

  /// Goes on to `time`, or to the last step of the clock that is not after it.
  package func advance(to time: Double) {
    memory.keepSpikes(false)
    run(to: time) { _, _ in }
  }

  /// The same, and appends the spikes.
  package func advance(to time: Double, into spikes: inout SpikeRecord) {
    memory.keepSpikes(true)
    run(to: time) { spikes.append($0, at: $1) }
  }

  private func run(to time: Double, _ take: (UInt32, Double) -> Void) {
    precondition(time.isFinite, "a time that can be reached")
    guard time > self.time else { return }
    let slices = memory.slices
    prepare()
    while true {
      let goal = goal(at: time)
      slices.pointee.target = isClocked ? goal : min(goal, Self.farthestTarget)
      runOnce()
      for spike in memory.takeSpikes() { take(spike.neuron, self.time(of: spike)) }
      switch slices.pointee.outcome {
      case SLICES_NEED_ROOM: memory.makeRoomInQueue()
      case SLICES_NEED_SCALING: rescale()
      case _ where slices.pointee.target < goal: rescale()
      default:
        self.time = time
        return
      }
    }
  }

  /// The growth at `time`, or the last step of the clock that is not after it.
  private func goal(at time: Double) -> Double {
    clockStep.map { (time / $0 + 1e-9).rounded(.down) } ?? scale.growth(at: time)
  }

  private func prepare() {
    let slices = memory.slices
    slices.pointee.coupling = coupling / Double(network.inDegree)
    slices.pointee.delay_factor = exp(delay)
    slices.pointee.slice_factor = min(exp(sliceLength), slices.pointee.delay_factor)
  }

  private func runOnce() {
    let slices = memory.slices
    if let clockStep {
      advance_clock(
        slices, inhibited_clock(decay: exp(-clockStep), delay: (delay / clockStep).rounded()))
    } else if usesSlices {
      let work = SharedSlices(slices: slices)
      begin_slices(slices)
      team.run(pieces: threads) { _ in advance_slices(work.slices) }
    } else {
      advance_heap(slices, memory.heap.base)
    }
  }

  /// The threads agree among themselves on what each may touch.
  private struct SharedSlices: @unchecked Sendable {
    let slices: UnsafeMutablePointer<inhibited_slices>
  }

  private func time(of spike: pulse) -> Double {
    clockStep.map { spike.growth * $0 } ?? scale.time(of: spike.growth)
  }

  private func rescale() {
    let power = Int(memory.slices.pointee.now.exponent)
    memory.scale(by: scalbn(1, -power))
    scale.exponent += power
  }

  // MARK: Method

  var clockStep: Double? { method.clockStep }

  var isClocked: Bool { clockStep != nil }

  private var usesSlices: Bool {
    switch method {
    case .automatic: sliceLength >= Self.leastSlice
    case .slices: true
    case .heap, .clock: false
    }
  }

  /// Shorter than any period, so that no neuron fires twice in a slice.
  private var sliceLength: Double {
    let longest = network.connectivity == .global ? Self.longestSharedSlice : .infinity
    return min(delay, 0.999 * shortestPeriod, longest)
  }

  func checkSlices() throws(InhibitoryError) {
    guard method == .slices, sliceLength < Self.leastSlice / 100 else { return }
    throw .delayTooShortForSlices(found: sliceLength, least: Self.leastSlice / 100)
  }

  func updateShortestPeriod() {
    let largest = memory.drives.elements.max() ?? 1
    shortestPeriod = LeakyNeuron.period(drive: largest)
  }

  /// A drive may be so low that the neuron never fires.
  static func validate(drive: Double) throws(InhibitoryError) {
    let allowed = InhibitoryNetwork.allowedExcitability
    guard drive.isFinite, drive <= allowed.upperBound else {
      throw .excitabilityOutOfRange(found: drive, allowed: allowed)
    }
  }

  static func validate(coupling: Double) throws(InhibitoryError) {
    guard allowedCouplings.contains(coupling) else { throw .unusableCoupling(coupling) }
  }

  static func validate(delay: Double) throws(InhibitoryError) {
    guard allowedDelays.contains(delay) else { throw .unusableDelay(delay) }
  }
}
