/// The lines of a text file that are not blank, as lines of fields or as they are.
struct TextRows {
  struct Row {
    /// Counted from 1.
    var line: Int
    var text: Substring
  }

  private let bytes: [UInt8]
  private let file: String
  private var position: Int
  private var line = 0

  /// A byte order mark at the beginning is passed over.
  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next line that is not blank, without the blanks around it.
  ///
  /// - Throws: ``DataError`` for a line that is not UTF-8 or contains a zero.
  mutating func next() throws(DataError) -> Row? {
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let content = bytes[position..<end]
      position = end + 1
      line += 1
      guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
        throw .sequences(file, at: .line(line), .notText)
      }
      let trimmed = Self.trimmed(text[...])
      if !trimmed.isEmpty { return Row(line: line, text: trimmed) }
    }
    return nil
  }

  /// Fields separated by commas, without the blanks around them. A field in quotation marks may
  /// contain commas, and quotation marks written twice, but no line breaks.
  func fields(of row: Row) throws(DataError) -> [String] {
    guard row.text.utf8.contains(UInt8(ascii: "\"")) else {
      return row.text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { String(Self.trimmed(Substring($0))) }
    }
    var fields: [String] = []
    var rest = row.text
    while true {
      fields.append(try Self.takeField(from: &rest, in: row, file: file))
      guard rest.unicodeScalars.first == "," else { break }
      rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
    }
    guard rest.isEmpty else { throw .sequences(file, at: .line(row.line), .quotation) }
    return fields
  }

  /// Takes a field with the blanks around it from the front of `rest`.
  private static func takeField(
    from rest: inout Substring, in row: Row, file: String
  ) throws(DataError) -> String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" }
    var scalars = rest.unicodeScalars.drop(while: isBlank)
    guard scalars.first == "\"" else {
      let end = scalars.firstIndex(of: ",") ?? scalars.endIndex
      let field = trimmed(Substring(scalars[..<end]))
      guard !field.unicodeScalars.contains("\"") else {
        throw .sequences(file, at: .line(row.line), .quotation)
      }
      rest = Substring(scalars[end...])
      return String(field)
    }
    var field = String.UnicodeScalarView()
    scalars.removeFirst()
    while let end = scalars.firstIndex(of: "\"") {
      field.append(contentsOf: scalars[..<end])
      scalars = scalars[scalars.index(after: end)...]
      guard scalars.first == "\"" else {
        rest = Substring(scalars.drop(while: isBlank))
        return String(field)
      }
      field.append("\"")
      scalars.removeFirst()
    }
    throw .sequences(file, at: .line(row.line), .quotation)
  }

  /// Without blanks and the carriage return of a line's end.
  private static func trimmed(_ text: Substring) -> Substring {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0D }
    var bytes = text.utf8.drop(while: isBlank)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return Substring(bytes)
  }
}
