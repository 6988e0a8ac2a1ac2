import Foundation
import Terminal
import Testing

@testable import Themes

/// Every file in `Invalid` is refused with the sentences in the text file beside it.
@Suite struct ThemeFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Invalid")

  static let files: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (files ?? []).filter { !$0.hasSuffix(".txt") }.sorted()
  }()

  private let library = ThemeLibrary(environment: [:], programPath: nil)

  @Test func `there are files for all kinds of mistakes`() {
    #expect(Self.files.count >= 10)
  }

  @Test(arguments: files)
  func `a file is refused with the expected sentences`(file: String) throws {
    let path = Self.folder.appending(path: file).path
    let error = try #require(throws: ThemeError.self) { try library.load(path) }
    let sentences = error.sentences.map {
      $0.replacingOccurrences(of: Self.folder.path + "/", with: "")
    }
    let expectedFile = Self.folder.appending(path: "\(file).txt")
    if ProcessInfo.processInfo.environment["RECORD_SENTENCES"] != nil {
      try (sentences.joined(separator: "\n") + "\n").write(
        to: expectedFile, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: expectedFile, encoding: .utf8)
    #expect(sentences == expected.split(separator: "\n").map(String.init))
  }

  @Test func `a theme inherits what it does not say`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      inherits = "okabe-ito"
      [palette]
      orange = "#ff8700"
      rose = "#ff87af"
      [ansi16]
      rose = "brightMagenta"
      sky = 6
      [ansi256]
      rose = 211
      [roles]
      background = "default"
      text = "default"
      title = { foreground = "rose", background = "#000000", attributes = ["bold", "underline"] }
      [monochrome]
      good = ["underline"]
      [gradients.bits]
      start = "sky"
      middle = "rose"
      end = "#ffffff"
      """, to: "mine.toml")
    let loaded = try library.load(path)
    let (theme, parent) = (loaded.theme, ThemeLibrary.standard)
    #expect(theme.name == "mine" && loaded.files == [path])
    #expect(theme.background == nil && theme.foreground == nil)
    #expect(theme.roles[.error] == parent.roles[.error] && theme.marks == parent.marks)
    let rose = Color(0xFF87AF, index256: 211, index16: 13)
    #expect(
      theme.roles[.title]
        == Appearance(
          foreground: rose, background: Color(0), attributes: [.bold, .underline]))
    // A colour of one's own has stand-ins of its own; stand-ins alone change the parent's.
    #expect(theme.series[0] == Color(0xFF8700))
    #expect(theme.series[1] == Color(0x56B4E9, index256: 74, index16: 6))
    #expect(Array(theme.series[2...]) == Array(parent.series[2...]))
    #expect(theme.monochrome[.good] == .underline && theme.monochrome[.title] == .bold)
    #expect(theme.gradients[.bits]?.middle == rose)
    #expect(theme.gradients[.rate] == parent.gradients[.rate])
  }

  @Test func `series have marks of their own, or the standard ones of their places`() throws {
    let folder = try TemporaryFolder()
    let series = (1...16).map { "[[series]]\ncolor = \"#0000\(String(15 + $0, radix: 16))\"\n" }
    let plain = try folder.write(
      "inherits = \"okabe-ito\"\n" + series.joined(), to: "plain.toml")
    let theme = try library.load(plain).theme
    #expect(Array(theme.marks.prefix(8)) == SeriesMark.standard)
    #expect(Set(theme.marks.map(\.marker)).count == 16)
    let own = try folder.write(
      """
      inherits = "okabe-ito"
      series = [
        { color = "sky", marker = "★", line = "dashDotted" },
        { color = "rose", marker = "x" },
      ]
      palette.rose = "#ff87af"
      """, to: "own.toml")
    #expect(
      try library.load(own).theme.marks == [
        SeriesMark("★", .dashDotted), SeriesMark("x", .dashed),
      ])
  }

  @Test func `an empty file lacks what a theme needs`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "empty.toml")
    let error = try #require(throws: ThemeError.self) { try library.load(path) }
    #expect(error.mistakes.count == 2)
    #expect(throws: Never.self) {
      try library.load(try folder.write("inherits = \"nord\"", to: "child.toml"))
    }
  }
}
