/// How much of a side one part of a split takes.
package enum Extent: Hashable, Sendable {
  /// That many cells, as long as there are any left.
  case fixed(Int)
  /// A weight in the division of what the fixed parts leave.
  case share(Int)

  /// All that is left, or an equal part of it beside other `rest`s.
  package static let rest = Extent.share(1)

  /// Lengths of all parts; their sum is `total` when there is a share, and never more.
  static func lengths(of extents: [Extent], total: Int) -> [Int] {
    var left = max(0, total)
    var lengths = [Int](repeating: 0, count: extents.count)
    var weights = 0
    for (index, extent) in extents.enumerated() {
      switch extent {
      case .fixed(let length):
        lengths[index] = min(max(0, length), left)
        left -= lengths[index]
      case .share(let weight):
        weights += max(0, weight)
      }
    }
    for (index, extent) in extents.enumerated() {
      guard case .share(let weight) = extent, weight > 0 else { continue }
      lengths[index] = left * weight / weights
      left -= lengths[index]
      weights -= weight
    }
    return lengths
  }
}

extension Rect {
  /// Parts side by side, from left to right.
  package func columns(_ extents: Extent...) -> [Rect] { columns(extents) }

  /// Parts side by side, from left to right.
  package func columns(_ extents: [Extent]) -> [Rect] {
    var start = column
    return Extent.lengths(of: extents, total: width).map { length in
      defer { start += length }
      return Rect(column: start, row: row, width: length, height: height)
    }
  }

  /// Parts below one another, from top to bottom.
  package func rows(_ extents: Extent...) -> [Rect] { rows(extents) }

  /// Parts below one another, from top to bottom.
  package func rows(_ extents: [Extent]) -> [Rect] {
    var start = row
    return Extent.lengths(of: extents, total: height).map { length in
      defer { start += length }
      return Rect(column: column, row: start, width: width, height: length)
    }
  }
}
