extension Array<Int> {
  /// Makes this the order in which an epoch takes its samples, each once: a function of the seed and
  /// the epoch, whatever was here before.
  mutating func setOrder(ofEpoch epoch: Int, count: Int, seed: UInt64) {
    if self.count != count { self = Array(repeating: 0, count: count) }
    for index in indices { self[index] = index }
    var stream = RandomStream(seed: seed, purpose: .order, first: epoch)
    shuffle(with: &stream)
  }
}
