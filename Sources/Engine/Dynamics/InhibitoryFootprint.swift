/// How much memory a network is going to take, so that one that is too large is refused before it
/// ends the process.
enum InhibitoryFootprint {
  /// Of each neuron: what is drawn, simulated, measured, looked at and, several times over, saved.
  private static let neuron = 1600.0
  /// Of each connection: its source, and a chunk of targets at most that it fills alone.
  private static let source = 4.0
  private static let chunk = 8.0
  private static let chunkTargets = 4.0
  /// Neurons of a block, each of which knows where the targets of all neurons begin.
  private static let blockNeurons = 16_384.0
  /// What is so small is not worth asking the system for.
  private static let smallest = 0x1p26

  /// In bytes, rather too many.
  ///
  /// - Parameter inDegree: K; `nil` for global coupling, which stores no connections.
  static func bytes(neurons: Int, inDegree: Int?, threads: Int = 1) -> Double {
    let count = Double(max(neurons, 0))
    guard let inDegree else { return count * neuron }
    let connections = count * Double(max(inDegree, 0))
    let blocks = (count / blockNeurons).rounded(.up) + Double(max(threads, 1) - 1)
    // Each neuron leaves one chunk of a block unfilled at most.
    let chunks = min(connections, connections / chunkTargets + count * blocks)
    return count * (neuron + 4 * blocks) + connections * source + chunks * chunk
  }

  /// Throws where `available`, which is asked for large networks alone, is not enough.
  static func check(_ bytes: Double, available: () -> Int) throws(InhibitoryError) {
    guard bytes > smallest else { return }
    let free = available()
    guard bytes > Double(free) else { return }
    throw .tooLarge(needed: Int(min(bytes, 0x1p62)), available: free)
  }
}

extension InhibitoryConfiguration {
  /// Throws where there is not enough memory for a network, of another in-degree where one is given.
  func checkMemory(
    inDegree turned: Int? = nil, threads: Int = 1, available: () -> Int
  ) throws(InhibitoryError) {
    let inDegree = topology == .global ? nil : turned ?? inDegree
    try InhibitoryFootprint.check(
      InhibitoryFootprint.bytes(neurons: neurons, inDegree: inDegree, threads: threads),
      available: available)
  }
}
