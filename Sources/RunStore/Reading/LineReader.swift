import Glibc

/// Gives the lines of a file one by one without ever holding more than one of them.
struct LineReader {
  /// What is done with a line: its bytes without the end, and whether the end was there.
  typealias Body = (_ line: ArraySlice<UInt8>, _ isEnded: Bool) -> Void

  /// Longer lines are left out; no event comes near it.
  static let longestLine = 16 << 20

  /// Bytes of the line that is being put together.
  private var pending: [UInt8] = []
  /// Whether the present line is too long already.
  private var isTooLong = false
  private let longest: Int
  /// Lines that were left out for their length.
  private(set) var leftOut = 0

  init(longest: Int = LineReader.longestLine) {
    self.longest = longest
  }

  /// Takes further bytes and gives the lines that end in them. A line that is left out is given
  /// empty, so that the count of lines stays that of the file.
  mutating func take(_ bytes: ArraySlice<UInt8>, _ body: Body) {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      if pending.isEmpty && !isTooLong && end - rest.startIndex <= longest {
        body(rest[..<end], true)
      } else {
        keep(rest[..<end])
        finish(body, isEnded: true)
      }
      rest = rest[(end + 1)...]
    }
    keep(rest)
  }

  /// Gives what follows the last end of a line.
  mutating func finish(_ body: Body) {
    if !pending.isEmpty || isTooLong { finish(body, isEnded: false) }
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong, pending.count + bytes.count <= longest else {
      isTooLong = isTooLong || !bytes.isEmpty
      pending = []
      return
    }
    pending += bytes
  }

  private mutating func finish(_ body: Body, isEnded: Bool) {
    leftOut += isTooLong ? 1 : 0
    body(pending[...], isEnded)
    pending.removeAll(keepingCapacity: true)
    isTooLong = false
  }

  /// Reads the first `size` bytes of an open file from its beginning; what grows meanwhile is not
  /// read. Returns the lines left out.
  static func read(_ descriptor: Int32, size: Int, _ body: Body) -> Int {
    var reader = LineReader()
    var chunk = [UInt8](repeating: 0, count: min(max(size, 1), 1 << 16))
    var offset = 0
    while offset < size {
      let wanted = min(chunk.count, size - offset)
      let count = pread(descriptor, &chunk, wanted, offset)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { break }
      reader.take(chunk[..<count], body)
      offset += count
    }
    reader.finish(body)
    return reader.leftOut
  }
}
