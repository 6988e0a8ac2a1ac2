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
    var object = EventEncoder.event("stability")
    guard let last = test.rows.last, let ratio = test.ratio else {
      return JSONValue.object(object).text
    }
    object["epoch"] = .integer(last.epoch)
    object["loss"] = .number(last.loss)
    object["ratio"] = .number(ratio)
    object["accuracy"] = .number(last.accuracy)
    if let verdict = test.verdict { object["verdict"] = .string(verdict.rawValue) }
    return JSONValue.object(object).text
  }
}

extension String {
  /// Filled up with spaces in front.
  fileprivate func leading(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
