extension LineChart {
  /// The stretches of both axes; nil when there is no point that could be shown.
  var ranges: (horizontal: AxisRange, vertical: AxisRange)? {
    guard let horizontal = horizontalRange ?? wholeHorizontalRange else { return nil }
    if let verticalRange { return (horizontal, verticalRange) }
    guard var values = visibleValues(in: horizontal) else { return nil }
    if isRobust { values = robustValues(within: values, in: horizontal) }
    return (horizontal, verticalFit.range(around: values, scale: verticalScale))
  }

  /// The chart with both stretches as values of its own, so that they are worked out once for all
  /// that is asked of it and drawn.
  package var fitted: LineChart {
    var chart = self
    guard let ranges else { return chart }
    chart.horizontalRange = ranges.horizontal
    chart.verticalRange = ranges.vertical
    return chart
  }

  /// From the first to the last point of all curves and markers.
  private var wholeHorizontalRange: AxisRange? {
    let ends =
      curves.flatMap { curve -> [Double] in
        let series = curve.series
        let first = horizontalScale == .linear ? 0 : series.lowerBound { $0 > 0 }
        guard first < series.count, let last = series.lastX else { return [] }
        return [series[first].x, last]
      } + markers.map(\.x)
    guard let lower = ends.min(), let upper = ends.max() else { return nil }
    return AxisRange(lower, upper)
  }

  /// All that is to be seen in a stretch of x, the target included; nil without a point.
  private func visibleValues(in range: AxisRange) -> AxisRange? {
    var extremes = Extremes()
    for curve in curves {
      let points = curve.series.indices(from: range.lower, through: range.upper)
      extremes.add(curve.series.extremes(in: points))
    }
    for marker in markers { extremes.add(marker.y) }
    guard let values = shown(extremes) else { return nil }
    guard let target = shownTarget else { return values }
    return values.union(AxisRange(target, target))
  }

  /// The part of the extremes that has a place on the axis.
  func shown(_ extremes: Extremes) -> AxisRange? {
    let lower = verticalScale == .linear ? extremes.minimum : extremes.minimumAboveZero
    guard lower.isFinite, lower <= extremes.maximum else { return nil }
    return AxisRange(lower, extremes.maximum)
  }

  /// The target, where it has a place on the axis.
  var shownTarget: Double? {
    target.flatMap { $0.isFinite && (verticalScale == .linear || $0 > 0) ? $0 : nil }
  }
}
