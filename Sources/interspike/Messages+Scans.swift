import Runs

/// Sentences about scans.
extension Messages {
  static func sentence(_ error: ScanFileError) -> String {
    switch error {
    case .file(let error): sentence(error)
    case .foreignPlan(let folder):
      "\(folder): holds another scan: its plan.toml is not what these arguments describe; another "
        + "--out begins anew"
    case .notAScan(let folder): "\(folder): not the folder of a scan: it has no plan.toml"
    case .damagedPlan(let path):
      "\(path): not as it was written: its fingerprint is of another plan"
    case .busy(let path): "\(path): another process writes this table"
    case .foreignTable(let path, let found, let expected):
      "\(path):1: found the columns \(shortened(found)), expected \(expected)"
    case .differentPlans(let first, let second):
      "\(second): holds another scan than \(first); expected folders of one plan"
    case .differing(let point, let column, let first, let second):
      "\(second.path):\(second.line): point \(point): \(column): found \(shown(second.value)), but "
        + "\(shown(first.value)) in \(first.path):\(first.line)"
    }
  }

  static func ending(_ error: ScanFileError) -> Ending {
    switch error {
    case .file: .failedRun
    case .foreignPlan, .notAScan, .busy, .differentPlans: .usage
    case .damagedPlan, .foreignTable, .differing: .badData
    }
  }

  static func sentence(_ error: ScanPointFailure) -> String {
    "point \(error.point): \(sentence(for: error.reason))"
  }

  private static func shown(_ value: String) -> String { value.isEmpty ? "nothing" : value }

  private static func shortened(_ text: String) -> String {
    text.count <= 200 ? text : text.prefix(199) + "\u{2026}"
  }
}
