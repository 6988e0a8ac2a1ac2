/// The IDX format of the MNIST family: two zero bytes, a type byte (8: unsigned bytes), the number
/// of dimensions, each dimension as a big-endian 32-bit integer, then the values, last dimension
/// fastest.
package enum IDXFile {
  /// Reads the unsigned bytes of a plain or gzip-compressed IDX file.
  ///
  /// - Parameter dimensions: the sizes that the header must state; nothing is allocated for a
  ///   file that states others.
  /// - Throws: ``DataError`` for a file that cannot be read, is of another kind or size, breaks
  ///   off, or goes on after its last value.
  package static func read(_ path: String, dimensions: [Int]) throws(DataError) -> [UInt8] {
    let file = try GzipFile(path: path)
    let headerBytes = 4 + 4 * dimensions.count
    let count = dimensions.reduce(1, *)
    try checkHeader(of: file, path: path, dimensions: dimensions, totalBytes: headerBytes + count)
    var values = [UInt8](repeating: 0, count: count)
    let found = try values.withUnsafeMutableBufferPointer { buffer throws(DataError) in
      try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    guard found == count else {
      throw .truncated(
        file: path, foundBytes: headerBytes + found, expectedBytes: headerBytes + count)
    }
    guard try file.isAtEnd() else {
      throw .trailingBytes(file: path, expectedBytes: headerBytes + count)
    }
    return values
  }

  private static func checkHeader(
    of file: borrowing GzipFile, path: String, dimensions: [Int], totalBytes: Int
  ) throws(DataError) {
    let (magic, magicBytes) = try nextWord(of: file)
    guard magicBytes == 4 else {
      throw .truncated(file: path, foundBytes: magicBytes, expectedBytes: totalBytes)
    }
    let expected = 0x0800 | UInt32(dimensions.count)
    guard magic == expected else {
      throw .wrongMagic(file: path, found: magic, expected: expected)
    }
    var stated: [Int] = []
    for index in dimensions.indices {
      let (size, bytes) = try nextWord(of: file)
      guard bytes == 4 else {
        throw .truncated(
          file: path, foundBytes: 4 + 4 * index + bytes, expectedBytes: totalBytes)
      }
      stated.append(Int(size))
    }
    guard stated == dimensions else {
      throw .wrongDimensions(file: path, found: stated, expected: dimensions)
    }
  }

  /// How many images of `side` pixels a file states that it has.
  static func imageCount(_ path: String, side: Int) throws(DataError) -> Int {
    let file = try GzipFile(path: path)
    var words: [UInt32] = []
    for index in 0..<4 {
      let (word, bytes) = try nextWord(of: file)
      guard bytes == 4 else {
        throw .truncated(file: path, foundBytes: 4 * index + bytes, expectedBytes: 16)
      }
      words.append(word)
    }
    guard words[0] == 0x0803 else {
      throw .wrongMagic(file: path, found: words[0], expected: 0x0803)
    }
    let count = Int(words[1])
    guard words[2] == UInt32(side), words[3] == UInt32(side), count > 0 else {
      throw .wrongDimensions(
        file: path, found: words[1...].map { Int($0) }, expected: [max(count, 1), side, side])
    }
    return count
  }

  /// The next big-endian 32-bit word and how many of its bytes were there.
  private static func nextWord(
    of file: borrowing GzipFile
  ) throws(DataError) -> (value: UInt32, bytes: Int) {
    var word: UInt32 = 0
    let bytes = try withUnsafeMutableBytes(of: &word) { buffer throws(DataError) in
      try file.read(into: buffer)
    }
    return (UInt32(bigEndian: word), bytes)
  }
}
