import Engine
import Terminal

/// The landscape of a theory study: the least loss at every angle, and where the descents are.
extension Dashboard {
  /// Panels at least this wide show the way of v beside that of the loss.
  private static let widthForBoth = 64
  private static let heightForBoth = 22
  /// Most points of a trail.
  private static let trailLength = 400

  func drawLandscape(on canvas: Canvas) {
    var panel = Panel("landscape", isFocused: isMarkedFocused(.landscape))
    if let angle = theoryReading("angle"), let loss = theoryReading("loss") {
      panel.spans = [
        Span("\(Number.fixed(angle, decimals: 1))\(glyphs.degree)", .series(0), .bold),
        Span("loss \(Figure.loss(loss))"),
      ]
    }
    panel.footer = [Span("least loss at each angle", .dim)]
    let inside = panel.draw(on: canvas)
    guard let teacher else { return }
    let isBeside = canvas.width >= Self.widthForBoth
    let isBelow = !isBeside && canvas.height >= Self.heightForBoth
    let parts =
      isBeside
      ? inside.bounds.columns(.share(3), .share(2))
      : isBelow ? inside.bounds.rows(.share(3), .share(2)) : [inside.bounds]
    drawParabola(teacher, on: inside[parts[0]])
    if parts.count > 1 { drawWayOfV(teacher, on: inside[parts[1]]) }
  }

  /// F(angle) with the descents over it.
  private func drawParabola(_ teacher: CoarseTeacher, on canvas: Canvas) {
    var chart = angleChart(teacher) { teacher.leastLoss(at: $0) }
    let top = chart.curves[0].series.extremes.maximum
    let losses = theoryLanes.compactMap { theoryReading($0.gauge("loss")) }.filter(\.isFinite)
    // A loss far above the valley would press it flat.
    chart.verticalRange = AxisRange(0, max(top, min(losses.max() ?? 0, 3 * top)) * 1.15)
    chart.draw(on: canvas)
    drawTrail("loss", chart, on: canvas)
    drawPlaces("loss", chart, on: canvas)
  }

  /// |v - v*| with that of the best v at every angle.
  private func drawWayOfV(_ teacher: CoarseTeacher, on canvas: Canvas) {
    var chart = angleChart(teacher) { angle in
      zip(teacher.bestV(at: angle), teacher.v).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        .squareRoot()
    }
    let top = chart.curves[0].series.extremes.maximum
    chart.verticalRange = AxisRange(0, max(top, theoryReading("distance") ?? 0) * 1.15)
    chart.draw(on: canvas)
    drawTrail("distance", chart, on: canvas)
    drawPlaces("distance", chart, on: canvas)
    canvas.drawRight([Span("|v - v*|", .dim)], row: 0)
  }

  private func angleChart(
    _ teacher: CoarseTeacher, _ value: (Double) -> Double
  ) -> LineChart {
    let samples = (0...120).map { value(Double($0) / 120 * .pi) }
    var chart = LineChart([Curve(samples: samples, over: AxisRange(0, 180), Style(.target))])
    chart.horizontalRange = AxisRange(0, 180)
    chart.hasHorizontalLabels = true
    if let saddle = teacher.saddleAngle { chart.marks = [saddle * 180 / .pi] }
    return chart
  }

  /// The way of the leading estimator since the start, the older the fainter.
  private func drawTrail(_ gauge: String, _ chart: LineChart, on canvas: Canvas) {
    guard let angles = history.series["angle"], let values = history.series[gauge] else { return }
    let range = angles.indices(from: Double(theoryStart) + 0.5, through: .infinity)
    guard !range.isEmpty else { return }
    let stride = max(1, range.count / Self.trailLength)
    for index in Swift.stride(from: range.lowerBound, to: range.upperBound, by: stride) {
      let (step, angle) = angles[index]
      guard let value = values.value(at: step),
        let column = chart.column(of: angle, size: canvas.size),
        let row = chart.row(of: value, size: canvas.size)
      else { continue }
      let age = Double(range.upperBound - index) / Double(range.count)
      let role: Role = age > 0.6 ? .dim : .series(0, isDimmed: age > 0.3)
      canvas.put(canvas.glyphs.bullet, at: Point(column: column, row: row), Style(role))
    }
  }

  /// Where all estimators are; the leading one over the others.
  private func drawPlaces(_ gauge: String, _ chart: LineChart, on canvas: Canvas) {
    for lane in theoryLanes.reversed() {
      guard let angle = theoryReading(lane.gauge("angle")),
        let value = theoryReading(lane.gauge(gauge)),
        let column = chart.column(of: angle, size: canvas.size)
      else { continue }
      let row = chart.row(of: value, size: canvas.size) ?? 0
      canvas.put(
        glyphs.mark(ofSeries: lane.index).marker, at: Point(column: column, row: row),
        theoryStyle(lane))
    }
  }
}
