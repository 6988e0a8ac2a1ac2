/// The stretch of y without outliers.
///
/// What is left out are at most the outermost three of every hundred equal stretches of a curve,
/// and only on a side where they would take more than twice the height of all the rest: a chart
/// without outliers is not changed. A logarithmic axis gives a far value little room, so there it
/// must be two decades away as well.
///
/// Always inside are the latest points, the target and the markers, and the first points, from
/// which a loss falls in any training: unless they take so much room that the rest is but a line.
extension LineChart {
  /// Stretches that a curve is divided into.
  private static let blocks = 200
  /// A curve with fewer stretches has no outliers.
  private static let leastBlocks = 20
  /// One stretch in so many may be left out on either side.
  private static let blocksPerOutlier = 32
  /// One point in so many, counted from the end, is recent.
  private static let pointsPerRecent = 32
  /// One point in so many, counted from the first, belongs to the start.
  private static let pointsPerStart = 16

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
    var starts: [AxisRange] = []
    for curve in curves where !curve.isDerived {
      guard let values = innerValues(of: curve, in: range) else { continue }
      inner = inner?.union(values) ?? values
      if let start = startValues(of: curve, in: range) { starts.append(start) }
    }
    for value in markers.map(\.y) + [shownTarget].compactMap({ $0 }) where place(value).isFinite {
      inner = inner?.union(AxisRange(value, value))
    }
    guard let inner else { return all }
    let core = starts.reduce(inner) { $0.union(cut($1, around: inner, beyond: .ofStart)) }
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

  private func startValues(of curve: Curve, in range: AxisRange) -> AxisRange? {
    let points = curve.series.indices(from: range.lower, through: range.upper)
    let end = points.lowerBound + max(1, points.count / LineChart.pointsPerStart)
    return shown(curve.series.extremes(in: points.lowerBound..<end))
  }

  /// The values of a curve without its outermost stretches, its latest points included.
  private func innerValues(of curve: Curve, in range: AxisRange) -> AxisRange? {
    let series = curve.series
    let points = series.indices(from: range.lower, through: range.upper)
    let blocks = min(points.count, LineChart.blocks)
    var lowest: [Double] = []
    var highest: [Double] = []
    for block in 0..<blocks {
      let start = points.lowerBound + block * points.count / blocks
      let end = points.lowerBound + (block + 1) * points.count / blocks
      guard let values = shown(series.extremes(in: start..<end)) else { continue }
      lowest.append(values.lower)
      highest.append(values.upper)
    }
    guard !lowest.isEmpty else { return nil }
    lowest.sort()
    highest.sort()
    let left =
      lowest.count < LineChart.leastBlocks ? 0 : max(1, lowest.count / LineChart.blocksPerOutlier)
    let values = AxisRange(lowest[left], highest[highest.count - 1 - left])
    let recent = points.upperBound - max(1, points.count / LineChart.pointsPerRecent)
    return shown(series.extremes(in: recent..<points.upperBound))?.union(values) ?? values
  }
}
