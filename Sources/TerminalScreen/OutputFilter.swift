/// Makes what ncurses writes shorter, and safe for all terminals.
///
/// It leaves out sequences that set a colour which is set already: ncurses sets the colours of the
/// text and of the ground together whenever one of them changes, and under a theme with a ground of
/// its own that is nearly half of all bytes. It writes repeated characters out, as several terminals
/// that call themselves xterm get the sequence for that wrong. And it leaves out the resetting of all
/// colours, which would undo the user's own palette.
struct OutputFilter {
  /// The parameters of the sequence that set the present colour of the text and of the ground;
  /// empty when that is not known.
  private var text: ArraySlice<UInt8> = []
  private var ground: ArraySlice<UInt8> = []

  private static let escape: UInt8 = 0x1B
  private static let bell: UInt8 = 0x07
  /// A count in a damaged sequence must not take all memory.
  private static let mostRepeats = 10_000

  /// What has to be written for the same result. Nothing that sets colours may be written besides.
  mutating func filtered(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var start = 0
    var index = 0
    while let found = bytes[index...].firstIndex(of: Self.escape), found + 1 < bytes.count {
      guard let end = Self.end(of: bytes, sequenceAt: found) else { break }
      if let replacement = replacement(of: bytes, found, end) {
        kept += bytes[start..<found] + replacement
        start = end
      }
      index = end
    }
    return start == 0 ? bytes : kept + bytes[start...]
  }

  /// The place after a sequence; nil when it is cut off.
  private static func end(of bytes: [UInt8], sequenceAt start: Int) -> Int? {
    switch bytes[start + 1] {
    case UInt8(ascii: "["):
      return bytes[(start + 2)...].firstIndex { $0 >= 0x40 }.map { $0 + 1 }
    case UInt8(ascii: "]"):
      // The Linux console's only sequence of this kind has no end mark.
      if bytes[start...].starts(with: Array("\u{1B}]R".utf8)) { return start + 3 }
      guard
        let end = bytes[(start + 2)...].firstIndex(where: { $0 == bell || $0 == escape })
      else { return nil }
      // The other end mark is an escape and a backslash.
      return bytes[end] == bell ? end + 1 : min(end + 2, bytes.count)
    default:
      return start + 2
    }
  }

  /// What stands in the place of a sequence; nil when that stays as it is.
  private mutating func replacement(
    of bytes: [UInt8], _ start: Int, _ end: Int
  ) -> ArraySlice<UInt8>? {
    guard bytes[start + 1] == UInt8(ascii: "[") else {
      return bytes[start + 1] == UInt8(ascii: "]") ? [] : nil
    }
    let parameters = bytes[start + 2..<end - 1]
    switch bytes[end - 1] {
    case UInt8(ascii: "m"): return isRepeat(parameters) ? [] : nil
    case UInt8(ascii: "b"):
      let count = Int(String(decoding: parameters, as: UTF8.self)) ?? 1
      guard start > 0 else { return [] }
      return Array(repeating: bytes[start - 1], count: min(count, Self.mostRepeats))[...]
    default: return nil
    }
  }

  /// Whether these parameters only set a colour that is set already; takes note of what they set.
  private mutating func isRepeat(_ parameters: ArraySlice<UInt8>) -> Bool {
    switch Self.target(of: parameters) {
    case .text:
      if parameters == text { return true }
      text = parameters
    case .ground:
      if parameters == ground { return true }
      ground = parameters
    case .other: (text, ground) = ([], [])
    }
    return false
  }

  private enum Target {
    case text, ground, other
  }

  /// What a sequence of one colour sets: `31`, `91` and `38;5;160` the text, `41`, `101` and
  /// `48;5;160` the ground; all else may set anything.
  private static func target(of parameters: ArraySlice<UInt8>) -> Target {
    guard let first = parameters.first else { return .other }
    let separators = parameters.reduce(0) { $1 == UInt8(ascii: ";") ? $0 + 1 : $0 }
    let isIndexed = separators == 2 && parameters.dropFirst().starts(with: indexed)
    switch (first, separators, parameters.count) {
    case (UInt8(ascii: "3"), 0, 2), (UInt8(ascii: "9"), 0, 2): return .text
    case (UInt8(ascii: "4"), 0, 2), (UInt8(ascii: "1"), 0, 3): return .ground
    case (UInt8(ascii: "3"), _, _) where isIndexed: return .text
    case (UInt8(ascii: "4"), _, _) where isIndexed: return .ground
    default: return .other
    }
  }

  private static let indexed = Array("8;5;".utf8)
}
