import Kernels

/// The neurons of a simulation by blocks, what is in flight between them, and room to work, as the
/// loops in C use them. The addresses stay as they are for as long as this lives.
final class InhibitionMemory: @unchecked Sendable {
  let slices: UnsafeMutablePointer<inhibited_slices>
  let blocks: NumberBuffer<inhibited_block>
  /// a of each neuron as it is now.
  let drives: NumberBuffer<Double>
  let spikeCounts: NumberBuffer<UInt32>
  private var neurons: [NumberBuffer<inhibited_neuron>] = []
  private var lists: [TargetLists] = []
  private var rooms: [SpikeRoom] = []
  private let due: NumberBuffer<UInt32>
  private let ownArrivals: NumberBuffer<UInt8>
  private(set) var queue: NumberBuffer<pulse>
  private var field: NumberBuffer<Double>
  private var index: NumberBuffer<UInt32>
  private var record = NumberBuffer<pulse>(count: 0)
  /// Of the lazy heap, once it is used.
  private(set) lazy var heap = NumberBuffer<pulse>(count: drives.count)

  /// Neurons of a block at most, so that it stays in the cache; in sparse networks numbers within it
  /// have 16 bits.
  private static let mostBlockNeurons = (sparse: 16_384, global: 32_768)
  /// Spikes that are recorded at once, beyond one of each neuron.
  private static let recordedSpikes = 65_536

  /// Room for a spike of each neuron, and to sort them.
  private struct SpikeRoom {
    let fired: NumberBuffer<pulse>
    let sorted: NumberBuffer<pulse>
    let buckets: NumberBuffer<UInt32>

    init(neurons: Int) {
      fired = NumberBuffer(count: neurons)
      sorted = NumberBuffer(count: neurons)
      buckets = NumberBuffer(count: neurons + 1)
    }
  }

  init(_ network: InhibitoryNetwork, threads: Int) {
    let count = network.neurons
    let isGlobal = network.connectivity == .global
    let most = isGlobal ? Self.mostBlockNeurons.global : Self.mostBlockNeurons.sparse
    let least = (count + most - 1) / most
    let blocksOfThread = (least + threads - 1) / threads
    let size = (count + blocksOfThread * threads - 1) / (blocksOfThread * threads)
    let blockCount = (count + size - 1) / size
    slices = .allocate(capacity: 1)
    slices.initialize(to: inhibited_slices())
    blocks = NumberBuffer(count: blockCount)
    drives = NumberBuffer(count: count)
    spikeCounts = NumberBuffer(count: count)
    due = NumberBuffer(count: isGlobal ? count + blockCount : 0)
    ownArrivals = NumberBuffer(count: isGlobal ? count : 0)
    queue = NumberBuffer(count: 2 * count + 1024)
    field = NumberBuffer(count: isGlobal ? queue.count + 1 : 0)
    index = NumberBuffer(count: isGlobal ? queue.count : 0)
    slices.pointee.blocks = blocks.base
    slices.pointee.block_count = blockCount
    slices.pointee.block_size = size
    slices.pointee.neurons = count
    slices.pointee.has_shared_field = isGlobal
    setQueue()
    for block in 0..<blockCount { addBlock(block, network) }
    guard blockCount > Int(FEW_BLOCKS) else { return }
    let room = SpikeRoom(neurons: count)
    rooms.append(room)
    slices.pointee.merged = room.fired.base
    slices.pointee.sorted = room.sorted.base
    slices.pointee.buckets = room.buckets.base
  }

  deinit { slices.deallocate() }

  private func addBlock(_ number: Int, _ network: InhibitoryNetwork) {
    let size = slices.pointee.block_size
    let range = number * size..<min((number + 1) * size, network.neurons)
    let group = Int(NEURON_GROUP)
    let room = (range.count + Int(TARGET_CHUNK) + group - 1) / group * group
    let states = NumberBuffer<inhibited_neuron>(count: room)
    for index in 0..<room { states[index] = inhibited_neuron(distance: 1, excess: 0) }
    neurons.append(states)
    var block = inhibited_block()
    block.neurons = states.base
    block.drives = UnsafePointer(drives.base + range.lowerBound)
    block.spike_counts = spikeCounts.base + range.lowerBound
    block.first = UInt32(range.lowerBound)
    block.count = UInt32(range.count)
    if network.connectivity == .global {
      block.own_arrivals = ownArrivals.base + range.lowerBound
      block.due = due.base + range.lowerBound + number
    } else {
      let targets = TargetLists(network, block: range)
      lists.append(targets)
      block.starts = UnsafePointer(targets.starts.base)
      block.targets = UnsafePointer(targets.targets.base)
    }
    let spikes = SpikeRoom(neurons: range.count)
    rooms.append(spikes)
    block.fired = pulse_list(pulses: spikes.fired.base, count: 0)
    block.sorted = spikes.sorted.base
    block.buckets = spikes.buckets.base
    blocks[number] = block
  }

  // MARK: Neurons

  /// Where a neuron's state is.
  func state(of neuron: Int) -> UnsafeMutablePointer<inhibited_neuron> {
    let size = slices.pointee.block_size
    return neurons[neuron / size].base + neuron % size
  }

  // MARK: Room

  private func setQueue() {
    slices.pointee.queue = queue.base
    slices.pointee.queue_capacity = queue.count
    slices.pointee.field = field.base
    slices.pointee.index = index.base
  }

  /// Room for as many more pulses as there are neurons at least: moves those in flight to the
  /// front, of a larger queue where that is not enough.
  func makeRoomInQueue() {
    let inFlight = slices.pointee.tail - slices.pointee.head
    let old = queue
    if inFlight > queue.count / 2 || queue.count < inFlight + drives.count {
      queue = NumberBuffer(count: 2 * (inFlight + drives.count))
      if slices.pointee.has_shared_field {
        field = NumberBuffer(count: queue.count + 1)
        index = NumberBuffer(count: queue.count)
      }
      setQueue()
    }
    queue.base.update(from: old.base + slices.pointee.head, count: inFlight)
    slices.pointee.head = 0
    slices.pointee.tail = inFlight
  }

  /// Puts these in flight in place of what is.
  func fill(queue pulses: [pulse]) {
    slices.pointee.head = 0
    slices.pointee.tail = 0
    if pulses.count + drives.count > queue.count {
      queue = NumberBuffer(count: 2 * (pulses.count + drives.count))
      if slices.pointee.has_shared_field {
        field = NumberBuffer(count: queue.count + 1)
        index = NumberBuffer(count: queue.count)
      }
      setQueue()
    }
    for (place, pulse) in pulses.enumerated() { queue[place] = pulse }
    slices.pointee.tail = pulses.count
  }

  /// The pulses in flight, the first to arrive first.
  var inFlight: UnsafeMutableBufferPointer<pulse> {
    UnsafeMutableBufferPointer(rebasing: queue.elements[slices.pointee.head..<slices.pointee.tail])
  }

  /// Has spikes kept for the caller from now on, or no more.
  func keepSpikes(_ areKept: Bool) {
    if areKept && record.count == 0 {
      record = NumberBuffer(count: drives.count + Self.recordedSpikes)
    }
    slices.pointee.record = record.base
    slices.pointee.record_count = 0
    slices.pointee.record_capacity = areKept ? record.count : 0
  }

  /// The spikes kept; forgotten with that.
  func takeSpikes() -> UnsafeBufferPointer<pulse> {
    let count = slices.pointee.record_count
    slices.pointee.record_count = 0
    return UnsafeBufferPointer(start: record.base, count: count)
  }

  /// Multiplies everything that is measured in growths.
  func scale(by factor: Double) {
    for block in 0..<blocks.count { scale_distances(blocks.base + block, factor) }
    for index in slices.pointee.head..<slices.pointee.tail { queue.base[index].growth *= factor }
    slices.pointee.shared_field *= factor
    slices.pointee.now *= factor
  }
}
