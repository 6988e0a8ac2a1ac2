import Engine
import Runs
import Terminal

extension Dashboard {
  /// A panel of the Layers screen.
  func layersPanel(_ name: PanelName) -> LinesPanel {
    var panel = Panel(name.rawValue, isFocused: isMarkedFocused(name))
    let text = layersText(name)
    panel.title = text.title
    panel.footer = [Span(text.footer, .dim)]
    return LinesPanel(
      panel: panel, lines: { self.layersLines(name, in: $0) }, scroll: layerScrolls[name] ?? 0)
  }

  private func layersLines(_ name: PanelName, in room: Size) -> [[Span]] {
    switch name {
    case .activations: activationLines(width: room.width)
    case .inputs: inputLines(in: room)
    case .sites: siteLines(width: room.width)
    case .levels: levelLines(width: room.width)
    case .weights: weightLines(width: room.width)
    case .operations: operationLines(width: room.width)
    default: energyLines(in: room)
    }
  }

  private func layersText(_ name: PanelName) -> (title: String, footer: String) {
    let step = layers.map { "at step \($0.step)" } ?? ""
    return switch name {
    case .activations: ("activations", layers?.activations.map(quantizerText) ?? "")
    case .inputs:
      (name.title, layers?.activations.map { "one batch at step \($0.step)" } ?? "")
    case .sites: ("sites", "\(bitMetric.title): \(bitMetric.explanation); means by weights")
    case .levels: ("levels", layers == nil ? "" : step + "; voltages are best flat")
    case .weights: ("weights", step)
    case .operations: ("operations", "per inference, \(evaluationTitle)")
    default: ("energy per inference", "estimates, \(evaluationTitle)")
    }
  }

  /// The most that a panel of the Layers screen can be scrolled by; 0 where it is not shown.
  func lastScroll(of panel: PanelName) -> Int {
    guard [.activations, .inputs, .sites, .levels, .weights, .operations, .energy].contains(panel),
      let area = layout.area(of: panel)
    else {
      return 0
    }
    return layersPanel(panel).lastScroll(in: area.size)
  }

  /// What the operations were counted in.
  private var evaluationTitle: String {
    guard let evaluation = run.lastEvaluation else { return "not measured yet" }
    return "\(evaluation.split.rawValue) after epoch \(evaluation.epoch)"
  }

  func notYet(_ what: String) -> [[Span]] {
    guard run.summary != nil else { return [] }
    return [[Span(run.lastEvaluation == nil ? "comes with the first validation" : what, .dim)]]
  }
}

// MARK: Sites

extension Dashboard {
  private typealias SiteColumn = TableColumn<StudySummary.Site>

  private func siteLines(width: Int) -> [[Span]] {
    guard !run.sites.isEmpty else {
      return run.summary == nil ? [] : [[Span("this run has no quantized sites", .dim)]]
    }
    let names = run.sites.map(\.id) + ["mean"]
    let nameWidth = min(names.map(\.cellWidth).max() ?? 0, max(4, width / 6))
    let columns = SiteColumn.fitting(siteColumns, into: width - nameWidth - 1)
    func line(_ name: Span, _ cells: (SiteColumn) -> [Span]) -> [Span] {
      RowCell.spans([RowCell(name, nameWidth)], ellipsis: glyphs.ellipsis) + columns.flatMap(cells)
    }
    var lines = [line(Span(""), \.head)]
    lines += run.sites.map { site in
      line(Span(site.id, style: siteStyle(site.id)), { $0.cell(site) })
    }
    if columns.contains(where: { $0.summary != nil }) {
      lines.append(line(Span("mean", .dim), \.foot))
    }
    return lines
  }

  private var siteColumns: [SiteColumn] {
    var columns = [
      SiteColumn("units", width: 5, weight: 3, value: { [Span(String($0.units))] }),
      SiteColumn(
        "w", width: 6, weight: 2,
        value: { site in
          let knob = self.run.resolutions.first { $0.knob.site == site.id }
          guard let knob else { return [Span("-")] }
          return [Span(Figure.value(self.present(knob), infinity: self.glyphs.infinity))]
        }),
      column(bitMetric.title, bitMetric, weight: 0),
    ]
    if bitMetric != .significantBits {
      columns.append(column("signif", .significantBits, weight: 1))
    }
    columns.append(column("rate", .spikeRate, weight: 0))
    if bitMetric != .zeroFraction { columns.append(column("zero", .zeroFraction, weight: 1)) }
    columns.append(
      SiteColumn(
        "fan-out", width: 7, weight: 4,
        value: { [Span($0.fanOut.map(String.init) ?? "-")] }))
    return columns
  }

  private func column(_ title: String, _ metric: BitMetric, weight: Int) -> SiteColumn {
    let figure = { (value: Double?) -> String in
      guard let value else { return "-" }
      return Number.fixed(value, decimals: 2)
    }
    var column = SiteColumn(
      title, width: min(11, max(5, title.cellWidth)), weight: weight,
      value: { [Span(figure(self.present(metric, of: $0)))] })
    // The mean over all weights.
    column.summary = run.lastEvaluation?["weighted.\(metric)"].map { figure($0) }
    return column
  }

  /// A metric of a site as measured while training, else as last evaluated.
  func present(_ metric: BitMetric, of site: StudySummary.Site) -> Double? {
    let group: Gauge.Group = metric == .spikeRate ? .rate : .bits
    let gauge = history.siteGauges(group, metric: metric).first {
      $0.site == site.id && $0.split == .training
    }
    return gauge.flatMap { history.latest($0) }
      ?? run.lastEvaluation?["sites.\(site.id).\(metric)"]
  }
}

// MARK: Operations

extension Dashboard {
  /// The counts with their names and what they are, in the order in which they are told.
  private static let operations: [(path: String, name: String, meaning: String)] = [
    ("events", "events", "weights met by a count that is not 0"),
    ("unitOps", "unit spikes", "additions, a count n being n spikes"),
    ("shiftAdds", "shift-adds", "additions, one for each one-bit of n"),
    ("dense", "dense", "multiply-accumulates of the same weights"),
    ("macs", "other MACs", "of weights that meet no counts"),
    ("neuronUpdates", "neuron updates", "gates, units and states"),
    ("stateUpdates", "state updates", "state variables, voltages too"),
    ("elementwise.multiplies", "multiplies", "element by element"),
    ("elementwise.additions", "additions", "element by element"),
    ("elementwise.functions", "functions", "tanh and the like"),
    ("quantizers.multiplies", "quantizers *", "multiplications"),
    ("quantizers.additions", "quantizers +", "additions"),
  ]

  private func operationLines(width: Int) -> [[Span]] {
    guard let evaluation = run.lastEvaluation else { return notYet("") }
    let lines = Self.operations.compactMap { path, name, meaning -> [Span]? in
      guard let count = evaluation["operations.\(path)"] else { return nil }
      var cells = [
        RowCell(Span(name), 14), RowCell(Span(Figure.short(count), .title), 6, isNumber: true),
      ]
      let room = width - 24
      if room >= meaning.cellWidth { cells.append(RowCell(Span(" " + meaning, .dim), room + 1)) }
      return RowCell.spans(cells, ellipsis: glyphs.ellipsis)
    }
    return lines.isEmpty ? notYet("this run counts no operations") : lines
  }
}
