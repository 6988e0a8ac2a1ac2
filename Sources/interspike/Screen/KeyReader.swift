import CNcurses
import Terminal

/// Turns what ncurses reads into keys.
enum KeyReader {
  /// A held key or a paste may fill the terminal's buffer; more than this is left for next time.
  private static let most = 1024

  static func readAll() -> [Key] {
    var keys: [Key] = []
    var code = wint_t()
    while keys.count < most {
      switch screen_read_key(&code) {
      case OK: if let key = key(character: code) { keys.append(key) }
      case KEY_CODE_YES: if let key = key(code: Int32(bitPattern: code)) { keys.append(key) }
      default: return keys
      }
    }
    return keys
  }

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
