import CPseudoTerminal
import Foundation
import Glibc

/// How a program ended.
enum ProgramEnd: Equatable {
  case exited(Int32)
  case killed(signal: Int32)
  /// Not within the time allowed.
  case stillRunning
}

/// The built program on a terminal of its own, with somebody who reads and types.
final class PseudoTerminal {
  let process: pid_t
  var emulator: TerminalEmulator
  /// Everything that the program has written.
  private(set) var bytes: [UInt8] = []
  /// Whether questions about modes are answered, with yes.
  var answersQuestions = false
  private let descriptor: Int32
  private var end: ProgramEnd?

  /// Patience for a slow machine, in seconds.
  private static let patience = 30.0

  struct CannotStart: Error {
    var number: Int32
  }

  /// `path` is the program to start, this one if nothing is said.
  init(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24, path: String = Program.path
  ) throws {
    // What one test looks at is not remembered in another.
    let state = Program.home.appendingPathComponent("state-\(UUID().uuidString)").path
    let environment = Program.environment.merging(["XDG_STATE_HOME": state]) { $1 }
      .merging(environment) { $1 }
    var descriptor: Int32 = -1
    process = Self.withStrings([path] + arguments) { arguments in
      Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        pseudo_terminal_start(
          path, arguments, environment, Int32(columns), Int32(rows), &descriptor)
      }
    }
    guard process > 0 else { throw CannotStart(number: errno) }
    self.descriptor = descriptor
    emulator = TerminalEmulator(columns: columns, rows: rows)
  }

  deinit {
    if end == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    if !isHungUp { close(descriptor) }
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }

  /// What the terminal shows.
  var screen: String { emulator.text }

  /// The modes that the program has given the terminal.
  var modes: [UInt32] {
    var modes = termios()
    tcgetattr(descriptor, &modes)
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Types more than a terminal's buffer holds, reading meanwhile so that neither side waits for
  /// the other; false if the program stops taking it.
  func typeAll(_ text: String) -> Bool {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    defer { _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK) }
    var rest = Array(text.utf8)[...]
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while !rest.isEmpty && Date() < deadline {
      let piece = rest.prefix(256)
      let count = piece.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      _ = read(milliseconds: count > 0 ? 0 : 5)
    }
    return rest.isEmpty
  }

  /// Closes the person's side, as when a window is closed or a connection breaks.
  func hangUp() {
    close(descriptor)
    isHungUp = true
  }

  private var isHungUp = false

  func resize(columns: Int, rows: Int) {
    emulator.resize(columns: columns, rows: rows)
    _ = pseudo_terminal_resize(descriptor, Int32(columns), Int32(rows))
  }

  func send(signal: Int32) {
    kill(process, signal)
  }

  /// Reads until the terminal fulfils a condition; false if it does not in time.
  func wait(until condition: (PseudoTerminal) -> Bool) -> Bool {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while !condition(self) {
      guard Date() < deadline, read(milliseconds: 50) else { return condition(self) }
    }
    return true
  }

  /// Reads until the screen shows a text.
  func waits(for text: String) -> Bool {
    wait { $0.screen.contains(text) }
  }

  /// Whether the process is stopped, as by Ctrl-Z.
  var isStopped: Bool {
    let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return status?.split(separator: ")").last?.split(separator: " ").first == "T"
  }

  /// Whether the process has ended; it is then still to be waited for.
  var hasEnded: Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0
      && information.si_signo == SIGCHLD
  }

  /// Reads to the end of the program, or, as somebody who does not read, waits for it.
  func waitForEnd(reading: Bool = true) -> ProgramEnd {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    var status: Int32 = 0
    while Date() < deadline {
      if reading && !isHungUp { _ = read(milliseconds: 20) } else { usleep(20_000) }
      guard end == nil, waitpid(process, &status, WNOHANG) == process else { continue }
      let signal = status & 0x7F
      let result = signal == 0 ? ProgramEnd.exited(status >> 8 & 0xFF) : .killed(signal: signal)
      end = result
      while !isHungUp && read(milliseconds: 0) {}
      return result
    }
    return .stillRunning
  }

  /// Reads what there is within some time; false when the other side is closed.
  private func read(milliseconds: Int32) -> Bool {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, milliseconds) > 0 else { return milliseconds > 0 }
    var piece = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(descriptor, &piece, piece.count)
    guard count > 0 else { return false }
    bytes += piece[..<count]
    emulator.receive(piece[..<count])
    for mode in emulator.takeQuestions() where answersQuestions {
      type("\u{1B}[?\(mode);2$y")
    }
    return true
  }
}
