extension LineChart {
  /// The stretches of both axes; nil when there is no point that could be shown.
  var ranges: (horizontal: AxisRange, vertical: AxisRange)? {
    guard let horizontal = horizontalRange ?? wholeHorizontalRange else { return nil }
    if let verticalRange { return (horizontal, verticalRange) }
    let robust = isRobust ? robustValues(in: horizontal) : nil
    guard let values = robust ?? visibleValues(in: horizontal) else { return nil }
    return (horizontal, Axis.padded(values, scale: verticalScale))
  }

  /// From the first to the last point of all curves and markers.
  private var wholeHorizontalRange: AxisRange? {
    let ends =
      curves.flatMap { curve -> [Double] in
        let xs = curve.series.xs
        let first = horizontalScale == .linear ? 0 : curve.series.lowerBound { $0 > 0 }
        guard first < xs.count, let last = xs.last else { return [] }
        return [xs[first], last]
      } + markers.map(\.x)
    guard let lower = ends.min(), let upper = ends.max() else { return nil }
    return AxisRange(lower, upper)
  }

  private func visibleValues(in range: AxisRange) -> AxisRange? {
    var extremes = Extremes()
    for curve in curves {
      let points = curve.series.indices(from: range.lower, through: range.upper)
      extremes.add(curve.series.extremes(in: points))
    }
    for marker in markers { extremes.add(marker.y) }
    let lower = verticalScale == .linear ? extremes.minimum : extremes.minimumAboveZero
    guard lower.isFinite, lower <= extremes.maximum else { return nil }
    let values = AxisRange(lower, extremes.maximum)
    guard let target, target.isFinite, verticalScale == .linear || target > 0 else { return values }
    return values.union(AxisRange(target, target))
  }

  /// Stretches that a curve is divided into for its robust range.
  private static let robustBlocks = 200

  /// The stretch of y without the outermost twentieth of the extremes at either end; nil when there
  /// are too few points to call any of them outliers.
  private func robustValues(in range: AxisRange) -> AxisRange? {
    var lowest: [Double] = []
    var highest: [Double] = []
    for curve in curves {
      let points = curve.series.indices(from: range.lower, through: range.upper)
      let blocks = min(points.count, LineChart.robustBlocks)
      for block in 0..<blocks {
        let start = points.lowerBound + block * points.count / blocks
        let end = points.lowerBound + (block + 1) * points.count / blocks
        let extremes = curve.series.extremes(in: start..<end)
        let lower = verticalScale == .linear ? extremes.minimum : extremes.minimumAboveZero
        guard lower.isFinite, lower <= extremes.maximum else { continue }
        lowest.append(lower)
        highest.append(extremes.maximum)
      }
    }
    guard lowest.count >= 20 else { return nil }
    let left = lowest.count / 20
    return AxisRange(lowest.sorted()[left], highest.sorted()[highest.count - 1 - left])
  }
}
