import Foundation
import Terminal
import Testing

@testable import Themes

@Suite struct ThemeLibraryTests {
  private let folder: TemporaryFolder
  private let library: ThemeLibrary

  init() throws {
    folder = try TemporaryFolder()
    library = ThemeLibrary(
      environment: ["XDG_CONFIG_HOME": folder.path], programPath: folder.path + "/p/bin/x/program")
  }

  private func sentences(_ name: String) throws -> [String] {
    try #require(throws: ThemeError.self) { try library.load(name) }.sentences
      .map { $0.replacingOccurrences(of: folder.path + "/interspike/themes/", with: "") }
  }

  @Test func `names are those shipped and then the user's`() throws {
    for file in ["zebra.toml", "ash.theme", "nord.toml", "ash.toml", ".hidden.toml", "note.txt"] {
      try folder.write("inherits = \"dracula\"", to: "interspike/themes/" + file)
    }
    #expect(library.names == ThemeLibrary.shippedNames + ["ash", "zebra"])
    #expect(try library.load("nord").files == [folder.path + "/interspike/themes/nord.toml"])
    #expect(try library.load("ash").files == [folder.path + "/interspike/themes/ash.toml"])
    let other = ThemeLibrary(environment: ["XDG_CONFIG_HOME": "relative"], programPath: nil)
    #expect(other.names == ThemeLibrary.shippedNames)
    let home = ThemeLibrary(
      environment: ["XDG_CONFIG_HOME": "relative", "HOME": folder.path + "/home"],
      programPath: nil)
    try folder.write(
      "inherits = \"nord\"", to: "home/.config/interspike/themes/homely.toml")
    #expect(home.names.last == "homely")
  }

  @Test func `themes beside the program are found, the user's first`() throws {
    try folder.write("inherits = \"nord\"", to: "p/bin/share/interspike/themes/installed.toml")
    try folder.write("inherits = \"nord\"", to: "p/themes/packaged.toml")
    #expect(library.names.suffix(1) == ["installed"])
    try folder.write("", to: "p/Package.swift")
    let library = ThemeLibrary(
      environment: ["XDG_CONFIG_HOME": folder.path], programPath: folder.path + "/p/bin/x/program")
    #expect(library.names.suffix(2) == ["installed", "packaged"])
    try folder.write("inherits = \"dracula\"", to: "interspike/themes/packaged.toml")
    #expect(try library.load("packaged").files.first?.contains("/p/themes/") == false)
  }

  @Test func `a name that means nothing says what does`() throws {
    let unknown = try sentences("nrod")
    #expect(unknown.count == 1)
    #expect(
      unknown[0].hasPrefix("unknown theme \"nrod\"; did you mean nord?; themes are okabe-ito,"))
    #expect(try sentences("solarized")[0].contains("did you mean solarized-dark?"))
    #expect(try sentences("").count == 1)
    #expect(try sentences("./no.toml") == ["./no.toml: no such file"])
    #expect(try sentences("no.theme") == ["no.theme: no such file"])
    #expect(try sentences("/")[0] == "/: is a directory, not a theme file")
  }

  @Test func `a theme may change the shipped one of its name`() throws {
    let file = try folder.write(
      "inherits = \"nord\"\nroles.title = \"#ffffff\"\n", to: "interspike/themes/nord.toml")
    let child = try folder.write(
      "inherits = \"nord\"\nroles.key = \"#ff0000\"\n", to: "interspike/themes/fjord.toml")
    let loaded = try library.load("fjord")
    #expect(loaded.files == [child, file])
    #expect(loaded.theme.roles[.title]?.foreground == Color(0xFFFFFF))
    #expect(loaded.theme.roles[.key]?.foreground == Color(0xFF0000))
    #expect(loaded.theme.series.count == 8)
  }

  @Test func `rings and missing parents are refused`() throws {
    try folder.write("# a\ninherits = \"b\"", to: "interspike/themes/a.toml")
    try folder.write("inherits = \"a\"", to: "interspike/themes/b.toml")
    try folder.write("inherits = \"self\"", to: "interspike/themes/self.toml")
    #expect(
      try sentences("a") == [
        "b.toml:1: inherits: found a theme that inherits from itself: a -> b -> a, expected another"
      ])
    #expect(try sentences("self")[0].contains("self -> self"))
    try folder.write("inherits = \"drcula\"\nmeta.x = 1", to: "interspike/themes/c.toml")
    let missing = try sentences("c")
    #expect(missing.count == 2)
    #expect(missing[0].hasPrefix("c.toml:1: inherits: found \"drcula\", which is no theme"))
    #expect(missing[0].hasSuffix("did you mean \"dracula\"?"))
    #expect(missing[1] == "c.toml:2: unknown key meta.x")
  }

  @Test func `a mistake in a parent is named with the parent's file`() throws {
    try folder.write("inherits = \"base\"", to: "interspike/themes/top.toml")
    try folder.write(
      "inherits = \"nord\"\n\nroles.title = \"snw\"", to: "interspike/themes/base.toml")
    #expect(try sentences("top")[0].hasPrefix("base.toml:3: roles.title: found \"snw\""))
  }

  @Test func `changed files are noticed once, missing ones when they are back`() throws {
    let file = try folder.write("a", to: "a.toml")
    var stamps = FileStamps(files: [file])
    var changes = [stamps.haveChanged()]
    try folder.write("ab", to: "a.toml")
    changes += [stamps.haveChanged(), stamps.haveChanged()]
    try FileManager.default.removeItem(atPath: file)
    changes += [stamps.haveChanged()]
    try folder.write("ab", to: "a.toml")
    changes += [stamps.haveChanged(), stamps.haveChanged()]
    #expect(changes == [false, true, false, false, true, false])
  }
}
