import Glibc
import ProgramSupport

/// The terminal's modes: as they were found, to be left like that, and as the program needs them.
struct TerminalModes {
  let descriptor: Int32
  private let found: termios
  private var own: termios

  init(of descriptor: Int32) throws(ScreenError) {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { throw .notATerminal }
    // One of its own, as that of standard output is held while the screen is shown.
    self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    found = modes
    own = modes
  }

  /// Remembers the modes that ncurses has made as the program's own.
  mutating func keepOwn() {
    var modes = own
    if tcgetattr(descriptor, &modes) == 0 { own = modes }
  }

  func useOwn() {
    var modes = own
    tcsetattr(descriptor, TCSANOW, &modes)
  }

  /// Restores the modes found; without waiting for output that may never be taken, if need be.
  func restore(waits: Bool) {
    var modes = found
    tcsetattr(descriptor, waits ? TCSADRAIN : TCSANOW, &modes)
  }

  func close() {
    Glibc.close(descriptor)
  }

  /// From now on a crash writes these bytes and restores the modes found.
  func armForFaults(leaving bytes: [UInt8]) {
    var modes = found
    let characters = bytes.map { CChar(bitPattern: $0) }
    program_terminal_arm(descriptor, &modes, characters, characters.count)
  }

  func disarmForFaults() {
    program_terminal_disarm()
  }
}
