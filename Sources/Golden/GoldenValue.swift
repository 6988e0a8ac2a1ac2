package import Foundation

/// A value inside a golden file that knows where it is, so that every error names file and key.
package struct GoldenValue: Sendable {
  package let json: GoldenJSON
  /// Name of the file, for errors.
  package let file: String
  /// Keys and indices that lead here, like `cases[3].n_exact`; empty for the whole file.
  package let path: String

  package init(_ json: GoldenJSON, file: String, path: String = "") {
    self.json = json
    self.file = file
    self.path = path
  }

  /// Reads a whole file.
  package init(contentsOf url: URL) throws(GoldenError) {
    let data: Data
    do {
      data = try Data(contentsOf: url)
    } catch {
      throw .unreadable(file: url.path, reason: Self.reason(error))
    }
    try self.init(parsing: data, file: url.path)
  }

  /// Reads JSON text.
  package init(parsing data: Data, file: String) throws(GoldenError) {
    do {
      self.init(try JSONDecoder().decode(GoldenJSON.self, from: data), file: file)
    } catch {
      throw .malformed(file: file, reason: Self.reason(error))
    }
  }

  /// What Foundation says, in one line.
  private static func reason(_ error: any Error) -> String {
    if case DecodingError.dataCorrupted(let context) = error {
      let cause = context.underlyingError.map { " \(($0 as NSError).debugText)" } ?? ""
      return context.debugDescription + cause
    }
    return (error as NSError).localizedDescription
  }

  // MARK: Going inside

  /// The value of a key that must be there.
  package func value(_ key: String) throws(GoldenError) -> GoldenValue {
    guard let value = try optional(key) else {
      throw .missing(file: file, path: joined(key))
    }
    return value
  }

  /// The value of a key, `nil` when the key is absent. Null is a value.
  package func optional(_ key: String) throws(GoldenError) -> GoldenValue? {
    guard case .object(let members) = json else { throw wrongType("an object") }
    return members[key].map { GoldenValue($0, file: file, path: joined(key)) }
  }

  /// All members of an object in the order of their keys.
  package func members() throws(GoldenError) -> [(key: String, value: GoldenValue)] {
    guard case .object(let members) = json else { throw wrongType("an object") }
    return members.sorted { $0.key < $1.key }.map {
      ($0.key, GoldenValue($0.value, file: file, path: joined($0.key)))
    }
  }

  package func elements() throws(GoldenError) -> [GoldenValue] {
    guard case .array(let elements) = json else { throw wrongType("an array") }
    return elements.enumerated().map {
      GoldenValue($0.element, file: file, path: "\(path)[\($0.offset)]")
    }
  }

  // MARK: Leaves

  package var isNull: Bool { json == .null }

  package func double() throws(GoldenError) -> Double {
    guard case .number(let number) = json else { throw wrongType("a number") }
    return number
  }

  /// A number without a fraction that fits 53 bits.
  package func integer() throws(GoldenError) -> Int {
    let number = try double()
    guard number.rounded() == number, abs(number) <= 9_007_199_254_740_992 else {
      throw invalid("an integer", found: "\(number)")
    }
    return Int(number)
  }

  package func truth() throws(GoldenError) -> Bool {
    guard case .truth(let truth) = json else { throw wrongType("a truth value") }
    return truth
  }

  package func text() throws(GoldenError) -> String {
    guard case .text(let text) = json else { throw wrongType("a text") }
    return text
  }

  /// A resolution w: a number above 0, or null for infinity.
  package func resolution() throws(GoldenError) -> Double {
    if isNull { return .infinity }
    let number = try double()
    guard number > 0 else { throw invalid("a number above 0 or null", found: "\(number)") }
    return number
  }

  package func doubles() throws(GoldenError) -> [Double] {
    var numbers: [Double] = []
    for element in try elements() { numbers.append(try element.double()) }
    return numbers
  }

  package func integers() throws(GoldenError) -> [Int] {
    var numbers: [Int] = []
    for element in try elements() { numbers.append(try element.integer()) }
    return numbers
  }

  /// Rows of numbers, outer index first.
  package func rows() throws(GoldenError) -> [[Double]] {
    var rows: [[Double]] = []
    for element in try elements() { rows.append(try element.doubles()) }
    return rows
  }

  /// Numbers of which there must be `count`.
  package func doubles(count: Int) throws(GoldenError) -> [Double] {
    let numbers = try doubles()
    guard numbers.count == count else {
      throw invalid("\(count) numbers", found: "\(numbers.count)")
    }
    return numbers
  }

  /// Rows of which there must be `count`, each of `columns` numbers.
  package func rows(count: Int, columns: Int) throws(GoldenError) -> [[Double]] {
    let rows = try rows()
    guard rows.count == count, rows.allSatisfy({ $0.count == columns }) else {
      throw invalid("\(count) rows of \(columns) numbers", found: "of another shape")
    }
    return rows
  }

  // MARK: Errors

  /// An error that names this value.
  package func invalid(_ expected: String, found: String) -> GoldenError {
    .invalid(file: file, path: path, expected: expected, found: found)
  }

  private func wrongType(_ expected: String) -> GoldenError {
    .wrongType(
      file: file, path: path.isEmpty ? "the file" : path, expected: expected, found: json.kind)
  }

  private func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension NSError {
  /// The detail that Foundation's JSON reader gives, with the line and column where it has them.
  fileprivate var debugText: String {
    (userInfo["NSDebugDescription"] as? String) ?? localizedDescription
  }
}
