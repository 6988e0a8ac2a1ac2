/// The files of an uncompressed ustar archive (POSIX.1-1988): blocks of 512 bytes, a header before
/// the contents of each file, zeros at the end.
struct TarArchive {
  struct Entry: Equatable {
    var name: String
    /// Where its bytes are in the archive.
    var bytes: Range<Int>
  }

  /// In the order of the archive.
  let entries: [Entry]

  private static let block = 512

  /// - Parameter file: name of the archive in errors
  init(_ bytes: [UInt8], file: String) throws(RecordingError) {
    var entries: [Entry] = []
    var place = 0
    while place < bytes.count {
      guard place + Self.block <= bytes.count else {
        throw .truncated(
          file: file, foundBytes: bytes.count, expectedBytes: place + Self.block)
      }
      let header = Array(bytes[place..<place + Self.block])
      if header.allSatisfy({ $0 == 0 }) { break }
      let size = try Self.size(header, at: place, file)
      let contents = place + Self.block..<place + Self.block + size
      guard contents.upperBound <= bytes.count else {
        throw .truncated(
          file: file, foundBytes: bytes.count, expectedBytes: contents.upperBound)
      }
      if header[156] == 0 || header[156] == UInt8(ascii: "0") {
        entries.append(Entry(name: Self.name(header), bytes: contents))
      }
      place = contents.upperBound + (Self.block - size % Self.block) % Self.block
    }
    self.entries = entries
  }

  /// The size of the contents that a header announces.
  private static func size(
    _ header: [UInt8], at place: Int, _ file: String
  ) throws(RecordingError) -> Int {
    guard header[257..<262].elementsEqual("ustar".utf8) else {
      throw .wrong(
        file: file, field: "header at byte \(place)", found: "no ustar in it",
        expected: "a ustar archive that is not compressed")
    }
    let field = 148..<156
    let sum = header.indices.reduce(0) { sum, index in
      sum + (field.contains(index) ? 0x20 : Int(header[index]))
    }
    guard let stated = octal(header[field]), stated == sum else {
      throw .wrong(
        file: file, field: "header at byte \(place)", found: "a checksum of \(sum)",
        expected: text(header[field]))
    }
    guard let size = octal(header[124..<136]) else {
      throw .wrong(
        file: file, field: "header at byte \(place)", found: text(header[124..<136]),
        expected: "a size in octal digits")
    }
    return size
  }

  private static func name(_ header: [UInt8]) -> String {
    let prefix = text(header[345..<500])
    return prefix.isEmpty ? text(header[..<100]) : prefix + "/" + text(header[..<100])
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// A number of at most eleven octal digits, which fits any word.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = text(field).filter { $0 != " " }
    return digits.count <= 11 ? Int(digits, radix: 8).flatMap { $0 >= 0 ? $0 : nil } : nil
  }
}
