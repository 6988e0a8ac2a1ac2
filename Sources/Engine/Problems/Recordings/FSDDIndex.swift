import CZlib

/// The table beside the archive of spoken digits, with what every file in it must be.
struct FSDDIndex {
  private struct Row {
    var line: Int
    var name: String
    var offset, bytes, checksum: Int
  }

  private let path: String
  private let rows: [Row]

  private static let columns = ["name", "offset", "bytes", "crc32"]

  init(path: String) throws(RecordingError) {
    self.path = path
    let text = String(decoding: try RecordingBytes.read(path), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    let header = (lines.first ?? "").split(separator: ",").map(String.init)
    var places: [Int] = []
    for column in Self.columns {
      guard let place = header.firstIndex(of: column) else {
        throw .absent(file: path, field: "column \(column)")
      }
      places.append(place)
    }
    var rows: [Row] = []
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == header.count, let offset = Int(fields[places[1]]),
        let bytes = Int(fields[places[2]]), let checksum = Int(fields[places[3]], radix: 16)
      else {
        throw .wrong(
          file: path, field: "line \(number + 1)", found: String(line),
          expected: "\(header.count) fields with numbers as \(Self.columns.joined(separator: ", "))"
        )
      }
      rows.append(
        Row(
          line: number + 1, name: String(fields[places[0]]), offset: offset, bytes: bytes,
          checksum: checksum))
    }
    self.rows = rows
  }

  /// Throws where a file of the table is not in the archive, or is another.
  func check(
    _ archive: TarArchive, _ bytes: [UInt8], file: String
  ) throws(RecordingError) {
    let entries = Dictionary(
      archive.entries.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    for row in rows {
      guard let found = entries[row.name] else {
        throw .absent(
          file: file, field: "file \(row.name), which line \(row.line) of \(path) names")
      }
      guard found.lowerBound == row.offset, found.count == row.bytes else {
        throw .wrong(
          file: file, field: row.name,
          found: "\(found.count) bytes from \(found.lowerBound)",
          expected: "\(row.bytes) from \(row.offset) as in \(path)")
      }
      let checksum = bytes[found].withUnsafeBytes { buffer in
        crc32(0, buffer.bindMemory(to: UInt8.self).baseAddress, UInt32(buffer.count))
      }
      guard Int(checksum) == row.checksum else {
        throw .wrong(
          file: file, field: row.name, found: "crc32 \(String(checksum, radix: 16))",
          expected: "\(String(row.checksum, radix: 16)) as in \(path)")
      }
    }
  }
}
