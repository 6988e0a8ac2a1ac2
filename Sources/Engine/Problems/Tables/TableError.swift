/// A mistake in a table of the user, with its facts.
package struct TableError: Error, Sendable, Equatable {
  package var file: String
  /// Counted from 1, where the mistake is in one line.
  package var line: Int?
  package var mistake: Mistake

  package init(_ file: String, line: Int? = nil, _ mistake: Mistake) {
    self.file = file
    self.line = line
    self.mistake = mistake
  }

  package enum Mistake: Sendable, Equatable {
    case notText
    /// A quotation mark that does not close, or text beside a quoted field.
    case quotation
    case empty
    /// The first line has nothing but numbers.
    case noHeader
    /// A column without a name; `number` counts from 1.
    case unnamedColumn(number: Int)
    case duplicateColumn(String)
    /// A column that an experiment names and the table lacks.
    case unknownColumn(String, there: [String])
    /// The column of targets among those of inputs.
    case targetAmongInputs(String)
    /// Nothing but targets.
    case noInputs
    case tooManyInputs(found: Int, most: Int)
    case fields(found: Int, expected: Int)
    case notNumber(found: String, column: String)
    case emptyTarget(column: String)
    case rows(found: Int, least: Int)
    case tooManyClasses(found: Int, most: Int, column: String)
    /// All rows that train are of one class.
    case oneClass(String, column: String)
    /// All targets of rows that train are the same.
    case constantTarget(Double, column: String)
    /// The values of a column reach so far that their range is no number.
    case range(column: String)
  }
}

extension DataError {
  static func table(
    _ file: String, line: Int? = nil, _ mistake: TableError.Mistake
  ) -> DataError {
    .table(TableError(file, line: line, mistake))
  }
}

/// The sentence about a mistake in a table, beginning with its place.
func description(of error: TableError) -> String {
  (error.line.map { "\(error.file):\($0)" } ?? error.file) + ": " + sentence(error.mistake)
}

private func sentence(_ mistake: TableError.Mistake) -> String {
  switch mistake {
  case .notText: return "not UTF-8 text, expected CSV"
  case .quotation:
    return "found a quotation mark out of place, expected \"...\" around a whole field"
  case .empty: return "empty, expected a line of column names and a line for each row"
  case .noHeader: return "found only numbers in the first line, expected the names of the columns"
  case .fields(let found, let expected):
    return "found \(found) fields, expected \(expected) as in the first line"
  case .notNumber(let found, let column):
    return "column \(column): found \(quotedField(found)), expected a finite number"
  case .emptyTarget(let column): return "column \(column): found nothing, expected a class"
  case .rows(let found, let least): return "found \(found) rows, expected at least \(least)"
  case .unnamedColumn, .duplicateColumn, .unknownColumn, .targetAmongInputs, .noInputs,
    .tooManyInputs:
    return columnSentence(mistake)
  case .tooManyClasses, .oneClass, .constantTarget, .range: return valueSentence(mistake)
  }
}

private func columnSentence(_ mistake: TableError.Mistake) -> String {
  switch mistake {
  case .unnamedColumn(let number): "column \(number) has no name"
  case .duplicateColumn(let name): "found two columns named \(name), expected different names"
  case .unknownColumn(let name, let there):
    "found no column \(name), expected one of: \(there.joined(separator: ", "))"
  case .targetAmongInputs(let name):
    "column \(name) is the target, expected other columns as inputs"
  case .noInputs: "found no column but the target, expected at least one more"
  case .tooManyInputs(let found, let most):
    "found \(found) columns of inputs, expected at most \(most)"
  default: ""
  }
}

private func valueSentence(_ mistake: TableError.Mistake) -> String {
  switch mistake {
  case .tooManyClasses(let found, let most, let column):
    "column \(column): found \(found) different values, expected at most \(most) classes (or "
      + "task = \"regression\")"
  case .oneClass(let name, let column):
    "column \(column): found only \(quotedField(name)) in the rows that train, expected at least "
      + "two classes"
  case .constantTarget(let value, let column):
    "column \(column): found only \(value) in the rows that train, expected different values"
  case .range(let column): "column \(column): the values lie too far apart to be scaled"
  default: ""
  }
}

/// In quotation marks on one line, shortened where it is long.
private func quotedField(_ text: String) -> String {
  let short = text.count <= 40 ? text : text.prefix(39) + "\u{2026}"
  return "\"" + short.unicodeScalars.map { $0.escaped(asASCII: false) }.joined() + "\""
}
