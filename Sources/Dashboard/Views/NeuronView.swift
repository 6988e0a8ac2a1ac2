import Engine
import Terminal

/// One unit of the raster that is shown, close to.
extension Dashboard {
  func drawNeuron(on canvas: Canvas) {
    guard let site = shownSite, let raster = shownRaster else {
      Panel("unit", isFocused: isMarkedFocused(.neuron)).draw(on: canvas)
      return
    }
    let unit = browser.unit(of: site.id)
    var panel = Panel("unit \(unit)", isFocused: isMarkedFocused(.neuron))
    if browser.isWatched(unit, of: site.id) { panel.spans = [Span("watched", .accent)] }
    let inside = panel.draw(on: canvas)
    let area = inside[inside.bounds.inset(columns: 1, rows: 0)]
    // A curve is worth more than the last figures.
    let facts = facts(of: raster, unit: unit).prefix(max(3, area.height - 6))
    // Where there is room, what is told in words stands beside the curves.
    let isWide = area.width >= 64
    let columns = area.bounds.columns(.fixed(isWide ? 30 : 0), .fixed(isWide ? 2 : 0), .rest)
    let words = area[isWide ? columns[0] : area.bounds]
    for (row, fact) in facts.enumerated() {
      words.draw(fact.name, at: Point(column: 0, row: row), .dim)
      words.draw(fact.value, at: Point(column: 13, row: row))
    }
    let below = words[words.bounds.rows(.fixed(facts.count + 1), .rest)[1]]
    let view = NeuronView(
      values: raster.values(of: unit), detail: raster.detail.flatMap { $0.unit == unit ? $0 : nil },
      resolution: raster.resolution, rates: browser.rates(of: unit, site.id), time: shownTime,
      style: siteStyle(site.id))
    if isWide {
      if below.height >= 3 { view.drawWeights(on: below) }
      view.draw(on: area[columns[2]], withWeights: false)
    } else {
      view.draw(on: below)
    }
  }

  /// The time steps in view.
  var shownTime: AxisRange {
    let steps = shownSteps
    return AxisRange(
      Double(steps.lowerBound), Double(max(steps.lowerBound + 1, steps.upperBound - 1)))
  }

  private func facts(of raster: Raster, unit: Int) -> [(name: String, value: String)] {
    let statistics = UnitStatistics(raster.values(of: unit))
    let figure = { (value: Double?) in value.map { Number.fixed($0, decimals: 2) } ?? "-" }
    var facts = [
      ("rate", figure(statistics.rate) + " per step"),
      ("zero share", Figure.percent(statistics.zeroShare)),
      ("values", "\(Figure.short(statistics.lowest)) to \(Figure.short(statistics.highest))"),
      ("first spike", statistics.firstSpike.map { "step \($0)" } ?? "none"),
    ]
    // Means of several samples have no intervals and are no counts.
    guard raster.samples == 1 else { return facts + [("mean of", "\(raster.samples) samples")] }
    facts.append(
      (
        "intervals",
        "\(figure(statistics.meanInterval)), CV \(figure(statistics.intervalVariation))"
      ))
    if raster.resolution.isFinite {
      facts.append(("bits", "range \(figure(statistics.bitsRange))"))
      facts.append(("", "entropy \(figure(statistics.bitsEntropy))"))
      facts.append(("significant", figure(statistics.significantBits)))
    }
    if statistics.isDead { facts.append(("", "dead: never a spike")) }
    if statistics.isSaturated { facts.append(("", "saturated: always one value")) }
    return facts
  }
}

/// The curves and weights of one unit, as many as there is room for.
struct NeuronView {
  var values: ArraySlice<Float>
  /// What the engine tells of it; nil where the raster came without.
  var detail: UnitDetail?
  var resolution: Double
  /// Its rate over the steps of the training.
  var rates: Series
  /// The time steps in view.
  var time: AxisRange
  var style: Style

  private enum Part: CaseIterable {
    case current, signal, intervals, training, weights

    /// Rows with a title; charts take what is left over beside.
    var height: Int {
      switch self {
      case .intervals: 4
      case .weights: 6
      default: 5
      }
    }

    var isChart: Bool { self != .intervals && self != .weights }

    /// What a small terminal has no room for first, last.
    static let byImportance: [Part] = [.signal, .weights, .intervals, .training, .current]
  }

  func draw(on canvas: Canvas, withWeights: Bool = true) {
    var room = canvas.height
    var shown: [Part] = []
    for part in Part.byImportance where isKnown(part) && (withWeights || part != .weights) {
      guard room >= part.height || shown.isEmpty else { break }
      shown.append(part)
      room -= part.height
    }
    let parts = Part.allCases.filter(shown.contains)
    let sizes = parts.map { $0.isChart ? Extent.rest : Extent.fixed($0.height) }
    for (part, area) in zip(parts, canvas.bounds.rows(sizes)) { draw(part, on: canvas[area]) }
  }

  private func isKnown(_ part: Part) -> Bool {
    switch part {
    case .current: !(detail?.current.isEmpty ?? true)
    case .weights: detail != nil
    default: true
    }
  }

  private func draw(_ part: Part, on canvas: Canvas) {
    switch part {
    case .current:
      let current = Series((detail?.current ?? []).enumerated().map { (Double($0), Double($1)) })
      draw([Span("input current", .dim)], [Curve(current, style)], on: canvas)
    case .signal: drawSignal(on: canvas)
    case .intervals: drawIntervals(on: canvas)
    case .training:
      var chart = LineChart([Curve(rates, style)])
      chart.verticalFit = .padded
      draw([Span("rate over training", .dim)], chart, on: canvas)
    case .weights: drawWeights(on: canvas)
    }
  }

  /// w a and, under it, the voltage with its charge before the spikes; or what was emitted, where
  /// there is no voltage.
  private func drawSignal(on canvas: Canvas) {
    guard let detail else {
      let emitted = Series(values.enumerated().map { (Double($0), Double($1)) })
      return draw([Span("emitted, by time step", .dim)], [Curve(emitted, style)], on: canvas)
    }
    let factor = resolution.isFinite ? resolution : 1
    let signal = Series(detail.activity.enumerated().map { (Double($0), factor * Double($1)) })
    var curves = [Curve(signal, Style(.dim))]
    var title = [Span(resolution.isFinite ? "w a" : "activity", .dim)]
    if detail.voltages.isEmpty {
      curves.append(
        Curve(Series(values.enumerated().map { (Double($0), Double($1)) }), style))
      title.append(Span("emitted", style: style))
    } else {
      var voltage = Series()
      for (t, charge) in detail.charges.enumerated() {
        voltage.append(x: Double(t), y: Double(charge))
        voltage.append(x: Double(t), y: Double(detail.voltages[t]))
      }
      curves.append(Curve(voltage, style))
      title.append(Span("voltage, spikes at 1", style: style))
    }
    draw(title, curves, on: canvas)
  }

  private func draw(_ title: [Span], _ curves: [Curve], on canvas: Canvas) {
    var chart = LineChart(curves)
    chart.horizontalRange = time
    chart.verticalFit = .fromZero
    draw(title, chart, on: canvas)
  }

  private func draw(_ title: [Span], _ chart: LineChart, on canvas: Canvas) {
    guard canvas.height >= 3 else { return }
    var column = 0
    for span in title {
      canvas.draw(span.text, at: Point(column: column, row: 0), span.style)
      column += span.text.cellWidth + 2
    }
    chart.draw(on: canvas[canvas.bounds.rows(.fixed(1), .rest)[1]])
  }

  /// How often each number of steps lies between two spikes, from 1 on.
  private func drawIntervals(on canvas: Canvas) {
    canvas.draw("steps from spike to spike, from 1", at: .zero, .dim)
    var counts = [Double](repeating: 0, count: max(1, canvas.width))
    for interval in UnitStatistics.intervals(of: values) {
      counts[min(interval, counts.count) - 1] += 1
    }
    let used = (counts.lastIndex { $0 > 0 } ?? -1) + 1
    Sparkline(Array(counts.prefix(used)), style: style)
      .draw(on: canvas[canvas.bounds.rows(.fixed(1), .fixed(2), .rest)[1]])
  }

  func drawWeights(on canvas: Canvas) {
    let halves = canvas.bounds.columns(.rest, .fixed(2), .rest)
    drawWeights("strongest in", detail?.incoming ?? [], on: canvas[halves[0]])
    drawWeights("strongest out", detail?.outgoing ?? [], on: canvas[halves[2]])
  }

  private func drawWeights(
    _ title: String, _ weights: [UnitDetail.Weight], on canvas: Canvas
  ) {
    canvas.draw(title, at: .zero, .dim)
    for (row, weight) in weights.prefix(max(0, canvas.height - 1)).enumerated() {
      let value = Number.fixed(Double(weight.value), decimals: 2)
      let text = weight.text.clipped(
        to: canvas.width - value.cellWidth - 1, ellipsis: canvas.glyphs.ellipsis)
      canvas.draw(text, at: Point(column: 0, row: row + 1))
      let role: Role = weight.value < 0 ? .warning : .text
      canvas.drawRight([Span(value, role)], row: row + 1, end: canvas.width)
    }
    if weights.isEmpty { canvas.draw("none", at: Point(column: 0, row: 1), .dim) }
  }
}

extension UnitDetail.Weight {
  /// Where the other end tells all, the matrix is left out.
  fileprivate var text: String {
    other == "bias" || other.hasPrefix("class") ? other : "\(name) \(other)"
  }
}
