import Foundation
import Glibc
import TestSupport
import Testing

/// What a terminal and the person at it may do to the dashboard without breaking it.
@Suite(.serialized) struct EnduranceTests {
  @Test func `a terminal that takes nothing stops neither the training nor its end`() throws {
    let terminal = try PseudoTerminal.training(seed: 4801, columns: 200, rows: 60)
    // Whole frames, one after the other, that nobody reads.
    for _ in 0..<100 {
      terminal.type("\u{C}")
      usleep(20_000)
    }
    // What was saved when it was full already, and what is saved at the end.
    terminal.type("s")
    usleep(2_000_000)
    terminal.send(signal: SIGTERM)
    #expect(terminal.waitForEnd(reading: false) == .killed(signal: SIGTERM))
    let checkpoints = Program.checkpoints(seed: 4801)
    #expect(checkpoints.count >= 2, "no step was trained meanwhile")
  }

  @Test func `after a pause in reading the frame is the newest`() throws {
    let terminal = try PseudoTerminal.training(columns: 200, rows: 60)
    for _ in 0..<100 {
      terminal.type("\u{C}")
      usleep(10_000)
    }
    terminal.type("6")
    #expect(terminal.waits(for: "Began digits"), "\(terminal.screen)")
  }

  @Test func `a flood of keys is taken as fast as it comes`() throws {
    let terminal = try PseudoTerminal.training()
    let before = terminal.bytes.count
    #expect(terminal.typeAll(String(repeating: "][", count: 10_000)))
    terminal.type("6")
    #expect(terminal.waits(for: "w of h"), "\(terminal.screen)")
    // A frame for each key would be many times as much.
    #expect(terminal.bytes.count - before < 4_000_000)
  }

  @Test func `pasted text is not taken for keys`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.type("\u{1B}[200~Stop, quit? xS\r\u{3}\u{1B}[201~")
    #expect(terminal.waits(for: "Pasted text"), "\(terminal.screen)")
    #expect(terminal.waits(for: "▶"), "\(terminal.screen)")
    terminal.type(" ")
    #expect(terminal.waits(for: "paused"), "\(terminal.screen)")
  }

  @Test func `sizes may change at any speed and to anything`() throws {
    let terminal = try PseudoTerminal.training()
    var generator = SeededGenerator(7)
    for _ in 0..<200 {
      terminal.resize(
        columns: Int.random(in: 1...250, using: &generator),
        rows: Int.random(in: 1...80, using: &generator))
      usleep(2_000)
    }
    terminal.resize(columns: 90, rows: 30)
    #expect(terminal.waits(for: "q quit"), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waits(for: "without saving"), "\(terminal.screen)")
    terminal.type("x")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }

  #if DEBUG
    @Test func `what a library prints is a line of the log, and stays on the terminal`() throws {
      let terminal = try PseudoTerminal.training(environment: ["INTERSPIKE_MISBEHAVE": "print"])
      terminal.type("6")
      #expect(
        terminal.wait {
          $0.screen.contains("a library talks") && $0.screen.contains("a library warns")
        }, "\(terminal.screen)")
      terminal.type("q")
      #expect(terminal.waits(for: "without saving"), "\(terminal.screen)")
      terminal.type("x")
      #expect(terminal.waitForEnd() == .exited(0))
      #expect(terminal.screen.contains("a library warns"), "\(terminal.screen)")
    }
  #endif

  /// Keys as they come from a terminal, those that end the program among them.
  private static let keys =
    "  ..,[[]]\\{}uvsS1236FybonNjkJKhlgG?TrqxcXmM09zZ\t\r\u{1B}\u{12}\u{C}\u{1A}\u{3}é".map {
      String($0)
    } + ["\u{1B}[A", "\u{1B}OB", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[Z", "\u{1B}OP", "\u{1B}[H"]

  @Test func `5,000 random keys and resizes leave a sane terminal`() throws {
    var generator = SeededGenerator(20)
    var left = 5000
    while left > 0 {
      let terminal = try PseudoTerminal.training()
      var isRunning = true
      while left > 0 && isRunning {
        let count = Int.random(in: 1...20, using: &generator)
        let burst = (0..<count).compactMap { _ in Self.keys.randomElement(using: &generator) }
        isRunning = terminal.typeAll(burst.joined()) && !terminal.hasEnded
        left -= count
        if Int.random(in: 0..<8, using: &generator) == 0 {
          terminal.resize(
            columns: Int.random(in: 1...200, using: &generator),
            rows: Int.random(in: 1...60, using: &generator))
          left -= 1
        }
      }
      if !terminal.hasEnded { terminal.send(signal: SIGTERM) }
      let end = terminal.waitForEnd()
      #expect([.exited(0), .killed(signal: SIGTERM)].contains(end), "\(end)")
      try terminal.expectRestored()
    }
  }
}
