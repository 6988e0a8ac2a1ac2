/// Numbers of the points of a grid, from 1 on: the last coordinate changes fastest.
package struct ScanGrid: Sendable, Equatable {
  /// Values along each axis, at least one.
  package let counts: [Int]
  package let count: Int

  /// `nil` where there are more than `most` points.
  init?(_ counts: [Int], most: Int) {
    var product = 1
    for count in counts {
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      guard !overflow, next <= most else { return nil }
      product = next
    }
    (self.counts, count) = (counts, product)
  }

  /// The place of a point along each axis, from 0 on.
  package func coordinates(of point: Int) -> [Int] {
    var rest = point - 1
    var coordinates = counts
    for index in counts.indices.reversed() {
      coordinates[index] = rest % counts[index]
      rest /= counts[index]
    }
    return coordinates
  }
}
