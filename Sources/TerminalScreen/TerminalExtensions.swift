import CNcurses

/// What many terminals can do and the terminal database says little or nothing about: marks around
/// pasted text, marks around a frame so that it appears at once, and saying what the mouse does.
struct TerminalExtensions {
  /// Whether pasted text is marked as such.
  let marksPastes: Bool
  /// Whether the terminal understands questions about its modes; older ones print them.
  let canBeAsked: Bool
  /// Whether the terminal is to say what the mouse does.
  let tracksMouse: Bool
  /// Whether frames are shown at once, as far as the terminal has said.
  var synchronizes = false

  private static let beginFrame = Array("\u{1B}[?2026h".utf8)
  private static let endFrame = Array("\u{1B}[?2026l".utf8)

  /// Buttons and wheel, movements while a button is held, and places without a limit.
  private static let mouseModes = [1000, 1002, 1006]

  /// Asks the terminal database; ncurses must have been started.
  init(wantsMouse: Bool) {
    marksPastes = tigetstr("BE").map { Int(bitPattern: $0) > 0 } == true
    canBeAsked = marksPastes || tigetflag("XT") > 0
    let hasMouse = tigetstr("kmous").map { Int(bitPattern: $0) > 0 } == true
    tracksMouse = wantsMouse && (hasMouse || canBeAsked)
  }

  /// What is written when the terminal is taken: the answer comes as an input.
  var entering: [UInt8] {
    let mouse = tracksMouse ? Self.mouseModes.map { "\u{1B}[?\($0)h" } : []
    return Array(
      (mouse.joined() + (marksPastes ? "\u{1B}[?2004h" : "")
        + (canBeAsked ? "\u{1B}[?2026$p" : "")).utf8)
  }

  /// What is written when it is given back.
  var leaving: [String] {
    let mouse = tracksMouse ? Self.mouseModes.reversed().map { "\u{1B}[?\($0)l" } : []
    return (canBeAsked ? ["\u{1B}[?2026l"] : []) + (marksPastes ? ["\u{1B}[?2004l"] : []) + mouse
  }

  /// The bytes of a frame with marks around them, where the terminal has such marks.
  func framed(_ bytes: [UInt8]) -> [UInt8] {
    synchronizes && !bytes.isEmpty ? Self.beginFrame + bytes + Self.endFrame : bytes
  }
}
