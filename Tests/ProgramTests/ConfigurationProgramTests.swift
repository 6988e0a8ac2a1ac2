import Foundation
import Testing

/// The user's configuration file, as the program reads it.
@Suite struct ConfigurationProgramTests {
  private let folder: URL

  init() throws {
    folder = Program.home.appendingPathComponent("configuration-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("interspike"), withIntermediateDirectories: true)
  }

  private func keys(_ configuration: String) throws -> Program.Output {
    let file = folder.appendingPathComponent("interspike/config.toml")
    try configuration.write(to: file, atomically: true, encoding: .utf8)
    let output = try Program.run(
      ["keys", "--names"], environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(try String(contentsOf: file, encoding: .utf8) == configuration)
    return output
  }

  @Test func `keys and theme are taken from it`() throws {
    let output = try keys(
      "theme = \"nord\"\n[keys]\nsave = [\"F2\", \"w\"]\nvalidate = \"Ctrl-V\"\n")
    #expect(output.end == .exited(0), "\(output.errors)")
    let lines = output.text.split(separator: "\n")
    #expect(lines.contains { $0.contains("F2 w") && $0.contains("save") })
    #expect(lines.contains { $0.contains("Ctrl-V") && $0.contains("validate") })
  }

  @Test(arguments: [
    ("[keys]\nsve = \"x\"\n", ":2: unknown command 'sve'; did you mean 'save'?"),
    ("[keys]\nsave = \"Hyper-x\"\n", ":2: 'Hyper-x' is no key"),
    ("\n[keys]\nsave = 3\n", ":3: save: expected the name of a key"),
    ("[keys]\nsave = \"z\"\nundo = \"z\"\n", ":3: z is the key of 'save' already"),
    ("colour = 1\n", ":1: unknown key 'colour'"),
    ("mouse = 1\n", ":1: mouse: found 1, expected true or false"),
    ("theme = 1\n", ":1: theme: found 1, expected the name of a theme, a file, or a table"),
    ("[theme]\nname = 3\n", ":2: theme.name: found 3, expected the name of a theme or a file"),
    (
      "[theme]\nbackgrund = \"#000000\"\n",
      ":2: unknown key theme.backgrund; did you mean theme.background?"
    ),
    (
      "[theme]\nname = \"nord\"\naccent = \"#12345\"\n",
      ":3: theme.accent: found \"#12345\", expected a name in the palette"
    ),
    ("[theme]\nseries = []\n", ":2: unknown key theme.series"),
    ("theme = \n", ":1: "),
  ])
  func `a mistake is told with its line`(_ text: String, _ sentence: String) throws {
    let output = try keys(text)
    #expect(output.end == .exited(2), "\(output.text)")
    #expect(output.errors.contains("config.toml" + sentence), "\(output.errors)")
  }
}
