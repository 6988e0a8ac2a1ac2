import CNcurses

/// What many terminals can do and the terminal database says little or nothing about: marks around
/// pasted text, and marks around a frame so that it appears at once.
struct TerminalExtensions {
  /// Whether pasted text is marked as such.
  let marksPastes: Bool
  /// Whether the terminal understands questions about its modes; older ones print them.
  let canBeAsked: Bool
  /// Whether frames are shown at once, as far as the terminal has said.
  var synchronizes = false

  private static let beginFrame = Array("\u{1B}[?2026h".utf8)
  private static let endFrame = Array("\u{1B}[?2026l".utf8)

  /// Asks the terminal database; ncurses must have been started.
  init() {
    marksPastes = tigetstr("BE").map { Int(bitPattern: $0) > 0 } == true
    canBeAsked = marksPastes || tigetflag("XT") > 0
  }

  /// What is written when the terminal is taken: the answer comes as an input.
  var entering: [UInt8] {
    Array(((marksPastes ? "\u{1B}[?2004h" : "") + (canBeAsked ? "\u{1B}[?2026$p" : "")).utf8)
  }

  /// What is written when it is given back.
  var leaving: [String] {
    (canBeAsked ? ["\u{1B}[?2026l"] : []) + (marksPastes ? ["\u{1B}[?2004l"] : [])
  }

  /// The bytes of a frame with marks around them, where the terminal has such marks.
  func framed(_ bytes: [UInt8]) -> [UInt8] {
    synchronizes && !bytes.isEmpty ? Self.beginFrame + bytes + Self.endFrame : bytes
  }
}
