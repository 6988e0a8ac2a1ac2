/// The stretch of y without outliers.
///
/// What is left out are at most the outermost six of every hundred equal stretches of a curve, and
/// only on a side where they would take more than twice the height of all the rest: a chart
/// without outliers is not changed. A logarithmic axis gives a far value little room, so there it
/// must be two decades away as well.
///
/// Always inside are the latest points, the target and the markers. So are the first points, as a
/// loss falls from a high start in any training: back to where they would take so much room that
/// the rest is but a line.
extension LineChart {
  /// Stretches that a curve is divided into.
  private static let blocks = 200
  /// A curve with fewer stretches has no outliers.
  private static let leastBlocks = 20
  /// One stretch in so many may be left out on either side.
  private static let blocksPerOutlier = 16
  /// One point in so many, counted from the end, is recent.
  private static let pointsPerRecent = 32
  /// One point in so many, counted from the first, belongs to the start, and the stretches that it
  /// is divided into.
  private static let pointsPerStart = 16
  private static let startBlocks = 16

  /// How far beyond the rest values are too far: in heights of the rest and, on a logarithmic axis,
  /// in decades as well.
  private struct Excess {
    var heights: Double
    var decades: Double

    static let ofOutlier = Excess(heights: 2, decades: 2)
    static let ofStart = Excess(heights: 20, decades: 4)
  }

  /// `all` without the outliers that are to be seen in a stretch of x.
  func robustValues(within all: AxisRange, in range: AxisRange) -> AxisRange {
    var inner: AxisRange?
    for curve in curves where !curve.isDerived {
      guard let values = innerValues(of: curve, in: range) else { continue }
      inner = inner?.union(values) ?? values
    }
    for value in markers.map(\.y) + [shownTarget].compactMap({ $0 }) where place(value).isFinite {
      inner = inner?.union(AxisRange(value, value))
    }
    guard let inner else { return all }
    var core = inner
    for curve in curves where !curve.isDerived {
      core = core.union(startValues(of: curve, in: range, around: inner))
    }
    return cut(all, around: core, beyond: .ofOutlier)
  }

  /// `outer` with the bounds of `inner` on the sides where it is too far beyond that.
  private func cut(
    _ outer: AxisRange, around inner: AxisRange, beyond excess: Excess
  ) -> AxisRange {
    let (lower, upper) = (place(inner.lower), place(inner.upper))
    let height = upper - lower
    // Where the rest is level, nothing is pressed flat.
    guard height > 1e-9 * max(upper.magnitude, lower.magnitude) else { return outer }
    let isFar = { (distance: Double) in
      distance > excess.heights * height
        && (verticalScale == .linear || distance > excess.decades)
    }
    return AxisRange(
      isFar(lower - place(outer.lower)) ? inner.lower : outer.lower,
      isFar(place(outer.upper) - upper) ? inner.upper : outer.upper)
  }

  /// Where a value is along the axis, in its own unit.
  private func place(_ value: Double) -> Double {
    verticalScale == .linear ? value : logarithm10(value)
  }

  /// The first points of a curve, from the last of them back as long as they are not too far from
  /// the rest.
  private func startValues(
    of curve: Curve, in range: AxisRange, around inner: AxisRange
  ) -> AxisRange {
    let points = curve.series.indices(from: range.lower, through: range.upper)
    var end = points.lowerBound + (points.count + Self.pointsPerStart - 1) / Self.pointsPerStart
    let length = max(1, (end - points.lowerBound) / Self.startBlocks)
    var start = inner
    while end > points.lowerBound {
      let first = max(
        points.lowerBound, curve.series.boundary(before: end - length, ofStretches: length))
      if let values = shown(curve.series.extremes(in: first..<end))?.union(inner) {
        guard cut(values, around: inner, beyond: .ofStart) == values else { break }
        start = start.union(values)
      }
      end = first
    }
    return start
  }

  /// The values of a curve without its outermost stretches, its latest points included.
  private func innerValues(of curve: Curve, in range: AxisRange) -> AxisRange? {
    let series = curve.series
    let points = series.indices(from: range.lower, through: range.upper)
    let blocks = min(points.count, Self.blocks)
    let bounds = (0...blocks).map { block in
      let bound = points.lowerBound + block * points.count / max(1, blocks)
      guard 0 < block, block < blocks else { return bound }
      let boundary = series.boundary(before: bound, ofStretches: points.count / blocks)
      return max(points.lowerBound, boundary)
    }
    var lowest: [Double] = []
    var highest: [Double] = []
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      guard let values = shown(series.extremes(in: start..<end)) else { continue }
      lowest.append(values.lower)
      highest.append(values.upper)
    }
    guard !lowest.isEmpty else { return nil }
    lowest.sort()
    highest.sort()
    let left =
      lowest.count < Self.leastBlocks ? 0 : max(1, lowest.count / Self.blocksPerOutlier)
    let values = AxisRange(lowest[left], highest[highest.count - 1 - left])
    let length = max(1, points.count / Self.pointsPerRecent)
    let recent = max(
      points.lowerBound,
      series.boundary(before: points.upperBound - length, ofStretches: length))
    return shown(series.extremes(in: recent..<points.upperBound))?.union(values) ?? values
  }
}
