package import Engine

extension ScriptedStudy {
  /// A test whose loss rises by a tenth of its beginning each epoch.
  package mutating func testStability(_ plan: StabilityPlan?) throws(StabilityRefusal) {
    guard let plan else {
      stabilityReports = stabilityReports.prefix(1).map {
        var report = $0
        report.isCancelled = true
        return report
      }
      return
    }
    guard !script.sites.isEmpty else { throw .nothingQuantized }
    var report = StabilityReport(plan: plan, step: step, samples: 64)
    stabilityReports = [report]
    for epoch in 0...plan.epochs {
      report.test.append(
        StabilityTest.Row(epoch: epoch, loss: 0.2 + 0.02 * Double(epoch), accuracy: 0.9))
      stabilityReports.append(report)
    }
  }

  /// A row of the test that goes on, and how far it is.
  mutating func nextOfStability() -> [StudyEvent] {
    guard !stabilityReports.isEmpty else { return [] }
    let report = stabilityReports.removeFirst()
    guard !stabilityReports.isEmpty else { return [.stability(report)] }
    let progress = EvaluationProgress(
      split: .training, done: report.test.rows.count, total: report.plan.epochs + 1,
      purpose: .stability)
    return [.stability(report), .evaluating(progress)]
  }
}
