import Engine
import Golden

/// What was measured of an experiment beside what is expected, and how much of it is within its
/// tolerance.
struct InhibitoryTable {
  struct Row {
    var point: EnsemblePoint
    /// Of each network.
    var found: [[EnsemblePoint.Quantity: Double]]

    /// The mean over the networks that have the quantity; `nil` where none has.
    func mean(_ quantity: EnsemblePoint.Quantity) -> Double? {
      let numbers = found.compactMap { $0[quantity] }
      return numbers.isEmpty ? nil : numbers.reduce(0, +) / Double(numbers.count)
    }

    /// Whether a mean lies within its tolerance; `nil` where it has none.
    func isMet(_ expectation: EnsemblePoint.Expectation) -> Bool? {
      guard let tolerance = expectation.tolerance else { return nil }
      guard let mean = mean(expectation.quantity) else { return false }
      return abs(mean - expectation.value) <= tolerance
    }
  }

  let experiment: InhibitoryExperiment
  let rows: [Row]

  var text: String {
    var quantities: [EnsemblePoint.Quantity] = []
    for quantity in rows.flatMap({ $0.point.expectations.map(\.quantity) })
    where !quantities.contains(quantity) {
      quantities.append(quantity)
    }
    let verdicts = rows.flatMap { row in row.point.expectations.compactMap(row.isMet) }
    var lines = [
      "\(experiment.rawValue), \(experiment.claim): "
        + "\(verdicts.count { $0 }) of \(verdicts.count) means within their tolerance",
      "",
      "| setting | networks | "
        + quantities.map { "\($0.rawValue), listed" }
        .joined(separator: " | ") + " |",
      "|---|---|" + quantities.map { _ in "---|" }.joined(),
    ]
    for row in rows {
      let cells = quantities.map { quantity in cell(quantity, row) }
      lines.append(
        "| \(row.point.id) | \(row.found.count) | " + cells.joined(separator: " | ") + " |")
    }
    return (lines + exponents).joined(separator: "\n")
  }

  private func cell(_ quantity: EnsemblePoint.Quantity, _ row: Row) -> String {
    guard let expectation = row.point.expectations.first(where: { $0.quantity == quantity })
    else { return "" }
    let mean = row.mean(quantity)?.fixed(4) ?? "-"
    let mark = row.isMet(expectation) == false ? " **off**" : ""
    return "\(mean), \(expectation.value.fixed(4))\(mark)"
  }

  /// By which exponent ρ falls from 2000 neurons to 8000, where both were measured: oscillating
  /// below 1/4.
  private var exponents: [String] {
    let small = rows.filter { $0.point.neurons == 2000 }
    let lines: [String] = small.compactMap { row in
      guard
        let large = rows.first(where: { $0.point.isSameBut(neurons: 8000, row.point) }),
        let found = exponent(row, large, { $0.mean(.order) }),
        let listed = exponent(
          row, large,
          { row in
            row.point.expectations.first { $0.quantity == .order }?.value
          })
      else { return nil }
      let inputs = row.point.inDegree.map { "K \($0)" } ?? "global"
      return "| \(inputs) tau \(row.point.delay) g \(row.point.coupling) "
        + "| \(found.fixed(3)), \(listed.fixed(3)) |"
    }
    guard !lines.isEmpty else { return [] }
    return ["", "| setting | gamma of N 2000 and 8000, listed |", "|---|---|"] + lines
  }

  private func exponent(
    _ small: Row, _ large: Row, _ order: (Row) -> Double?
  ) -> Double? {
    guard let first = order(small), let second = order(large) else { return nil }
    return PotentialStatistics.sizeExponent(
      (small.point.neurons, first), (large.point.neurons, second))
  }
}

extension EnsemblePoint {
  /// Whether this is the setting of `other` with so many neurons.
  fileprivate func isSameBut(neurons: Int, _ other: EnsemblePoint) -> Bool {
    self.neurons == neurons && inDegree == other.inDegree && delay == other.delay
      && coupling == other.coupling && range == other.range && spread == other.spread
      && window == other.window
  }
}
