import Engine
import Terminal

/// What is said of tests of stability.
extension Sentence {
  static let nothingToTest = "Nothing is quantized here, so that no surrogate can be tested."
  static let noTestGoesOn = "No test of stability goes on."
  static func noSurrogate(_ name: String) -> String {
    "There is no surrogate \(name) to test with; Tab completes names."
  }

  static func testing(_ plan: StabilityPlan) -> String {
    "Testing the weights with \(plan.surrogate) at rate \(Figure.plain(plan.rate)) for "
      + "\(epochs(plan.epochs))"
  }

  private static func epochs(_ count: Int) -> String {
    count == 1 ? "1 epoch" : "\(count) epochs"
  }

  /// How a test has come out; `nil` while it goes on.
  static func tested(_ report: StabilityReport) -> String? {
    guard report.isComplete || report.isCancelled else { return nil }
    let words = verdict(report)
    return "Stability with \(report.plan.surrogate)" + (words.isEmpty ? "" : ": \(words)")
  }

  /// What a test says, and how far it is.
  static func verdict(_ report: StabilityReport) -> String {
    let done = report.test.rows.last?.epoch ?? 0
    if report.test.hasDiverged { return "repelled, training diverged in epoch \(done)" }
    let share = report.isComplete ? epochs(done) : "\(done) of \(epochs(report.plan.epochs))"
    let end = report.isCancelled ? "given up after \(share)" : "after \(share)"
    guard let verdict = report.test.verdict, let ratio = report.test.ratio else { return end }
    return "\(verdict.rawValue), \(Number.fixed(ratio, decimals: 3)) times the loss"
      + "\(report.isCancelled ? "," : "") \(end)"
  }
}
