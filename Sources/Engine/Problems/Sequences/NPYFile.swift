/// Values and labels in NPY files.
enum NPYFile {
  /// Reads an array of samples x steps or samples x steps x channels.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, which begins with the magic string; `file` is its name in errors
  ///   - channels: values of a time step where the array has two dimensions
  ///   - limit: bytes that the file and its values may take together
  static func values(
    _ bytes: [UInt8], file: String, channels: Int, limit: Int
  ) throws(DataError) -> SequenceValues {
    let header = try NPYHeader(bytes, file: file)
    let (count, end) = try header.extent(file: file)
    let shape = try SequenceShape(header.shape, channels: channels, file: file)
    let (needed, overflow) = count.multipliedReportingOverflow(
      by: header.type.element.bytes + MemoryLayout<Float>.stride)
    guard !overflow else { throw .sequences(file, .overflow) }
    guard needed <= limit else { throw .sequences(file, .memory(needed: needed, limit: limit)) }
    try checkLength(bytes, end: end, file: file)
    var values: [Float] = []
    values.reserveCapacity(count)
    try bytes.withUnsafeBufferPointer { buffer throws(DataError) in
      let raw = UnsafeRawBufferPointer(buffer)
      for index in 0..<count {
        let offset = header.offset + index * header.type.element.bytes
        let number = header.type.number(in: raw, at: offset)
        let value = Float(number)
        guard value.isFinite else {
          throw .sequences(file, at: .byte(offset), shape.notFinite("\(number)", at: index))
        }
        values.append(value)
      }
    }
    return SequenceValues(shape: shape, values: values)
  }

  /// Reads an array of one dimension of integers, one label a sample.
  static func labels(
    _ bytes: [UInt8], file: String, limit: Int
  ) throws(DataError) -> SequenceLabels {
    let header = try NPYHeader(bytes, file: file)
    let (count, end) = try header.extent(file: file)
    let element = header.type.element
    guard element.isInteger else {
      throw .sequences(
        file, .type(found: element.rawValue, expected: "labels that are integers"))
    }
    guard header.shape.count == 1 else {
      throw .sequences(file, .dimensions(found: header.shape, expected: "one label a sample"))
    }
    try checkLength(bytes, end: end, file: file)
    let (needed, overflow) = count.multipliedReportingOverflow(
      by: element.bytes + SequenceLabels.bytesPerLabel)
    guard !overflow, needed <= limit else {
      throw .sequences(file, .memory(needed: overflow ? .max : needed, limit: limit))
    }
    var labels = SequenceLabels(file: file)
    bytes.withUnsafeBytes { raw in
      for index in 0..<count {
        let offset = header.offset + index * element.bytes
        labels.append(String(header.type.integer(in: raw, at: offset)), at: .byte(offset))
      }
    }
    return labels
  }

  private static func checkLength(
    _ bytes: [UInt8], end: Int, file: String
  ) throws(DataError) {
    guard bytes.count >= end else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: end)
    }
    guard bytes.count == end else { throw .trailingBytes(file: file, expectedBytes: end) }
  }
}
