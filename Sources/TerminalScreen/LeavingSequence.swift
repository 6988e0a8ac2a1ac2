import CNcurses

/// The bytes that give a terminal back when ncurses can no longer do it: after a crash, or in the
/// middle of a frame that the terminal did not take.
struct LeavingSequence {
  private let sequences: [String]
  private let hasAlternate: Bool

  /// Ends whatever sequence was cut off.
  private static let cancel: [UInt8] = [0x18]

  /// Asks the terminal database; ncurses must have been started. `extra` comes first.
  init(extra: [String]) {
    let known = (0..<5).compactMap { screen_leaving_sequence($0).map { String(cString: $0) } }
    sequences = extra + known.map(Self.withoutPadding)
    hasAlternate = screen_has_alternate()
  }

  /// The bytes for a terminal of so many rows. Without an alternate screen the shell goes on below
  /// what is shown.
  func bytes(rows: Int) -> [UInt8] {
    var bytes = Self.cancel
    if !hasAlternate, let move = screen_moving_sequence(Int32(max(0, rows - 1)), 0) {
      bytes += Self.withoutPadding(String(cString: move)).utf8
    }
    for sequence in sequences { bytes += sequence.utf8 }
    return bytes + [UInt8(ascii: "\r")] + (hasAlternate ? [] : [UInt8(ascii: "\n")])
  }

  /// Terminals of this age need no pauses, which the database writes as `$<5>`.
  static func withoutPadding(_ text: String) -> String {
    text.replacing(#/\$<[^>]*>/#, with: "")
  }
}
