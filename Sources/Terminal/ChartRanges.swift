extension LineChart {
  /// The stretches of both axes; nil when there is no point that could be shown.
  var ranges: (horizontal: AxisRange, vertical: AxisRange)? {
    guard let horizontal = horizontalRange ?? wholeHorizontalRange else { return nil }
    if let verticalRange { return (horizontal, verticalRange) }
    guard let values = visibleValues(in: horizontal) else { return nil }
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
}
