/// The sequences of a file of values with their labels.
struct SequenceSet: Sendable {
  var values: SequenceValues
  var labels: SequenceLabels

  /// Reads a file of values, NPY or CSV by its first bytes, and the labels in it or in `labelPath`,
  /// which is empty for none.
  ///
  /// - Parameter limit: bytes that a file and what is made of it may take
  /// - Throws: ``DataError`` with the first mistake and its place
  static func read(
    _ path: String, labels labelPath: String, channels: Int, limit: Int
  ) throws(DataError) -> SequenceSet {
    let labelFile = labelPath.isEmpty ? nil : labelPath
    let (values, ownLabels) = try readValues(
      path, labelFile: labelFile, channels: channels, limit: limit)
    let labels: SequenceLabels
    if let ownLabels {
      labels = ownLabels
    } else if let labelFile {
      labels = try readLabels(labelFile, limit: limit)
    } else {
      throw .sequences(path, .noLabels)
    }
    guard labels.names.count == values.shape.samples else {
      throw .sequences(
        labels.file,
        .labelCount(
          found: labels.names.count, samples: values.shape.samples, values: path))
    }
    return SequenceSet(values: values, labels: labels)
  }

  private static func readValues(
    _ path: String, labelFile: String?, channels: Int, limit: Int
  ) throws(DataError) -> (SequenceValues, SequenceLabels?) {
    let bytes = try SequenceBytes.read(path, limit: limit)
    if NPYHeader.isNPY(bytes) {
      return (
        try NPYFile.values(bytes, file: path, channels: channels, limit: limit), nil
      )
    }
    // A value takes at least two bytes of text and becomes four.
    let (needed, overflow) = bytes.count.multipliedReportingOverflow(by: 3)
    guard !overflow, needed <= limit else {
      throw .sequences(path, .memory(needed: overflow ? .max : needed, limit: limit))
    }
    return try CSVFile.read(bytes, file: path, channels: channels, labelFile: labelFile)
  }

  private static func readLabels(
    _ path: String, limit: Int
  ) throws(DataError) -> SequenceLabels {
    let bytes = try SequenceBytes.read(path, limit: limit)
    return NPYHeader.isNPY(bytes)
      ? try NPYFile.labels(bytes, file: path, limit: limit)
      : try CSVFile.labels(bytes, file: path)
  }
}
