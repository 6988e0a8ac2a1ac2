/// A table of the user as an experiment names it.
package struct TableConfiguration: Sendable, Equatable {
  package enum Task: String, Sendable, CaseIterable {
    case classification, regression
  }

  /// Which rows test; they validate as well, as tables are small.
  package enum Split: String, Sendable, CaseIterable {
    /// Rows 4, 9, 14 ... counted from 0.
    case mod5
    /// A fifth, drawn by the seed.
    case random
  }

  package var file = ""
  /// The name of the column that is to be told.
  package var target = ""
  package var task = Task.classification
  /// Names of the columns that are inputs, separated by commas; empty for all others.
  package var columns = ""
  package var split = Split.mod5

  package init() {}

  package static let mostClasses = 100
  package static let mostInputs = 256

  /// The names in ``columns``.
  package var columnNames: [String] {
    columns.split(separator: ",").map { name in
      var name = name.drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      return String(name)
    }.filter { !$0.isEmpty }
  }

  /// Reads the file and divides it.
  package func load(seed: UInt64) throws(DataError) -> TableSet {
    try TableReader(TableText.read(file), self).table(seed: seed)
  }
}
