/// The fields of a CSV file with a line of column names: commas, fields in quotation marks, LF or
/// CRLF, with or without a byte order mark. Blank lines are passed over.
struct TableText {
  struct Row {
    /// Counted from 1.
    var line: Int
    var fields: [String]
  }

  let file: String
  let names: [String]
  let rows: [Row]

  /// Bytes of a file, at most.
  static let largest = 1 << 28

  /// Reads a file, plain or .gz; `names` are those of the columns where it has none.
  static func read(_ path: String, names: [String]? = nil) throws(DataError) -> TableText {
    let bytes = try SequenceBytes.read(path, limit: largest)
    do {
      return try TableText(bytes, file: path, names: names)
    } catch .sequences(let error) {
      // The lines are read as those of sequences.
      var line: Int?
      if case .line(let number) = error.place { line = number }
      throw .table(path, line: line, error.mistake == .quotation ? .quotation : .notText)
    } catch {
      throw error
    }
  }

  private init(_ bytes: [UInt8], file: String, names: [String]?) throws(DataError) {
    var text = TextRows(bytes, file: file)
    var header = names
    var rows: [Row] = []
    while let row = try text.next() {
      let fields = try text.fields(of: row)
      guard let names = header else {
        header = try Self.checkedNames(fields, file: file, line: row.line)
        continue
      }
      guard fields.count == names.count else {
        throw .table(file, line: row.line, .fields(found: fields.count, expected: names.count))
      }
      rows.append(Row(line: row.line, fields: fields))
    }
    guard let header, !rows.isEmpty || names == nil else { throw .table(file, .empty) }
    (self.file, self.names, self.rows) = (file, header, rows)
  }

  private static func checkedNames(
    _ fields: [String], file: String, line: Int
  ) throws(DataError) -> [String] {
    guard !fields.allSatisfy({ Double($0) != nil }) else {
      throw .table(file, line: line, .noHeader)
    }
    var known: Set<String> = []
    for (index, name) in fields.enumerated() {
      guard !name.isEmpty else { throw .table(file, line: line, .unnamedColumn(number: index + 1)) }
      guard known.insert(name).inserted else {
        throw .table(file, line: line, .duplicateColumn(name))
      }
    }
    return fields
  }

  /// The place of a named column.
  func column(_ name: String) throws(DataError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw .table(file, .unknownColumn(name, there: names))
    }
    return index
  }

  /// A field as a finite number, in nothing but what everybody writes: Swift reads hexadecimal
  /// numbers too.
  func number(_ row: Row, _ column: Int) throws(DataError) -> Double {
    let field = row.fields[column]
    guard let value = Double(field), value.isFinite,
      !field.utf8.contains(where: { $0 | 0x20 == 0x78 })
    else {
      throw .table(file, line: row.line, .notNumber(found: field, column: names[column]))
    }
    return value
  }
}
