import Foundation
import Testing

/// The table `[theme]` of the user's configuration file.
@Suite struct ThemeTableTests {
  private let folder = Program.home.appendingPathComponent("theme-table-\(UUID().uuidString)")

  private func configure(_ text: String) throws -> [String: String] {
    let file = folder.appendingPathComponent("interspike/config.toml")
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return ["XDG_CONFIG_HOME": folder.path]
  }

  @Test func `its roles change the theme that it names and no other`() throws {
    // Number 52 of 256 colours is #5f0000.
    let ground = "\u{1B}[48;5;52m"
    let environment = try configure(
      "[theme]\nname = \"nord\"\nbackground = \"#5f0000\"\naccent = { foreground = \"frost\" }\n")
    let terminal = try PseudoTerminal.training(seed: 4861, environment: environment)
    #expect(terminal.waits(for: "q quit"))
    #expect(terminal.writtenText.contains(ground))
    let other = try PseudoTerminal.training(
      seed: 4862, ["--theme", "dracula"], environment: environment)
    #expect(other.waits(for: "q quit"))
    #expect(!other.writtenText.contains(ground))
    let unnamed = try PseudoTerminal.training(
      seed: 4863, environment: try configure("[theme]\nbackground = \"#5f0000\"\n"))
    #expect(unnamed.waits(for: "q quit"))
    #expect(unnamed.writtenText.contains(ground))
  }

  @Test(arguments: [
    (
      "[theme]\nname = \"nrd\"\n",
      ":2: theme.name: found \"nrd\", which is no theme; expected \"okabe-ito\""
    ),
    ("theme = \"nrd\"\n", ":1: theme: found \"nrd\", which is no theme"),
    (
      "[theme]\nname = \"nord\"\ntext = \"frst\"\n",
      ":3: theme.text: found \"frst\", which is not in the palette"
    ),
  ])
  func `what only the theme can tell is told with the line too`(
    _ text: String, _ sentence: String
  ) throws {
    let terminal = try PseudoTerminal(
      ["--epochs", "1", "--no-save"], environment: try configure(text), columns: 300)
    #expect(terminal.waitForEnd() == .exited(2))
    #expect(terminal.screen.contains("config.toml" + sentence), "\(terminal.screen)")
  }
}
