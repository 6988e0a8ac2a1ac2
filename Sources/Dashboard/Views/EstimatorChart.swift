import Engine
import Terminal

/// mu' of an estimator above the staircase that it stands for and mu's own integral, which the
/// gradients behave as if it were there instead. Low charts have all three in one.
struct EstimatorChart {
  let picker: EstimatorPicker

  private static let leastHeightForTwo = 11
  /// With more thresholds their lines would be all that is seen.
  private static let mostMarks = 15

  func draw(on canvas: Canvas) {
    let (count, glyphs) = (max(2, canvas.width * 4), canvas.glyphs)
    if canvas.height >= Self.leastHeightForTwo {
      let parts = canvas.bounds.rows(.share(1), .share(1))
      draw(chart([slope(count, glyphs)]), slopeName(glyphs), on: canvas[parts[0]])
      var lower = chart([staircase(count), integral(count, glyphs)])
      lower.hasHorizontalLabels = true
      draw(lower, legend(glyphs), on: canvas[parts[1]])
    } else {
      var whole = chart([staircase(count), integral(count, glyphs), slope(count, glyphs)])
      whole.hasHorizontalLabels = canvas.height >= 8
      draw(whole, slopeName(glyphs) + [Span("  ")] + legend(glyphs), on: canvas)
    }
  }

  /// The names stand at the left, where most curves are low; those that have no room are left out.
  private func draw(_ chart: LineChart, _ names: [Span], on canvas: Canvas) {
    chart.draw(on: canvas)
    let start = chart.column(of: range.lower, size: canvas.size) ?? 0
    let shown = names.reduce(into: [Span]()) { shown, name in
      let end = start + shown.reduce(name.width) { $0 + $1.width }
      if end <= canvas.width * 2 / 3 || shown.isEmpty { shown.append(name) }
    }
    canvas.draw(shown, at: Point(column: start, row: 0))
  }

  private var surrogate: Surrogate { picker.surrogate }

  /// Where the staircase is and the curve has its corners, with some room.
  private var range: AxisRange {
    let top = picker.quantizer?.clip ?? 1
    let corners = surrogate.breakpoints
    // Farther corners would press the staircase flat.
    let limit = 6 * max(top, 1)
    let lower = max(corners.min() ?? 0, -limit)
    let upper = min(corners.max() ?? 0, limit)
    return AxisRange(
      min(picker.quantizer == nil ? -2 : -1, lower * 1.2),
      max(picker.quantizer == nil ? 2 : top * 1.3, upper * 1.2))
  }

  private func curve(
    _ count: Int, _ style: Style, _ line: LineStyle, _ value: (Double) -> Double
  ) -> Curve {
    let range = self.range
    let samples = (0...count).map {
      value(range.lower + range.length * Double($0) / Double(count))
    }
    return Curve(samples: samples, over: range, style, line: line)
  }

  private func slope(_ count: Int, _ glyphs: Glyphs) -> Curve {
    let surrogate = self.surrogate
    return curve(count, Style(.series(0), .bold), glyphs.mark(ofSeries: 0).line) {
      surrogate.derivative($0)
    }
  }

  /// From 0 on; a gap where the curve is random.
  private func integral(_ count: Int, _ glyphs: Glyphs) -> Curve {
    let surrogate = self.surrogate
    return curve(count, Style(.series(1)), glyphs.mark(ofSeries: 1).line) {
      surrogate.primitive($0) ?? .nan
    }
  }

  private func staircase(_ count: Int) -> Curve {
    let relu = picker.quantizer
    return curve(count, Style(.target), .dotted) { x in relu?.value(x) ?? (x > 0 ? 1 : 0) }
  }

  private func chart(_ curves: [Curve]) -> LineChart {
    var chart = LineChart(curves)
    chart.horizontalRange = range
    let extremes = curves.map(\.series.extremes).filter { !$0.isEmpty }
    let least = min(0, extremes.map(\.minimum).min() ?? 0)
    let most = max(least + 1e-9, extremes.map(\.maximum).max() ?? 1)
    let room = max((most - least) * 0.08, 1e-6)
    chart.verticalRange =
      most <= 1e-9 && least == 0
      ? AxisRange(-0.1, 1) : AxisRange(least - room, most + room)
    chart.marks = thresholds
    return chart
  }

  private var thresholds: [Double] {
    guard let relu = picker.quantizer else { return [0] }
    let count = Int(relu.levels)
    return count > Self.mostMarks ? [] : (1...count).map(relu.threshold)
  }

  private func slopeName(_ glyphs: Glyphs) -> [Span] {
    [Span("\(Character(glyphs.mark(ofSeries: 0).marker)) mu'", style: Style(.series(0), .bold))]
  }

  private func legend(_ glyphs: Glyphs) -> [Span] {
    let marker = Character(glyphs.mark(ofSeries: 1).marker)
    return [
      Span("\(marker) integral", style: Style(.series(1))),
      Span(picker.quantizer == nil ? "  the step" : "  the levels", .target),
    ]
  }
}
