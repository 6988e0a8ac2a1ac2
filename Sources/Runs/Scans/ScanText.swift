/// The lines that tell of a scan, for people and for programs.
package struct ScanText: Sendable {
  private let columns: ScanColumns
  private let widths: [Int]

  package init(_ columns: ScanColumns) {
    self.columns = columns
    widths = columns.names.map { max($0.count, 9) }
  }

  /// The heading of lines for reading.
  package var titles: String { line(columns.names) }

  /// A row in columns of equal widths, its numbers shortened to six digits.
  package func line(_ row: ScanRow) -> String {
    line(
      row.fields.enumerated().map { index, field in
        index < columns.firstResult ? field : Self.shortened(field)
      })
  }

  private func line(_ fields: [String]) -> String {
    zip(fields, widths).map { field, width in
      String(repeating: " ", count: max(0, width - field.count)) + field
    }.joined(separator: " ")
  }

  private static func shortened(_ field: String) -> String {
    guard let number = Double(field), number.isFinite, number != number.rounded() else {
      return field.isEmpty ? "-" : field
    }
    var scale = 1.0
    while abs(number) * scale < 1e5, scale < 1e12 { scale *= 10 }
    return ScanRow.text((number * scale).rounded() / scale)
  }

  // MARK: JSON

  /// The row as an event.
  package func json(_ row: ScanRow) -> String {
    var object = JSONObject()
    object["event"] = .string("point")
    for (name, field) in zip(columns.names, row.fields) {
      object.append(new: name, Self.value(field))
    }
    return JSONValue.object(object).text
  }

  private static func value(_ field: String) -> JSONValue {
    if field.isEmpty { return .null }
    if let integer = Int(field) { return .integer(integer) }
    if let number = Double(field) { return .number(number) }
    return .string(field)
  }

  /// What is told before the first point.
  package static func began(
    version: String, fingerprint: String, points: Int, left: Int, threads: Int, table: String,
    experiment: String
  ) -> String {
    var object = JSONObject()
    object["event"] = .string("began")
    object["version"] = .string(version)
    object["fingerprint"] = .string(fingerprint)
    object["points"] = .integer(points)
    object["left"] = .integer(left)
    object["threads"] = .integer(threads)
    object["table"] = .string(table)
    object["experiment"] = .encoded(experiment)
    return JSONValue.object(object).text
  }

  /// How it ended.
  package enum Outcome: String, Sendable { case completed, stopped, failed }

  package static func ended(
    _ outcome: Outcome, measured: Int, left: Int, seconds: Double, table: String
  ) -> String {
    var object = JSONObject()
    object["event"] = .string("ended")
    object["outcome"] = .string(outcome.rawValue)
    object["measured"] = .integer(measured)
    object["left"] = .integer(left)
    object["seconds"] = .number(seconds)
    object["table"] = .string(table)
    return JSONValue.object(object).text
  }
}

/// How far a scan is.
package struct ScanProgress: Sendable, Equatable {
  /// Points to measure, without those that were there before.
  package let points: Int
  package var measured = 0
  /// Time spent so far.
  package var seconds = 0.0

  package init(points: Int) { self.points = points }

  /// Points a second; `nil` before the first.
  package var rate: Double? { measured > 0 && seconds > 0 ? Double(measured) / seconds : nil }

  /// Seconds that the rest will take at this rate.
  package var secondsLeft: Double? { rate.map { Double(points - measured) / $0 } }

  /// `120 of 12000 points, 1 %, 3.2 a second, 1:02:03 left`
  package var text: String {
    let share = points > 0 ? measured * 100 / points : 100
    var text = "\(measured) of \(points) points, \(share) %"
    guard let rate, let secondsLeft, measured < points else { return text }
    text += ", \(Self.short(rate)) a second, \(Self.clock(secondsLeft)) left"
    return text
  }

  private static func short(_ rate: Double) -> String {
    let scale: Double = rate >= 100 ? 1 : rate >= 1 ? 10 : 1000
    return ScanRow.text((rate * scale).rounded() / scale)
  }

  private static func clock(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 3.6e8).rounded(.up))
    let padded = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
    let minutes = whole / 60
    return minutes < 60
      ? "\(minutes):\(padded(whole % 60))"
      : "\(minutes / 60):\(padded(minutes % 60)):\(padded(whole % 60))"
  }
}
