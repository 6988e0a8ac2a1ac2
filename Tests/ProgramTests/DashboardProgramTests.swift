import Foundation
import Glibc
import Testing

/// The dashboard of the real program on a pseudo-terminal.
@Suite(.serialized) struct DashboardProgramTests {
  @Test func `the first frame names the experiment on the alternate screen`() throws {
    let terminal = try PseudoTerminal.training()
    #expect(terminal.screen.contains("interspike  digits"))
    #expect(terminal.emulator.modes.contains(PseudoTerminal.alternateScreen))
    #expect(!terminal.emulator.modes.contains(PseudoTerminal.cursor))
  }

  @Test func `keys that the bottom line names do what it says`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.type(" ")
    #expect(terminal.waits(for: "paused"), "\(terminal.screen)")
    terminal.type("?")
    #expect(terminal.waits(for: "train one batch, then pause"), "\(terminal.screen)")
    terminal.type("\u{1B}")
    #expect(terminal.wait { !$0.screen.contains("train one batch, then pause") })
    terminal.type(" ")
    #expect(terminal.wait { !$0.screen.contains("paused") }, "\(terminal.screen)")
  }

  @Test func `an edit is a mark on the curves`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.type(" ")
    #expect(terminal.waits(for: "paused"))
    #expect(!terminal.screen.contains("┊"))
    terminal.type("]")
    #expect(terminal.waits(for: "┊"), "\(terminal.screen)")
  }

  @Test func `a resize redraws the dashboard to the new size`() throws {
    let terminal = try PseudoTerminal.training()
    for (columns, rows) in [(120, 36), (60, 15), (1, 1), (80, 24)] {
      terminal.resize(columns: columns, rows: rows)
      guard columns > 1 else { continue }
      let isWhole = terminal.wait {
        String($0.emulator.rows[0]).contains("digits")
          && String($0.emulator.rows[rows - 1]).contains("pause")
      }
      #expect(isWhole, "\(columns)x\(rows)\n\(terminal.screen)")
    }
  }

  @Test func `q asks, saves the run and gives the terminal back`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }

  @Test func `the third Ctrl-C leaves at once`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.type("\u{3}")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\u{3}\u{3}")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }

  @Test func `SIGINT from elsewhere is a Ctrl-C`() throws {
    let terminal = try PseudoTerminal.training()
    terminal.send(signal: SIGINT)
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
  }

  @Test func `NO_COLOR leaves out all colours`() throws {
    let terminal = try PseudoTerminal.training(environment: ["NO_COLOR": "1"])
    #expect(!String(decoding: terminal.bytes, as: UTF8.self).contains("\u{1B}[38;"))
    let colored = try PseudoTerminal.training()
    #expect(String(decoding: colored.bytes, as: UTF8.self).contains("\u{1B}[38;5;"))
  }

  @Test func `a terminal without UTF-8 gets plain characters`() throws {
    let terminal = try PseudoTerminal.training(environment: ["LANG": "C"])
    #expect(terminal.bytes.allSatisfy { $0 < 0x80 })
    #expect(terminal.screen.contains("+- loss"), "\(terminal.screen)")
  }

  @Test func `a terminal that cannot place its cursor gets the events as lines`() throws {
    let terminal = try PseudoTerminal(
      ["--epochs", "1"], environment: ["TERM": "dumb"], columns: 120, rows: 60)
    #expect(terminal.waitForEnd() == .exited(0))
    #expect(terminal.screen.contains("cannot show the dashboard"), "\(terminal.screen)")
    #expect(terminal.screen.contains("completed after 1 epoch"), "\(terminal.screen)")
  }
}
