import Foundation
import Glibc
import Testing

/// The mouse of the real program, by the bytes that a terminal sends for it.
@Suite(.serialized) struct MouseProgramTests {
  private static func bytes(_ button: Int, _ column: Int, _ row: Int, _ end: String) -> String {
    "\u{1B}[<\(button);\(column + 1);\(row + 1)\(end)"
  }

  private func click(_ terminal: PseudoTerminal, on text: String) throws {
    let rows = terminal.emulator.rows.map { String($0) }
    let row = try #require(rows.firstIndex { $0.contains(text) }, "\(terminal.screen)")
    let before = rows[row].firstRange(of: text).map { rows[row][..<$0.lowerBound] }
    let column = before?.count ?? 0
    terminal.type(Self.bytes(0, column, row, "M") + Self.bytes(0, column, row, "m"))
  }

  private func isOn(_ terminal: PseudoTerminal) -> Bool {
    terminal.emulator.modes.isSuperset(of: PseudoTerminal.mouse)
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "screen-256color"])
  func `clicks, wheel and drags do what they do in the frame`(kind: String) throws {
    let terminal = try PseudoTerminal.training(
      seed: 4831, environment: ["TERM": kind], columns: 120, rows: 36)
    #expect(isOn(terminal))
    try click(terminal, on: "6 Log")
    #expect(terminal.waits(for: "lines "), "\(terminal.screen)")
    try click(terminal, on: "1 Train")
    #expect(terminal.waits(for: "loss"), "\(terminal.screen)")
    terminal.type(Self.bytes(64, 30, 8, "M") + Self.bytes(64, 30, 8, "M"))
    #expect(terminal.waits(for: "0 shows the whole run"), "\(terminal.screen)")
    terminal.type(Self.bytes(0, 30, 8, "M"))
    terminal.type(Self.bytes(32, 34, 8, "M") + Self.bytes(32, 38, 9, "M"))
    terminal.type(Self.bytes(0, 38, 9, "m") + "0")
    #expect(terminal.waits(for: "The whole run."), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waits(for: "without saving"), "\(terminal.screen)")
    try click(terminal, on: "quit at once")
    try click(terminal, on: "quit at once")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }

  @Test func `what is no whole sequence of the mouse produces no key`() throws {
    let terminal = try PseudoTerminal.training(seed: 4802, columns: 100, rows: 30)
    let garbage = [
      "\u{1B}[<0;10;5X", "\u{1B}[<;;M", "\u{1B}[<0;0;0M", "\u{1B}[<999;5;5M", "\u{1B}[M q!",
      "\u{1B}[<99999999999999999999;1;1m", "\u{1B}[<0;7;9;9;9M", "\u{1B}[I", "\u{1B}[1;99Q",
    ]
    for sequence in garbage { terminal.type(sequence) }
    // One cut off, and its rest later.
    terminal.type("\u{1B}[<0;60;1")
    usleep(300_000)
    terminal.type("2M")
    // One cut off for good, and another one in its place.
    terminal.type("\u{1B}[<0;1")
    usleep(1_300_000)
    terminal.type("6")
    #expect(terminal.waits(for: "lines "), "\(terminal.screen)")
    // What a key had done would stand here: no key was unknown, and none has edited anything.
    #expect(!terminal.screen.contains("does nothing here"), "\(terminal.screen)")
    #expect(!terminal.screen.contains("notch"), "\(terminal.screen)")
    #expect(!terminal.screen.contains("quit?"), "\(terminal.screen)")
  }

  @Test func `an escape alone stays a key`() throws {
    let terminal = try PseudoTerminal.training(seed: 4803)
    terminal.type("6")
    #expect(terminal.waits(for: "lines "), "\(terminal.screen)")
    terminal.type("\u{1B}")
    #expect(terminal.waits(for: "accuracy"), "\(terminal.screen)")
  }

  @Test func `by a flag or in the configuration the mouse is left to the terminal`() throws {
    let flagged = try PseudoTerminal.training(seed: 4804, ["--no-mouse"])
    let folder = Program.home.appendingPathComponent("mouse/interspike")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "mouse = false\n".write(
      to: folder.appendingPathComponent("config.toml"), atomically: true, encoding: .utf8)
    let configured = try PseudoTerminal.training(
      seed: 4805, environment: ["XDG_CONFIG_HOME": folder.deletingLastPathComponent().path])
    for terminal in [flagged, configured] {
      #expect(terminal.waits(for: "q quit"))
      #expect(terminal.emulator.modes.isDisjoint(with: PseudoTerminal.mouse))
      // What a terminal says even so is no key.
      terminal.type(Self.bytes(0, 30, 1, "M"))
      terminal.type("?")
      #expect(terminal.waits(for: "keys"), "\(terminal.screen)")
      terminal.type("G")
      #expect(!terminal.screen.contains("held: select text"))
    }
  }

  @Test func `help says how text is selected while the mouse is on`() throws {
    let terminal = try PseudoTerminal.training(seed: 4806, columns: 200, rows: 120)
    terminal.type("?")
    #expect(terminal.waits(for: "held: select text"), "\(terminal.screen)")
  }

  @Test func `the mouse is given back in the background and taken again`() throws {
    let shell = try PseudoTerminal(
      ["-i"], environment: ["PS1": "ready$ ", "PROGRAM": Program.path], path: "/bin/sh")
    try #require(shell.waits(for: "ready$"))
    shell.type("\"$PROGRAM\" --epochs 5000 --seed 4807\n")
    #expect(shell.waits(for: "/5000"), "\(shell.screen)")
    #expect(shell.wait { self.isOn($0) })
    shell.type("\u{1A}")
    #expect(shell.wait { $0.emulator.modes.isDisjoint(with: PseudoTerminal.mouse) })
    #expect(shell.waits(for: "ready$"), "\(shell.screen)")
    shell.type("fg\n")
    #expect(shell.wait { self.isOn($0) })
    shell.type("qx")
    #expect(shell.wait { $0.emulator.modes.isDisjoint(with: PseudoTerminal.mouse) })
  }
}
