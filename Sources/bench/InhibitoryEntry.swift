import Engine
import Foundation

/// One network of a race.
struct InhibitoryEntry {
  let neurons: Int
  /// All others where there is none.
  let inDegree: Int?
  let coupling: Double
  /// Seconds of each round, by number of threads less one.
  private(set) var ours: [[Double]] = []
  var theirs: [Double] = []
  private var events = 0

  init(neurons: Int, inDegree: Int?, coupling: Double) {
    (self.neurons, self.inDegree, self.coupling) = (neurons, inDegree, coupling)
  }

  static var all: [InhibitoryEntry] {
    [
      InhibitoryEntry(neurons: 1000, inDegree: 20, coupling: 1),
      InhibitoryEntry(neurons: 1000, inDegree: 100, coupling: 1),
      InhibitoryEntry(neurons: 1000, inDegree: nil, coupling: 1),
      InhibitoryEntry(neurons: 10_000, inDegree: 20, coupling: 1),
      InhibitoryEntry(neurons: 10_000, inDegree: 100, coupling: 1),
      InhibitoryEntry(neurons: 10_000, inDegree: 100, coupling: 5),
    ]
  }

  /// As the script's line begins.
  var title: String { "N \(neurons) K \(inputs) g \(Int(coupling))" }

  private var inputs: Int { inDegree ?? neurons - 1 }

  func makeNetwork() throws -> InhibitoryNetwork {
    try .make(
      neurons: neurons, connectivity: inDegree.map { .sparse(inDegree: $0) } ?? .global, seed: 1)
  }

  /// Times one run with each number of threads that the network is large enough for.
  mutating func measure(threads: Int, length: Double) throws {
    let network = try makeNetwork()
    for count in 1...max(threads, 1) {
      let simulation = try InhibitorySimulation(
        network, coupling: coupling, delay: 0.1, threads: count)
      guard simulation.threads == count else { continue }
      let seconds = Measurement.seconds { simulation.advance(to: length) }
      while ours.count < count { ours.append([]) }
      ours[count - 1].append(seconds)
      events = simulation.spikes * inputs
    }
  }

  var summary: String {
    let medians = ours.map { Measurement($0).median }
    guard let single = medians.first else { return "\(title): nothing was measured" }
    var text = title.padding(toLength: 22, withPad: " ", startingAt: 0)
    text += " \(single.fixed(4)) s, \((Double(events) / single / 1e6).fixed(0)) million events/s"
    for (threads, times) in zip(2..., ours.dropFirst()) where !times.isEmpty {
      text += ", \(threads) threads \(Self.medianRatio(ours[0], times).fixed(2)) times"
    }
    guard !theirs.isEmpty else { return text }
    return text + "; theirs \(Measurement(theirs).median.fixed(4)) s, ratio"
      + " \(Self.medianRatio(theirs, ours[0]).fixed(2))"
  }

  /// The median over the rounds of what one takes over what the other takes.
  private static func medianRatio(_ times: [Double], _ others: [Double]) -> Double {
    Measurement(zip(times, others).map { $0 / $1 }).median
  }
}
