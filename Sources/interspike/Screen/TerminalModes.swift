import Glibc
import ProgramSupport

/// The terminal as it was found, to be left like that.
struct TerminalModes {
  let descriptor: Int32
  private let modes: termios

  /// Leaves the alternate screen and the keypad mode, shows the cursor and resets all attributes,
  /// on every terminal that has such things; for when ncurses can no longer do it.
  private static let leavingSequence = "\u{1B}[0m\u{1B}[?25h\u{1B}[?1l\u{1B}>\u{1B}[?1049l\r"

  init(of descriptor: Int32) throws(ScreenError) {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { throw .notATerminal }
    self.descriptor = descriptor
    self.modes = modes
  }

  /// From now on a crash gives the terminal back as well.
  func armForFaults() {
    var modes = modes
    let bytes = Self.leavingSequence.utf8.map { CChar(bitPattern: $0) }
    program_terminal_arm(descriptor, &modes, bytes, bytes.count)
  }

  func disarmForFaults() {
    program_terminal_disarm()
  }

  func restore() {
    var modes = modes
    tcsetattr(descriptor, TCSADRAIN, &modes)
  }
}
