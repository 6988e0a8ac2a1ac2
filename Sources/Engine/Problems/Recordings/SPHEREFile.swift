/// NIST SPHERE files (specification of the spiking networks, 5.1): the line `NIST_1A`, a line with
/// the size of the header, lines of name, type and value up to `end_head`, and after the header the
/// samples. Uncompressed samples of two bytes and one channel are read.
enum SPHEREFile {
  static let magic = Array("NIST_1A\n".utf8)
  /// The first two lines.
  private static let opening = 16
  private static let largestHeader = 1 << 20

  static func recording(_ bytes: [UInt8], file: String) throws(RecordingError) -> AudioRecording {
    let size = try headerSize(bytes, file)
    let fields = try fields(bytes, opening..<size, file)
    func value(_ field: String) throws(RecordingError) -> String {
      guard let value = fields[field] else { throw .absent(file: file, field: field) }
      return value
    }
    func number(
      _ field: String, _ isRight: (Int) -> Bool, _ expected: String
    ) throws(RecordingError) -> Int {
      let text = try value(field)
      guard let number = Int(text), isRight(number) else {
        throw .wrong(file: file, field: field, found: text, expected: expected)
      }
      return number
    }
    if let coding = fields["sample_coding"], coding.lowercased() != "pcm" {
      throw .wrong(
        file: file, field: "sample_coding", found: coding, expected: "pcm, not compressed")
    }
    _ = try number("channel_count", { $0 == 1 }, "1")
    _ = try number("sample_n_bytes", { $0 == 2 }, "2")
    let rate = try number("sample_rate", { $0 > 0 }, "a number above 0")
    let count = try number("sample_count", { 0..<1 << 32 ~= $0 }, "a number of samples")
    let order = try value("sample_byte_format")
    guard order == "01" || order == "10" else {
      throw .wrong(
        file: file, field: "sample_byte_format", found: order,
        expected: "01 (little endian) or 10 (big endian)")
    }
    guard bytes.count >= size + 2 * count else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: size + 2 * count)
    }
    let samples = (0..<count).map { index in
      let word = bytes.littleEndian16(at: size + 2 * index)
      return Int16(bitPattern: order == "01" ? word : word.byteSwapped)
    }
    return AudioRecording(samples: samples, rate: rate)
  }

  private static func headerSize(_ bytes: [UInt8], _ file: String) throws(RecordingError) -> Int {
    guard bytes.count >= opening else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: opening)
    }
    let text = bytes.text(magic.count..<opening).filter { !$0.isWhitespace }
    guard let size = Int(text), opening..<largestHeader ~= size else {
      throw .wrong(
        file: file, field: "header size", found: text,
        expected: "a number from \(opening) to \(largestHeader)")
    }
    guard bytes.count >= size else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: size)
    }
    return size
  }

  /// The values of all fields as text.
  private static func fields(
    _ bytes: [UInt8], _ header: Range<Int>, _ file: String
  ) throws(RecordingError) -> [String: String] {
    var fields: [String: String] = [:]
    for line in bytes[header].split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
      guard let name = parts.first, !name.hasPrefix(";") else { continue }
      if name == "end_head" { return fields }
      guard parts.count == 3, parts[1].hasPrefix("-") else {
        throw .wrong(
          file: file, field: "header line", found: text, expected: "a name, a type and a value")
      }
      // A string says how long it is; what follows is a comment.
      let length = parts[1].hasPrefix("-s") ? Int(parts[1].dropFirst(2)) : nil
      let value = parts[2].prefix(length ?? parts[2].count)
      fields[String(name)] =
        length == nil
        ? value.split(separator: " ").first.map(String.init) ?? "" : String(value)
    }
    throw .absent(file: file, field: "end_head")
  }
}
