import Engine
import Runs
import Terminal

extension Dashboard {
  /// The estimates of energy, each with what it assumes: in tables where they have room, else in
  /// fewer lines, and with the assumptions in a few words where that lets all be seen.
  func energyLines(in room: Size) -> [[Span]] {
    guard let evaluation = run.lastEvaluation else { return notYet("") }
    let results = EnergyResults(evaluation.metrics)
    guard !results.estimates.isEmpty else { return notYet("this run estimates no energy") }
    let isWide = room.width >= Self.regimesWidth
    let forms = [
      EnergyForm(hasDeviceTable: true, isShort: false),
      EnergyForm(hasDeviceTable: false, isShort: false),
      EnergyForm(hasDeviceTable: false, isShort: true),
    ].map { form in
      results.estimates.flatMap { estimate in
        lines(of: estimate, results, form, isWide: isWide, width: room.width)
      }
    }
    return forms.first { $0.count <= room.height } ?? forms[1]
  }

  /// How much room the estimates take.
  private struct EnergyForm {
    var hasDeviceTable: Bool
    var isShort: Bool
  }

  private static let nameWidth = 12
  private static let numberWidth = 11
  /// Columns of the table of regimes.
  private static let regimesWidth = nameWidth + 1 + EnergyResults.regimes.count * (numberWidth + 1)

  private func joules(_ value: Double) -> String {
    EnergyText.joules(value, micro: glyphs.isASCII ? "u" : "µ")
  }

  private func lines(
    of estimate: EnergyEstimate, _ results: EnergyResults, _ form: EnergyForm, isWide: Bool,
    width: Int
  ) -> [[Span]] {
    let values =
      estimate == .devices
      ? deviceLines(results, hasTable: form.hasDeviceTable && isWide, width: width)
      : regimeLines(of: estimate, results, isTable: isWide, width: width)
    let assumptions =
      form.isShort ? results.shortAssumptions(of: estimate) : results.assumptions(of: estimate)
    return values
      + Wrapping.lines(of: assumptions, width: max(1, width - 2), style: .dim).map {
        [Span("  ")] + $0
      }
  }

  private func regimeLines(
    of estimate: EnergyEstimate, _ results: EnergyResults, isTable: Bool, width: Int
  ) -> [[Span]] {
    let title = Span(estimate.rawValue, .title)
    let values = zip(EnergyResults.regimes, results.regimes(of: estimate)).map { ($0.title, $1) }
    guard isTable else {
      return [[title]]
        + flowing(values.compactMap { name, value in value.map { (name, $0) } }, width: width)
    }
    let row = row(title, values.map { _, value in Span(value.map(joules) ?? "-") })
    guard estimate == .compute45nm else { return [row] }
    return [self.row(Span(""), values.map { name, _ in Span(name, .dim) }), row]
  }

  private func row(_ title: Span, _ numbers: [Span]) -> [Span] {
    let cells = numbers.map { RowCell($0, Self.numberWidth, isNumber: true) }
    return RowCell.spans(
      [RowCell(title, Self.nameWidth)] + cells, ellipsis: glyphs.ellipsis)
  }

  private func deviceLines(
    _ results: EnergyResults, hasTable: Bool, width: Int
  ) -> [[Span]] {
    let title = Span(EnergyEstimate.devices.rawValue, .title)
    guard hasTable else {
      return [[title]] + flowing(results.devices.map { ($0.name, $0.total) }, width: width)
    }
    let heading = row(title, ["synaptic", "neuron", "total"].map { Span($0, .dim) })
    let rows = results.devices.map { device in
      let numbers = [device.synaptic, device.neuron, device.total]
      return row(Span("  " + device.name), numbers.map { Span(joules($0)) })
    }
    return [heading] + rows
  }

  /// Names and values one after another, broken between pairs.
  private func flowing(_ pairs: [(name: String, value: Double)], width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    var used = 0
    for (name, value) in pairs {
      let pair = [Span("\(name) ", .dim), Span(joules(value) + "  ")]
      let pairWidth = pair.reduce(0) { $0 + $1.width }
      if lines.isEmpty || used + pairWidth - 2 > width {
        lines.append([Span("  ")])
        used = 2
      }
      lines[lines.count - 1] += pair
      used += pairWidth
    }
    return lines
  }
}
