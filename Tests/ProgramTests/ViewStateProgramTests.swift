import Foundation
import Glibc
import Testing

/// What the program remembers of how runs were looked at.
@Suite(.serialized) struct ViewStateProgramTests {
  private let folder = Program.home.appendingPathComponent("view-\(UUID().uuidString)")

  private var file: URL { folder.appendingPathComponent("interspike/view.toml") }

  private func start(
    seed: Int, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal.training(
      seed: seed, arguments,
      environment: ["XDG_STATE_HOME": folder.path].merging(environment) { $1 },
      columns: 120, rows: 36)
    try #require(terminal.waits(for: "q quit"), "\(terminal.screen)")
    return terminal
  }

  private func write(_ text: String) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  private func leave(_ terminal: PseudoTerminal) {
    terminal.type("q")
    #expect(terminal.waits(for: "without saving"), "\(terminal.screen)")
    terminal.type("x")
    #expect(terminal.waitForEnd() == .exited(0))
  }

  @Test func `commands, theme, axis and smoothing are there again at the next start`() throws {
    let first = try start(seed: 4821)
    first.type(":w 7\r")
    #expect(first.waits(for: "┊"), "\(first.screen)")
    first.type(":theme nord\r")
    #expect(first.waits(for: "Theme nord"), "\(first.screen)")
    first.type("xM")
    #expect(first.waits(for: "loss: means over 0.3 %"), "\(first.screen)")
    first.type("6")
    #expect(first.waits(for: "lines "), "\(first.screen)")
    leave(first)
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in ["theme = \"nord\"", "axis = \"step\"", "  \"w 7\",", "loss = 1"] {
      #expect(text.contains(line), "\(text)")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: file.deletingLastPathComponent().path) == ["view.toml"])
    let second = try start(seed: 4822)
    // The Train screen comes first, over steps, in the colours of nord.
    #expect(second.screen.contains("accuracy %") && second.screen.contains("step"))
    #expect(!second.writtenText.contains("\u{1B}[48;5;233m"))
    second.type(":\u{1B}[A\u{1B}[A")
    #expect(second.waits(for: ":w 7"), "\(second.screen)")
    second.send(signal: SIGKILL)
    #expect(second.waitForEnd() == .killed(signal: SIGKILL))
    // A name said at the start, in the configuration or as an option, comes first.
    let third = try start(seed: 4823, ["--theme", "okabe-ito"])
    #expect(third.writtenText.contains("\u{1B}[48;5;233m"))
    let configuration = folder.appendingPathComponent("interspike/config.toml")
    try "theme = \"okabe-ito\"\n".write(to: configuration, atomically: true, encoding: .utf8)
    let fourth = try start(seed: 4824, environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(fourth.writtenText.contains("\u{1B}[48;5;233m"))
  }

  @Test(arguments: [
    "commands = [\"w 7\"", "axis = \"weeks\"\n", "commands = \"w 7\"\n", "[smoothing]\nloss = 99\n",
    "\u{0}\u{1}",
  ])
  func `a broken file is left out and told in the log`(_ text: String) throws {
    try write(text)
    let terminal = try start(seed: 4825)
    terminal.type("6")
    #expect(terminal.waits(for: "view.toml"), "\(terminal.screen)")
    #expect(terminal.screen.contains("What was looked at last is not known"))
    // Nothing has changed, so nothing is written.
    leave(terminal)
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `a file that cannot be read and a theme that is gone are told in the log`() throws {
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
    let first = try start(seed: 4826)
    first.type("6g")
    #expect(first.waits(for: "directory, not a file"), "\(first.screen)")
    try FileManager.default.removeItem(at: file)
    try write("theme = \"/nowhere/mine.toml\"\naxis = \"w\"\n")
    let second = try start(seed: 4827)
    second.type("6g")
    #expect(second.waits(for: "The theme chosen last is not shown"), "\(second.screen)")
  }

  @Test func `a fault writes nothing, and SIGTERM does`() throws {
    for (signal, isWritten) in [(SIGSEGV, false), (SIGTERM, true)] {
      let terminal = try start(seed: 4828 + Int(signal))
      terminal.type("x")
      #expect(terminal.waits(for: "Curves over steps"), "\(terminal.screen)")
      terminal.send(signal: signal)
      #expect(terminal.waitForEnd() == .killed(signal: signal))
      #expect(FileManager.default.fileExists(atPath: file.path) == isWritten)
    }
  }

  @Test func `where the file cannot be written the program says so and ends as ever`() throws {
    try "in the way".write(
      to: Program.home.appendingPathComponent("in-the-way"), atomically: true, encoding: .utf8)
    let state = Program.home.appendingPathComponent("in-the-way").path
    let terminal = try start(seed: 4850, environment: ["XDG_STATE_HOME": state])
    terminal.type("x")
    leave(terminal)
    #expect(terminal.screen.contains("cannot make the folder"), "\(terminal.screen)")
  }
}
