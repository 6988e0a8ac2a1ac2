/// One of the tables of `ensembles`: names of columns and rows of numbers.
struct EnsembleTable {
  private let columns: [String]
  let rows: [Row]

  /// A row that knows where it is.
  struct Row {
    fileprivate let columns: [String]
    fileprivate let value: GoldenValue
    private let numbers: [Double]

    fileprivate init(_ value: GoldenValue, columns: [String]) throws(GoldenError) {
      (self.value, self.columns) = (value, columns)
      numbers = try value.doubles(count: columns.count)
    }

    var path: String { value.path }

    func has(_ column: String) -> Bool { columns.contains(column) }

    /// The number in the first column of the name.
    func number(_ column: String) throws(GoldenError) -> Double {
      guard let place = columns.firstIndex(of: column) else {
        throw .missing(file: value.file, path: "\(value.path), column \(column)")
      }
      return numbers[place]
    }

    func integer(_ column: String) throws(GoldenError) -> Int {
      let number = try number(column)
      guard number.rounded() == number, (1...1e9).contains(number) else {
        throw value.invalid("a count in column \(column)", found: "\(number)")
      }
      return Int(number)
    }

    /// The standard deviation between networks of a column: the column after it, where that is one.
    func deviation(of column: String) -> Double? {
      guard let place = columns.firstIndex(of: column), place + 1 < columns.count else {
        return nil
      }
      let next = columns[place + 1]
      return next == "sd" || next == "\(column)_sd" ? numbers[place + 1] : nil
    }
  }

  /// Reads a table of the file, which must be there.
  init(_ name: String, in file: GoldenValue) throws(GoldenError) {
    let table = try file.value(name)
    var columns: [String] = []
    for column in try table.value("columns").elements() { columns.append(try column.text()) }
    var rows: [Row] = []
    for row in try table.value("rows").elements() { rows.append(try Row(row, columns: columns)) }
    (self.columns, self.rows) = (columns, rows)
  }

  /// Pairs of columns that are the orders ρ of networks of two sizes, with the column of their
  /// exponent: `rho_N500`, `rho_N2000` and `exponent_500_2000`.
  var exponents: [(first: Int, second: Int, column: String)] {
    columns.compactMap { column in
      let parts = column.split(separator: "_")
      guard parts.count == 3, parts[0] == "exponent", let first = Int(parts[1]),
        let second = Int(parts[2])
      else { return nil }
      return (first, second, column)
    }
  }
}
