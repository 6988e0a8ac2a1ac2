import Engine
import Runs
import Terminal

/// What size is worth: the losses of stored runs over their numbers of parameters.
extension Dashboard {
  /// The runs of one kind: their experiments' names begin with the same two words.
  private var kin: [RunEntry] {
    let family = { (name: String) in name.split(separator: "-").prefix(2) }
    return (runs.entries ?? []).filter { entry in
      family(entry.experiment) == family(experiment) && (entry.parameters ?? 0) > 0
        && (entry.loss ?? 0) > 0 && entry.loss?.isFinite == true
    }
  }

  func drawScale(on canvas: Canvas) {
    var panel = Panel(PanelName.scale.title, isFocused: isMarkedFocused(.scale))
    let points = kin.compactMap { entry -> (size: Double, loss: Double)? in
      guard let size = entry.parameters, let loss = entry.loss else { return nil }
      return (Double(size), loss)
    }.sorted { $0 < $1 }
    panel.footer = [Span("test loss over parameters", .dim)]
    panel.spans = [Span("\(points.count) runs", .dim)]
    let inside = panel.draw(on: canvas)
    scaleChart(points).draw(on: inside)
  }

  /// A mark a run, a line along the least loss up to each size, and where this run is.
  private func scaleChart(_ points: [(size: Double, loss: Double)]) -> LineChart {
    guard let first = points.first, let last = points.last else {
      var chart = LineChart()
      chart.emptyText = "runs of this kind come here when they are tested"
      return chart
    }
    var least = Series()
    var best = Double.infinity
    for point in points where point.loss < best {
      best = point.loss
      least.append(x: point.size, y: best)
    }
    if last.size > (least.lastX ?? 0) { least.append(x: last.size, y: best) }
    var chart = LineChart([Curve(least, Style(.dim), line: .dotted)])
    (chart.horizontalScale, chart.verticalScale) = (.logarithmic, .logarithmic)
    chart.horizontalRange = AxisRange(first.size / 1.3, last.size * 1.3)
    chart.verticalRange = AxisRange(best / 1.5, (points.map(\.loss).max() ?? best) * 1.5)
    chart.hasHorizontalLabels = true
    chart.markers = points.map { Marker(x: $0.size, y: $0.loss, style: Style(.series(0), .bold)) }
    chart.now = run.summary.map { Double($0.parameters) }
    return chart
  }
}
