package import Experiments

/// The columns of the table of a scan.
package struct ScanColumns: Sendable, Equatable {
  /// Time that a point took; no result, so that tables are compared without it.
  package static let seconds = "seconds"
  static let point = "point"
  static let seed = "seed"

  package let names: [String]
  /// Where the columns of what is measured begin.
  package let firstResult: Int

  init(names: [String], firstResult: Int) {
    (self.names, self.firstResult) = (names, firstResult)
  }

  /// Those of a plan: the number of the point, its settings, axes that are none of these, results.
  package init(_ plan: ScanPlan, _ measure: any ScanMeasure) {
    let others = Self.otherAxes(of: plan, measure)
    let head =
      [Self.point] + measure.settings + [Self.seed] + others.map { plan.axes[$0].name }
    self.init(names: head + measure.results, firstResult: head.count)
  }

  /// Axes with a column of their own.
  static func otherAxes(of plan: ScanPlan, _ measure: any ScanMeasure) -> [Int] {
    plan.axes.indices.filter { !measure.settings.contains(plan.axes[$0].name) }
  }

  package var results: ArraySlice<String> { names[firstResult...] }

  /// The first line of a table.
  package var header: String { names.joined(separator: ",") }

  /// The column that tables are compared without.
  var secondsIndex: Int? { names.firstIndex(of: Self.seconds) }
}

/// A row of the table of a scan.
package struct ScanRow: Sendable, Equatable {
  package let point: Int
  /// As they stand in the table, the number of the point among them; empty for what a point does not
  /// have.
  package let fields: [String]

  init(point: Int, fields: [String]) { (self.point, self.fields) = (point, fields) }

  /// Reads a whole line; `nil` where it is none of a table with these columns and so many points.
  init?(line: String, columns: Int, points: Int) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == columns, let point = Int(fields[0]), (1...points).contains(point),
      fields.allSatisfy({ $0.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 } })
    else { return nil }
    self.init(point: point, fields: fields)
  }

  package var line: String { fields.joined(separator: ",") }

  /// A column as a number.
  package func number(at column: Int) -> Double? {
    column < fields.count ? Double(fields[column]) : nil
  }

  /// The same without one column.
  func without(_ column: Int?) -> [String] {
    var fields = fields
    if let column { fields.remove(at: column) }
    return fields
  }

  /// The shortest text that reads as the same number.
  static func text(_ number: Double?) -> String {
    guard let number, !number.isNaN else { return "" }
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
