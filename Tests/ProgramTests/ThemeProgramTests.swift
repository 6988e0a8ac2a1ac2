import Foundation
import Testing

/// Themes of the real program: chosen, switched, changed while it runs, and refused.
@Suite(.serialized) struct ThemeProgramTests {
  /// A folder of this test run for theme files.
  private func file(_ name: String, _ text: String) throws -> String {
    let folder = Program.home.appendingPathComponent("themes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent(name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private func theme(error: String) -> String {
    """
    inherits = "okabe-ito"
    [palette]
    error = "\(error)"
    [ansi256]
    """
  }

  @Test func `a theme by name or from the environment has its own colours`() throws {
    let byName = try PseudoTerminal.training(["--theme", "nord"])
    #expect(byName.waits(for: "q quit"))
    let byEnvironment = try PseudoTerminal.training(environment: ["INTERSPIKE_THEME": "nord"])
    #expect(byEnvironment.waits(for: "q quit"))
    let standard = try PseudoTerminal.training()
    #expect(standard.waits(for: "q quit"))
    // The grounds of nord and of the default among 256 colours.
    for terminal in [byName, byEnvironment] {
      #expect(!terminal.writtenText.contains("\u{1B}[48;5;233m"))
      #expect(terminal.writtenText.contains("\u{1B}[48;5;"))
    }
    #expect(standard.writtenText.contains("\u{1B}[48;5;233m"))
  }

  @Test func `T goes through all themes and comes back`() throws {
    let terminal = try PseudoTerminal.training()
    for name in [
      "tol-bright-light", "nord", "gruvbox-dark", "solarized-dark", "solarized-light",
      "catppuccin-mocha", "dracula", "mono", "okabe-ito",
    ] {
      terminal.type("T")
      #expect(terminal.waits(for: "Theme \(name)"), "\(terminal.screen)")
    }
  }

  @Test func `a theme file is read anew when it changes, and refused with its mistake`() throws {
    let path = try file("mine.toml", theme(error: "#ff0000"))
    let terminal = try PseudoTerminal.training(["--theme", path], columns: 200)
    try theme(error: "#00ff00").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(terminal.waits(for: "Theme mine"), "\(terminal.screen)")
    try theme(error: "green-ish").write(toFile: path, atomically: true, encoding: .utf8)
    #expect(terminal.waits(for: "mine.toml:3: palette.error"), "\(terminal.screen)")
    // What was shown before stays, and all goes on.
    terminal.type(" ")
    #expect(terminal.waits(for: "paused"), "\(terminal.screen)")
  }

  @Test func `a broken theme is refused before anything starts`() throws {
    let path = try file("mine.toml", theme(error: "#12345"))
    for arguments in [["--theme", path], ["run", "--once", "--theme", path]] {
      let output = try Program.run(arguments)
      #expect(output.end == .exited(2))
      #expect(output.errors.contains("\(path):3: palette.error"), "\(output.errors)")
    }
    let missing = try Program.run("--theme", "missing.toml")
    #expect(missing.end == .exited(2))
    #expect(missing.errors.contains("missing.toml"), "\(missing.errors)")
  }

  @Test func `a theme of btop is shown`() throws {
    let path = try file(
      "other.theme", "# made up\ntheme[main_bg]=\"#002000\"\ntheme[main_fg]=\"#eee\"\n")
    let refused = try Program.run("--theme", path)
    #expect(refused.end == .exited(2))
    #expect(refused.errors.contains("\(path):3"), "\(refused.errors)")
    let text = "theme[main_bg]=\"#002000\"\ntheme[main_fg]=\"#eeeeee\"\ntheme[hi_fg]=\"#ffff00\"\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let terminal = try PseudoTerminal.training(["--theme", path])
    #expect(terminal.waits(for: "q quit"), "\(terminal.screen)")
  }

  @Test func `the list of themes says where they come from and how far apart their series are`()
    throws
  {
    let output = try Program.run("list", "themes")
    #expect(output.end == .exited(0), "\(output.errors)")
    for name in ["okabe-ito", "tol-bright-light", "mono"] {
      #expect(output.text.contains(name), "\(output.text)")
    }
  }
}
