package import Experiments
import Foundation

/// How the points of a scan are measured.
package struct ScanWork: Sendable {
  package let plan: ScanPlan
  package let measure: any ScanMeasure
  package let columns: ScanColumns
  private let otherAxes: [Int]

  package init(_ plan: ScanPlan, _ measure: any ScanMeasure) {
    (self.plan, self.measure) = (plan, measure)
    columns = ScanColumns(plan, measure)
    otherAxes = ScanColumns.otherAxes(of: plan, measure)
  }

  /// The measure of a kind of experiments.
  package static func measure(
    of kind: Experiment.Kind
  ) throws(ScanError) -> any ScanMeasure {
    guard kind == .inhibitory else {
      throw .unmeasured(
        kind: kind.rawValue, measured: [Experiment.Kind.inhibitory.rawValue])
    }
    return InhibitoryScanMeasure()
  }

  /// The row of a point, or `nil` where `isStopped` said so before the end.
  package func row(of point: Int, isStopped: () -> Bool) throws -> ScanRow? {
    let clock = SuspendingClock()
    let start = clock.now
    let experiment = try plan.experiment(of: point)
    guard let results = try measure.measure(experiment, isStopped: isStopped) else { return nil }
    var fields = [String(point)] + measure.values(of: experiment).map(ScanRow.text)
    fields.append(String(plan.seed(of: point)))
    let values = plan.values(of: point)
    fields += otherAxes.map { values[$0].scanText }
    fields += results.map(ScanRow.text)
    if let index = columns.secondsIndex {
      let seconds = start.duration(to: clock.now) / .seconds(1)
      fields[index] = ScanRow.text((seconds * 1e6).rounded() / 1e6)
    }
    return ScanRow(point: point, fields: fields)
  }
}
