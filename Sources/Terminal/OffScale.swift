/// How many points of a chart are beyond the stretch of y that it shows.
package struct OffScale: Hashable, Sendable {
  package internal(set) var above = 0
  package internal(set) var below = 0
  /// Whether these are lower bounds: counting stops where it would take too long.
  package internal(set) var isAtLeast = false

  package var isEmpty: Bool { above == 0 && below == 0 }

  /// `3 off scale ▲`, in short `3▲`; both sides where there are points on both; `>` before counts
  /// that are lower bounds.
  package func text(glyphs: Glyphs, isShort: Bool = false) -> String {
    let sides = [(above, glyphs.above), (below, glyphs.below)].filter { $0.0 > 0 }
    let more = isAtLeast ? ">" : ""
    if isShort {
      return sides.map { "\(more)\(OffScale.figure($0.0))\($0.1)" }.joined(separator: " ")
    }
    return sides.enumerated().map { index, side in
      "\(more)\(OffScale.figure(side.0)) \(index == 0 ? "off scale " : "")\(side.1)"
    }.joined(separator: "  ")
  }

  private static func figure(_ count: Int) -> String {
    count < 10_000 ? String(count) : Number.short(Double(count))
  }
}

extension LineChart {
  /// Searches that counting may take in all: enough for outliers of a few in a hundred, and no
  /// more than a fraction of a millisecond.
  private static let countingBudget = 6_000
  /// What reading a block that is not in memory counts as.
  private static let searchesPerReading = 25

  /// The points within the stretch of x that are beyond that of y. What has no place on a
  /// logarithmic axis is below it; a gap is no point, and curves that are derived from others do
  /// not count.
  package var offScale: OffScale {
    var result = OffScale()
    guard let ranges else { return result }
    var budget = LineChart.countingBudget
    // Rounding may put a bound a little inside of the value that it is made from.
    let (lower, upper) = (ranges.vertical.lower, ranges.vertical.upper)
    let vertical = AxisRange(lower - lower.magnitude * 1e-9, upper + upper.magnitude * 1e-9)
    for curve in curves where !curve.isDerived {
      let points = curve.series.indices(
        from: ranges.horizontal.lower, through: ranges.horizontal.upper)
      count(points, of: curve.series, beyond: vertical, into: &result, budget: &budget)
    }
    return result
  }

  /// Halves the points as long as their extremes tell that some of them are outside.
  private func count(
    _ points: Range<Int>, of series: Series, beyond range: AxisRange, into result: inout OffScale,
    budget: inout Int
  ) {
    budget -= 1
    let extremes = series.extremes(in: points)
    let isAbove = extremes.maximum > range.upper
    let isBelow = extremes.minimum < range.lower
    guard isAbove || isBelow, !extremes.isEmpty else { return }
    if budget <= 0 {
      // One at least of each kind is here.
      if isAbove { result.above += 1 }
      if isBelow { result.below += 1 }
      result.isAtLeast = true
      return
    }
    // A boundary of blocks, so that no block is read but one that has points outside.
    let boundary = (points.lowerBound / Pyramid.block + 1) * Pyramid.block
    if boundary >= points.upperBound {
      let (above, below) = series.count(in: points, beyond: range)
      result.above += above
      result.below += below
      if points.lowerBound < series.storedCount { budget -= Self.searchesPerReading }
    } else {
      let half = points.lowerBound + points.count / 2
      let middle = max(boundary, half - half % Pyramid.block)
      count(points.lowerBound..<middle, of: series, beyond: range, into: &result, budget: &budget)
      count(middle..<points.upperBound, of: series, beyond: range, into: &result, budget: &budget)
    }
  }
}
