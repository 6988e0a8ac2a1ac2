package import Engine

/// A test of stability as a table, row by row if need be, and as JSON.
package struct StabilityText {
  private let test: StabilityTest

  package init(_ test: StabilityTest) { self.test = test }

  package static let titles = [
    "epoch".leading(to: 5), "loss".leading(to: 9), "ratio".leading(to: 8),
    "accuracy".leading(to: 9),
  ].joined(separator: "  ")

  /// The last row so far, with a bar as long as the loss is beside what was begun with.
  package var row: String {
    guard let last = test.rows.last, let ratio = test.ratio else { return "" }
    let cells = [
      "\(last.epoch)".leading(to: 5), PlainText.significant(last.loss).leading(to: 9),
      PlainText.fixed(ratio, 3).leading(to: 8), PlainText.percent(last.accuracy).leading(to: 9),
    ]
    let length = Int(min(Double(Self.longestBar), max(0, ratio * Self.barOfOne)))
    return cells.joined(separator: "  ") + "  " + String(repeating: "=", count: length)
      + (length == Self.longestBar ? ">" : "")
  }

  private static let barOfOne = 10.0
  private static let longestBar = 40

  /// What is to be said at the end.
  package var conclusion: String {
    guard let ratio = test.ratio, let verdict = test.verdict, let last = test.rows.last else {
      return ""
    }
    if !last.loss.isFinite { return "repelled: training diverged in epoch \(last.epoch)" }
    let words =
      switch verdict {
      case .held: "held: the loss is below 1.15 times"
      case .undecided: "undecided: the loss is 1.15 to 1.3 times"
      case .repelled: "repelled: the loss is above 1.3 times"
      }
    return words + " what was begun with (\(PlainText.fixed(ratio, 3)))"
  }

  /// The last row as an object of its own; the verdict from the first epoch on.
  package var line: String {
    JSONValue.object(withLastRow(EventEncoder.event("stability"))).text
  }

  private func withLastRow(_ object: JSONObject) -> JSONObject {
    guard let last = test.rows.last, let ratio = test.ratio else { return object }
    var object = object
    object["epoch"] = .integer(last.epoch)
    object["loss"] = .number(last.loss)
    object["ratio"] = .number(ratio)
    object["accuracy"] = .number(last.accuracy)
    if let verdict = test.verdict { object["verdict"] = .string(verdict.rawValue) }
    return object
  }
}

/// A test beside a run.
extension StabilityText {
  package static func heading(_ report: StabilityReport) -> String {
    "stability of step \(report.step) with \(report.plan.surrogate), "
      + "rate \(PlainText.significant(report.plan.rate)), \(report.samples) samples of the "
      + "training part"
  }

  /// What is to be said now: how it begins, its last row, and the verdict at its end.
  static func lines(_ report: StabilityReport) -> [String] {
    let text = StabilityText(report.test)
    if report.isCancelled { return ["stability: given up after \(text.epochs(report))"] }
    if report.test.rows.isEmpty { return ["", heading(report), titles] }
    return [text.row] + (report.isComplete ? [text.conclusion] : [])
  }

  /// How many of the epochs are done.
  package func epochs(_ report: StabilityReport) -> String {
    "\(report.test.rows.last?.epoch ?? 0) of \(report.plan.epochs) epochs"
  }

  /// The beginning with the plan, the last row, or that it was given up.
  ///
  /// - Parameter trained: steps of the run when it was measured
  static func event(_ report: StabilityReport, trained: Int) -> JSONObject {
    var object = EventEncoder.event("stability")
    object["step"] = .integer(report.step)
    object["trained"] = .integer(trained)
    object["surrogate"] = .string(report.plan.surrogate)
    if report.isCancelled {
      object["cancelled"] = .bool(true)
    } else if report.test.rows.isEmpty {
      object["rate"] = .number(report.plan.rate)
      object["epochs"] = .integer(report.plan.epochs)
      object["samples"] = .integer(report.samples)
    } else {
      object = StabilityText(report.test).withLastRow(object)
    }
    return object
  }
}

extension String {
  /// Filled up with spaces in front.
  fileprivate func leading(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
