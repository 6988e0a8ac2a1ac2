/// A part of a scan: every `count`-th point, from point `index` on.
package struct ScanShard: Sendable, Equatable {
  /// From 1 on.
  package let index: Int
  package let count: Int

  package static let whole = ScanShard(index: 1, count: 1)
  package static let most = 1_000_000

  private init(index: Int, count: Int) { (self.index, self.count) = (index, count) }

  /// Reads `3/16`; `nil` where that is no part of a whole.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...Self.most).contains(count), (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  /// Its points, of so many in all.
  package func points(of all: Int) -> [Int] {
    index <= all ? Array(stride(from: index, through: all, by: count)) : []
  }
}
