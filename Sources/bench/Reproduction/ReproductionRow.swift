import Engine

/// What a reproduction ends with: one row of a Markdown table.
struct ReproductionRow {
  var model: Reproduction.Model
  var summary: StudySummary
  var end: Conclusion
  var hours: Double
  var seed: UInt64

  static let head = """
    | model | parameters | state | epochs, hours, seed | test % spiking (mean and spread of draws) | test % at w = infinity \
    | bitsRange, bitsEntropy (mean of all units) | significant bits (weighted) | zero (weighted) \
    | events, shift-adds, dense (millions) |
    |---|---|---|---|---|---|---|---|---|---|
    """

  var line: String {
    let cells = [
      "\(model.rawValue): \(summary.model)", String(summary.parameters), String(summary.state),
      "\(end.epochs), \(hours.fixed(2)), \(seed)",
      percent("spiking.accuracy") + spread,
      percent("nonSpiking.accuracy"),
      "\(meanOfUnits("bitsRange")), \(meanOfUnits("bitsEntropy"))",
      number("weighted.significantBits"), number("weighted.zeroFraction"),
      ["events", "shiftAdds", "dense"].map { millions("operations.\($0)") }
        .joined(separator: ", "),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private var spread: String {
    guard let draws = value("spiking.draws"), draws > 1, let spread = value("spiking.spread")
    else { return "" }
    return " ± \((100 * spread).fixed(2)) (\(Int(draws)))"
  }

  private func value(_ metric: String) -> Double? {
    end.metrics.first { $0.gauge == "test.\(metric)" }?.last
  }

  private func percent(_ metric: String) -> String {
    value(metric).map { (100 * $0).fixed(2) } ?? "-"
  }

  private func number(_ metric: String) -> String { value(metric)?.fixed(2) ?? "-" }

  private func millions(_ metric: String) -> String {
    value(metric).map { ($0 / 1e6).fixed(1) } ?? "-"
  }

  /// The mean over the units of all sites that are quantized.
  private func meanOfUnits(_ metric: String) -> String {
    let sites = summary.sites.compactMap { site in
      value("sites.\(site.id).\(metric)").map { (units: Double(site.units), value: $0) }
    }
    let units = sites.reduce(0) { $0 + $1.units }
    guard units > 0 else { return "-" }
    return (sites.reduce(0) { $0 + $1.units * $1.value } / units).fixed(2)
  }
}
