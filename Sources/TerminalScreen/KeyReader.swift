import CNcurses
import Terminal

/// What comes from the terminal.
enum TerminalInput: Equatable {
  case key(Key)
  case pointer(PointerEvent)
  /// The answer to the question whether frames can be shown at once.
  case synchronizes(Bool)
  case pasteBegan, pasteEnded
}

/// Turns what ncurses reads into keys.
enum KeyReader {
  /// A held key or a paste may fill the terminal's buffer; more than this is left for next time.
  private static let most = 1024

  /// Codes for sequences that ncurses does not know, above all of its own.
  private enum Code {
    static let pasteBegan: Int32 = 0x400
    static let pasteEnded: Int32 = 0x401
    static let cannotSynchronize: Int32 = 0x402
    static let synchronizes: Int32 = 0x403
    static let mouse: Int32 = 0x404
    static let oldMouse: Int32 = 0x405
  }

  /// Sequences of keys that terminals send whatever the terminal database says, as it depends on
  /// modes and settings of theirs.
  private static let commonKeys: [(sequence: String, code: Int32)] = [
    ("[A", KEY_UP), ("OA", KEY_UP), ("[B", KEY_DOWN), ("OB", KEY_DOWN), ("[C", KEY_RIGHT),
    ("OC", KEY_RIGHT), ("[D", KEY_LEFT), ("OD", KEY_LEFT), ("[H", KEY_HOME), ("OH", KEY_HOME),
    ("[1~", KEY_HOME), ("[7~", KEY_HOME), ("[F", KEY_END), ("OF", KEY_END), ("[4~", KEY_END),
    ("[8~", KEY_END), ("[5~", KEY_PPAGE), ("[6~", KEY_NPAGE), ("[2~", KEY_IC), ("[3~", KEY_DC),
    ("[Z", KEY_BTAB),
  ]

  /// Has ncurses recognise further sequences; it must have been started.
  ///
  /// How those of the mouse begin is taken from ncurses, which would read and keep their rest.
  static func defineKeys(hasMouse: Bool) {
    define_key("\u{1B}[<", Code.mouse)
    if hasMouse { define_key("\u{1B}[M", Code.oldMouse) }
    for key in commonKeys { define_key("\u{1B}" + key.sequence, key.code) }
    define_key("\u{1B}[200~", Code.pasteBegan)
    define_key("\u{1B}[201~", Code.pasteEnded)
    // Set, reset and always set are modes that the terminal has; unknown and never set are not.
    for (setting, code) in [
      (0, Code.cannotSynchronize), (1, Code.synchronizes), (2, Code.synchronizes),
      (3, Code.synchronizes), (4, Code.cannotSynchronize),
    ] {
      define_key("\u{1B}[?2026;\(setting)$y", code)
    }
  }

  /// Everything that was typed; sequences that ncurses does not know go through `sequences`.
  static func readAll(
    _ sequences: inout SequenceReader, at now: ContinuousClock.Instant
  ) -> [TerminalInput] {
    var inputs: [TerminalInput] = []
    var code = wint_t()
    // An escape that something follows at once begins a sequence, and is no key.
    var isEscaped = false
    sequences.abandonIfLate(at: now)
    while inputs.count < most {
      let kind = screen_read_key(&code)
      if isEscaped {
        isEscaped = false
        if kind == OK, code == openingBracket {
          sequences.begin(at: now)
          continue
        }
        inputs.append(.key(.escape))
      }
      switch kind {
      case OK:
        switch sequences.take(code) {
        case .event(let event): inputs.append(.pointer(event))
        case .swallowed: break
        case .key where code == escape: isEscaped = true
        case .key: if let key = key(character: code) { inputs.append(.key(key)) }
        }
      case KEY_CODE_YES:
        sequences.abandon()
        switch Int32(bitPattern: code) {
        case Code.mouse: sequences.begin(after: "<", at: now)
        case Code.oldMouse: sequences.beginOldForm(at: now)
        case let code: if let input = input(code: code) { inputs.append(input) }
        }
      default: return inputs
      }
    }
    if isEscaped { inputs.append(.key(.escape)) }
    return inputs
  }

  private static let escape: wint_t = 0x1B
  private static let openingBracket = wint_t(UInt8(ascii: "["))

  /// The key of a character; `nil` for one that no key stands for.
  static func key(character: wint_t) -> Key? {
    switch character {
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    case 8, 127: .backspace
    case 0: .control(" ")
    case 1...26: letter(character + 96).map(Key.control)
    case 28...31: letter(character + 64).map(Key.control)
    default: letter(character).map(Key.character)
    }
  }

  private static func letter(_ value: UInt32) -> Character? {
    Unicode.Scalar(value).map(Character.init)
  }

  private static func input(code: Int32) -> TerminalInput? {
    switch code {
    case Code.pasteBegan: .pasteBegan
    case Code.pasteEnded: .pasteEnded
    case Code.synchronizes: .synchronizes(true)
    case Code.cannotSynchronize: .synchronizes(false)
    default: key(code: code).map(TerminalInput.key)
    }
  }

  /// The key of a code of ncurses; `nil` for one that the program has no use for.
  static func key(code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_ENTER: .enter
    case KEY_BTAB: .backTab
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_IC: .insert
    default: function(code)
    }
  }

  private static func function(_ code: Int32) -> Key? {
    let number = code - screen_function_key(0)
    return (1...63).contains(number) ? .function(Int(number)) : nil
  }
}
