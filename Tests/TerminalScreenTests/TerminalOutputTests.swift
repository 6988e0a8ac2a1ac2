import CPseudoTerminal
import Glibc
import Testing

@testable import TerminalScreen

/// A pseudo-terminal that nobody reads unless told to.
private final class QuietTerminal {
  private(set) var person: Int32 = -1
  private(set) var program: Int32 = -1

  init() {
    _ = pseudo_terminal_open(80, 24, &person, &program)
    // As a dashboard has it: bytes go through as they are.
    var modes = termios()
    tcgetattr(program, &modes)
    cfmakeraw(&modes)
    tcsetattr(program, TCSANOW, &modes)
  }

  func read(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < count {
      var input = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
      guard poll(&input, 1, 2000) > 0 else { break }
      let got = Glibc.read(person, &chunk, min(chunk.count, count - bytes.count))
      guard got > 0 else { break }
      bytes += chunk[..<got]
    }
    return bytes
  }

  func closePerson() {
    close(person)
    person = -1
  }

  deinit {
    if person >= 0 { close(person) }
    close(program)
  }
}

@Suite struct TerminalOutputTests {
  private let much = (0..<400_000).map { UInt8($0 % 251) }

  @Test func `what a terminal has no room for waits, and arrives whole and in order`() {
    let terminal = QuietTerminal()
    var output = TerminalOutput(terminal: terminal.program)
    output.send(much)
    #expect(!output.isIdle)
    output.send([1, 2, 3])
    var arrived: [UInt8] = []
    while arrived.count < much.count + 3 {
      let piece = terminal.read(min(10_000, much.count + 3 - arrived.count))
      if piece.isEmpty { break }
      arrived += piece
      output.flush()
    }
    #expect(arrived == much + [1, 2, 3])
    #expect(output.isIdle)
    output.close()
  }

  @Test func `draining gives up after the time allowed`() {
    let terminal = QuietTerminal()
    var output = TerminalOutput(terminal: terminal.program)
    output.send(much)
    let clock = ContinuousClock()
    var isDrained = true
    let time = clock.measure { isDrained = output.drain(milliseconds: 100) }
    #expect(!isDrained)
    #expect(time >= .milliseconds(100) && time < .seconds(5))
    output.discard()
    #expect(output.isIdle)
    output.close()
  }

  @Test func `a terminal that is gone takes nothing and is not waited for`() {
    let terminal = QuietTerminal()
    var output = TerminalOutput(terminal: terminal.program)
    terminal.closePerson()
    output.send(much)
    #expect(output.isGone)
    #expect(output.isIdle)
    output.close()
  }

  @Test func `the terminal is not made non-blocking for others`() {
    let terminal = QuietTerminal()
    let output = TerminalOutput(terminal: terminal.program)
    #expect(output.descriptor != terminal.program)
    #expect(fcntl(terminal.program, F_GETFL) & O_NONBLOCK == 0)
    output.close()
    #expect(fcntl(terminal.program, F_GETFL) >= 0)
  }
}
