import Engine
import Terminal

/// Where a simulated network is on the plane of coupling and delay, among the lines of theory.
extension Dashboard {
  /// What is shown in any case.
  private static let couplings = AxisRange(0.1, 100)
  private static let delays = AxisRange(0.05, 2)

  func drawPlane(on canvas: Canvas) {
    var panel = Panel("plane", isFocused: isMarkedFocused(.plane))
    panel.spans = dynamicsState
    panel.footer = [
      Span(
        canvas.width >= 44 ? "delay over coupling; darker: more order" : "delay over coupling", .dim
      )
    ]
    let inside = panel.draw(on: canvas)
    guard let report = dynamics else { return drawEmptyDynamics(on: inside) }
    let room = inside[
      Rect(column: 0, row: 0, width: inside.width - 1, height: inside.height)]
    let chart = planeChart(report)
    chart.draw(on: room)
    drawTitles(of: report.boundaries, chart, on: room)
    for place in report.places.dropLast() { draw(place, chart, isPresent: false, on: room) }
    if let place = report.places.last { draw(place, chart, isPresent: true, on: room) }
  }

  private func planeChart(_ report: DynamicsReport) -> LineChart {
    var chart = LineChart()
    (chart.horizontalScale, chart.verticalScale) = (.logarithmic, .logarithmic)
    chart.horizontalRange = Self.stretch(Self.couplings, holding: report.places.map(\.coupling))
    chart.verticalRange = Self.stretch(Self.delays, holding: report.places.map(\.delay))
    chart.hasHorizontalLabels = true
    chart.paths = report.boundaries.enumerated().map { index, boundary in
      PlanePath(
        boundary.points, Style(.target),
        line: LineStyle.allCases[index % LineStyle.allCases.count])
    }
    return chart
  }

  /// A stretch of a logarithmic axis, longer where values are beyond it.
  private static func stretch(_ range: AxisRange, holding values: [Double]) -> AxisRange {
    let values = values.filter { $0.isFinite && $0 > 0 }
    return AxisRange(
      min(range.lower, (values.min() ?? range.lower) / 1.5),
      max(range.upper, (values.max() ?? range.upper) * 1.5))
  }

  /// A place is at the edge where it is zero.
  private func draw(
    _ place: DynamicsReport.Place, _ chart: LineChart, isPresent: Bool, on canvas: Canvas
  ) {
    let coupling = max(place.coupling, chart.horizontalRange?.lower ?? 0)
    let delay = max(place.delay, chart.verticalRange?.lower ?? 0)
    guard let column = chart.column(of: coupling, size: canvas.size),
      let row = chart.row(of: delay, size: canvas.size)
    else { return }
    let point = Point(column: column, row: row)
    if isPresent {
      canvas.put(glyphs.point, at: point, Style(.accent, .bold))
    } else {
      canvas.put(shade(of: place.order), at: point, .dim)
    }
  }

  /// The more order, the darker.
  private func shade(of order: Double?) -> Unicode.Scalar {
    guard let order, order.isFinite else { return glyphs.bullet }
    let level = Int(min(max(order, 0), 1) * Double(glyphs.shades.count))
    return glyphs.shades[min(level, glyphs.shades.count - 1)]
  }

  /// The title of each line beside its upper end, on a row of its own.
  private func drawTitles(
    of boundaries: [DynamicsReport.Boundary], _ chart: LineChart, on canvas: Canvas
  ) {
    var taken: Set<Int> = []
    for boundary in boundaries {
      let cells = boundary.points.compactMap { point -> Point? in
        guard let column = chart.column(of: point.x, size: canvas.size),
          let row = chart.row(of: point.y, size: canvas.size)
        else { return nil }
        return Point(column: column, row: row)
      }
      guard let end = cells.min(by: { $0.row < $1.row }) else { continue }
      let row = (end.row..<max(end.row + 1, canvas.height - 1)).first { !taken.contains($0) }
      guard let row else { continue }
      taken.insert(row)
      let text = boundary.title.clipped(to: canvas.width, ellipsis: glyphs.ellipsis)
      let start = min(end.column + 1, canvas.width - text.cellWidth)
      canvas.draw(text, at: Point(column: max(0, start), row: row), Style(.target))
    }
  }
}
