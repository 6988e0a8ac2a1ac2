import Testing

@testable import Engine

/// Tests of studies of small Kolmogorov networks.
protocol KolmogorovTestStudy {}

extension KolmogorovTestStudy {
  /// Two classes beyond a parabola, or three stripes across it, of 60 rows.
  func study(
    classes: Int = 2, seed: UInt64 = 4,
    _ change: (inout KolmogorovConfiguration) -> Void = { _ in }
  ) throws -> KolmogorovStudy {
    var configuration = KolmogorovConfiguration()
    (configuration.units, configuration.epochs, configuration.everyEpochs) = (2, 12, 4)
    (configuration.warmUp, configuration.bits) = (3, 4)
    change(&configuration)
    let rows = (0..<60).map { row in [row * 37 % 61, row * 23 % 59].map { Double($0) } }
    let height = { (row: [Double]) in row[1] / 59 - (row[0] / 30 - 1) * (row[0] / 30 - 1) }
    let targets = rows.map { row -> Double in
      if classes == 0 { return 100 + 10 * height(row) }
      return Double(min(max(Int(3 * height(row) + 1.2), 0), classes - 1))
    }
    let table = TableSet(
      title: "parabola", names: ["wide", "high"], target: "kind",
      classes: ["a", "b", "c"].prefix(classes).map { $0 }, rows: rows, targets: targets,
      parts: TableParts(rows: 60, split: .mod5, seed: 1), scalesTargets: classes == 0)
    return try KolmogorovStudy(
      name: "study", configuration: configuration, table: table, seed: seed)
  }

  /// All up to a step or the end.
  @discardableResult
  func run(_ study: KolmogorovStudy, until step: Int = .max) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while study.progress.step < step {
      let next = try study.advance(within: .zero)
      events += next
      if case .ended? = next.last { break }
    }
    return events
  }

  func report(_ study: KolmogorovStudy) throws -> CurvesReport {
    guard case .curves(let report)? = study.probe(.curves(CurvesRequest())) else {
      throw EditError.nothingToUndo
    }
    return report
  }

  func curve(_ id: String, of study: KolmogorovStudy) throws -> CurveReport {
    try #require(try report(study).curves.first { $0.id == id })
  }
}
