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
  private(set) var emulator: TerminalEmulator
  /// Everything that the program has written.
  private(set) var bytes: [UInt8] = []
  private let descriptor: Int32
  private var end: ProgramEnd?

  /// Patience for a slow machine, in seconds.
  private static let patience = 30.0

  struct CannotStart: Error {
    var number: Int32
  }

  init(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: Int = 80,
    rows: Int = 24
  ) throws {
    let environment = Program.environment.merging(environment) { $1 }
    let path = Program.path
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
    close(descriptor)
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

  /// Reads to the end of the program.
  func waitForEnd() -> ProgramEnd {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    var status: Int32 = 0
    while Date() < deadline {
      _ = read(milliseconds: 20)
      guard end == nil, waitpid(process, &status, WNOHANG) == process else { continue }
      let signal = status & 0x7F
      let result = signal == 0 ? ProgramEnd.exited(status >> 8 & 0xFF) : .killed(signal: signal)
      end = result
      while read(milliseconds: 0) {}
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
    return true
  }
}
