/// Values in CSV files: a row a sample, its label in the column named `label` or else first, then
/// the values step by step, the channels of a step together.
///
/// The first row is a header if a column is named `label` or no value in it is a number.
struct CSVFile {
  private let file: String
  private let channels: Int
  /// Where the labels are if they are not in this file.
  private let labelFile: String?
  /// Values of a sample where that is known and labels say nothing.
  private let expectedWidth: Int?
  private var labelColumn: Int?
  /// Fields of every row.
  private var width = 0
  private var rows = 0
  private var values: [Float] = []
  private var labels: SequenceLabels

  /// - Parameters:
  ///   - bytes: the whole file; `file` is its name in errors
  ///   - channels: values of a time step
  ///   - labelFile: where the labels are, if they are in a file of their own
  /// - Returns: the values, and the labels if they are in the file
  /// - Throws: ``DataError`` with the line of the first mistake
  static func read(
    _ bytes: [UInt8], file: String, channels: Int, labelFile: String?
  ) throws(DataError) -> (SequenceValues, SequenceLabels?) {
    var reader = CSVFile(
      file: file, channels: channels, labelFile: labelFile, expectedWidth: nil)
    try reader.readRows(TextRows(bytes, file: file))
    let count = reader.width - (reader.labelColumn == nil ? 0 : 1)
    let shape = try SequenceShape([reader.rows, count], channels: channels, file: file)
    return (
      SequenceValues(shape: shape, values: reader.values),
      reader.labelColumn == nil ? nil : reader.labels
    )
  }

  /// Values of samples whose labels are not known or do not matter: rows of `width` values, or of one
  /// more, which is a label then.
  static func unlabelled(
    _ bytes: [UInt8], file: String, width: Int, channels: Int
  ) throws(DataError) -> SequenceValues {
    var reader = CSVFile(file: file, channels: channels, labelFile: nil, expectedWidth: width)
    try reader.readRows(TextRows(bytes, file: file))
    let shape = try SequenceShape([reader.rows, width], channels: channels, file: file)
    return SequenceValues(shape: shape, values: reader.values)
  }

  /// Labels as text, one a line.
  static func labels(_ bytes: [UInt8], file: String) throws(DataError) -> SequenceLabels {
    var rows = TextRows(bytes, file: file)
    var labels = SequenceLabels(file: file)
    while let row = try rows.next() {
      let fields = try rows.fields(of: row)
      guard fields.count == 1 else {
        throw .sequences(file, at: .line(row.line), .ragged(found: fields.count, expected: 1))
      }
      guard !fields[0].isEmpty else { throw .sequences(file, at: .line(row.line), .emptyLabel) }
      labels.append(fields[0], at: .line(row.line))
    }
    return labels
  }

  private init(file: String, channels: Int, labelFile: String?, expectedWidth: Int?) {
    self.file = file
    self.channels = channels
    self.labelFile = labelFile
    self.expectedWidth = expectedWidth
    labels = SequenceLabels(file: file)
  }

  private mutating func readRows(_ text: TextRows) throws(DataError) {
    var text = text
    var isFirst = true
    while let row = try text.next() {
      let fields = try text.fields(of: row)
      if isFirst {
        isFirst = false
        if try begin(with: fields, line: row.line) { continue }
      }
      try add(fields, line: row.line)
    }
    guard rows > 0 else { throw .sequences(file, .noRows) }
  }

  /// Learns the form of the rows from the first one and says whether that is a header.
  private mutating func begin(with fields: [String], line: Int) throws(DataError) -> Bool {
    width = fields.count
    let named = fields.indices.filter { fields[$0] == "label" }
    guard named.count <= 1 else { throw .sequences(file, at: .line(line), .twoLabelColumns) }
    if !named.isEmpty, let labelFile {
      throw .sequences(file, at: .line(line), .labelsTwice(labels: labelFile))
    }
    labelColumn = labelFile == nil ? named.first ?? 0 : nil
    if let expectedWidth {
      labelColumn = named.first ?? (fields.count == expectedWidth + 1 ? 0 : nil)
      let found = fields.count - (labelColumn == nil ? 0 : 1)
      guard found == expectedWidth else {
        throw .sequences(file, at: .line(line), .width(found: found, expected: expectedWidth))
      }
    }
    let values = fields.indices.filter { $0 != labelColumn }
    guard values.count % channels == 0 else {
      throw .sequences(
        file, at: .line(line), .unevenChannels(values: values.count, channels: channels))
    }
    let hasNumber = values.contains { Float(fields[$0]) != nil }
    return !named.isEmpty || !values.isEmpty && !hasNumber
  }

  private mutating func add(_ fields: [String], line: Int) throws(DataError) {
    guard fields.count == width else {
      throw .sequences(file, at: .line(line), .ragged(found: fields.count, expected: width))
    }
    var place = 0
    for (column, field) in fields.enumerated() {
      guard column != labelColumn else {
        guard expectedWidth == nil else { continue }
        guard !field.isEmpty else { throw .sequences(file, at: .line(line), .emptyLabel) }
        labels.append(field, at: .line(line))
        continue
      }
      // Nothing but what everybody writes: Swift reads hexadecimal numbers too.
      guard let value = Float(field), !field.utf8.contains(where: { $0 | 0x20 == 0x78 }) else {
        throw .sequences(file, at: .line(line), .notNumber(found: field, column: column + 1))
      }
      guard value.isFinite else {
        throw .sequences(
          file, at: .line(line),
          .notFinite(
            found: field, sample: rows, step: place / channels, channel: place % channels))
      }
      values.append(value)
      place += 1
    }
    rows += 1
  }
}
