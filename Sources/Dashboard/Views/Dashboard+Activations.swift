import Engine
import Terminal

/// What the activations of a network without time do (specification of the coarse gradient, 7).
extension Dashboard {
  private typealias Layer = ActivationReport.Layer
  private typealias Column = TableColumn<ActivationReport.Layer>

  // MARK: Table

  /// A row for each layer: what goes in, which levels come out, and how gradients come back.
  func activationLines(width: Int) -> [[Span]] {
    guard let report = layers?.activations else { return waitingForActivations }
    let names = report.layers.map(\.name)
    let nameWidth = max(5, min(names.map(\.cellWidth).max() ?? 0, width / 4))
    let columns = Column.fitting(
      columns(report, width: width - nameWidth), into: width - nameWidth - 1)
    let head =
      RowCell.spans([RowCell(Span("layer", .dim), nameWidth)], ellipsis: glyphs.ellipsis)
      + columns.flatMap(\.head)
    return [head]
      + report.layers.map { layer in
        RowCell.spans([RowCell(Span(layer.name), nameWidth)], ellipsis: glyphs.ellipsis)
          + columns.flatMap { $0.cell(layer) }
      }
  }

  var waitingForActivations: [[Span]] {
    guard run.summary != nil else { return [] }
    return [[Span(mode == .replay ? "not recorded" : "comes with the next step", .dim)]]
  }

  /// What the quantizer is, in a line.
  func quantizerText(_ report: ActivationReport) -> String {
    guard let quantizer = report.quantizer else { return "full precision" }
    let bits = "\(quantizer.bits) \(quantizer.bits == 1 ? "bit" : "bits"), "
    let levels =
      report.layers.contains { $0.resolution != nil }
      ? "alpha learned, "
      : "alpha \(Number.short(quantizer.resolution)), up to \(Number.short(quantizer.clip)), "
    return bits + levels + quantizer.surrogate
  }

  private func columns(_ report: ActivationReport, width: Int) -> [Column] {
    let bars = width < 80 ? ActivationReport.inputParts / 2 : ActivationReport.inputParts
    let levels = report.quantizer.map { min(1 << $0.bits, 16) } ?? 0
    var columns = [
      Column("inputs", width: bars, weight: 2, isNumber: false) {
        inputBars($0, report, height: 1, merging: ActivationReport.inputParts / bars)[0]
      }
    ]
    if levels > 0 {
      columns.append(
        Column("levels", width: max(levels, 6), weight: 3, isNumber: false) { layer in
          let range = AxisRange(0, layer.levels.max() ?? 1)
          return [
            Span(
              Sparkline(layer.levels, range: range).text(width: levels, glyphs: glyphs), .accent)
          ]
        })
    }
    columns += [
      Column("x<=0", width: 5, weight: 1) { [share($0.inactive, warns: 0.9)] },
      Column("satur", width: 5, weight: 1) { [share($0.saturated, warns: 0.3)] },
      Column("masked", width: 6, weight: 0) { [share($0.masked, warns: 0.9)] },
      Column("gradient", width: 8, weight: 1) { [Span(Figure.loss($0.gradientNorm))] },
    ]
    if report.layers.contains(where: { $0.resolution != nil }) {
      columns += [
        Column("alpha", width: 6, weight: 1) { [figure($0.resolution?.value)] },
        Column("of alpha", width: 8, weight: 2) { [figure($0.resolution?.gradient)] },
      ]
    }
    if report.quantizer != nil {
      columns.append(Column("cosine", width: 6, weight: 0) { [cosine($0.cosine)] })
    }
    return columns
  }

  private func share(_ value: Double, warns limit: Double) -> Span {
    Span("\(Number.fixed(value * 100, decimals: 0)) %", value > limit ? .warning : .text)
  }

  private func figure(_ value: Double?) -> Span {
    Span(value.map(Figure.loss) ?? "-")
  }

  private func cosine(_ value: Double?) -> Span {
    guard let value else { return Span("-", .dim) }
    return Span(
      Number.fixed(value, decimals: 2), value < 0 ? .error : value < 0.5 ? .warning : .text)
  }

  // MARK: Histograms

  /// The inputs of all layers as histograms, as many beside one another as there is room for.
  func inputLines(in room: Size) -> [[Span]] {
    guard let report = layers?.activations, !report.layers.isEmpty else {
      return waitingForActivations
    }
    let (width, gap) = (ActivationReport.inputParts, 3)
    let beside = max(1, (room.width + gap) / (width + gap))
    let bands = (report.layers.count + beside - 1) / beside
    // A line of names, one of the axis, and a blank one but at the end.
    let height = min(max((room.height + 1) / bands - 3, 2), 10)
    let blank = Span(String(repeating: " ", count: gap))
    let lines = stride(from: 0, to: report.layers.count, by: beside).flatMap { first in
      let blocks = report.layers[first..<min(first + beside, report.layers.count)].map {
        block($0, report, height: height)
      }
      return (0..<height + 3).map { row in
        Array(blocks.map { $0[row] }.joined(separator: [blank]))
      }
    }
    return lines.dropLast()
  }

  /// A histogram with what it is of above and its axis below, all lines equally long.
  private func block(_ layer: Layer, _ report: ActivationReport, height: Int) -> [[Span]] {
    let width = ActivationReport.inputParts
    let name = layer.name.clipped(to: width - 12, ellipsis: glyphs.ellipsis)
    let figures = "x<=0 \(Number.fixed(layer.inactive * 100, decimals: 0)) %"
    let between = max(1, width - name.cellWidth - figures.cellWidth)
    let head = [
      Span(name, .title), Span(String(repeating: " ", count: between)), Span(figures, .dim),
    ]
    let axis = axis(of: layer, in: report, width: width)
    let blank = [Span(String(repeating: " ", count: width))]
    return [head] + inputBars(layer, report, height: height, merging: 1) + [axis, blank]
  }

  /// The ends of the range, 0, and where the quantizer saturates.
  private func axis(of layer: Layer, in report: ActivationReport, width: Int) -> [Span] {
    let range = ActivationReport.inputRange
    var cells = [Character](repeating: " ", count: width)
    func put(_ text: String, at place: Int) {
      let first = max(0, min(place, width - text.count))
      guard cells[max(0, first - 1)..<min(width, first + text.count + 1)].allSatisfy({ $0 == " " })
      else { return }
      for (offset, character) in text.enumerated() { cells[first + offset] = character }
    }
    put("0", at: width / 2)
    if let clip = report.clip(of: layer), clip < range.upperBound {
      put(Number.short(clip), at: Self.part(of: clip))
    }
    put(Number.fixed(range.lowerBound, decimals: 0), at: 0)
    put(Number.fixed(range.upperBound, decimals: 0), at: width - 1)
    return [Span(String(cells), .dim)]
  }

  /// Which part of the range of inputs a value is in.
  private static func part(of value: Double) -> Int {
    let range = ActivationReport.inputRange
    let length = (range.upperBound - range.lowerBound) / Double(ActivationReport.inputParts)
    return Int(((value - range.lowerBound) / length).rounded())
  }

  /// A histogram in rows from above: inputs that are at most 0 dim, saturated ones as a warning.
  private func inputBars(
    _ layer: Layer, _ report: ActivationReport, height: Int, merging parts: Int
  ) -> [[Span]] {
    let values = stride(from: 0, to: layer.inputs.count, by: parts).map { first in
      layer.inputs[first..<min(first + parts, layer.inputs.count)].reduce(0, +)
    }
    let zero = values.count / 2
    let clip = report.clip(of: layer).map { Self.part(of: $0) / parts } ?? values.count
    let regions = [
      (0..<zero, Style(.dim)), (zero..<max(zero, min(clip, values.count)), Style(.accent)),
      (max(zero, min(clip, values.count))..<values.count, Style(.warning)),
    ]
    let bars = Sparkline(values, range: AxisRange(0, values.max() ?? 1))
    return bars.rows(width: values.count, height: height, glyphs: glyphs).map { row in
      let cells = Array(row)
      return regions.filter { !$0.0.isEmpty }.map { Span(String(cells[$0.0]), style: $0.1) }
    }
  }
}
