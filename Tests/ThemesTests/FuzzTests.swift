import Terminal
import TestSupport
import Testing

@testable import Themes

/// Valid files, damaged at random but repeatably.
@Suite struct FuzzTests {
  private static let fragments = [
    "[", "]", "[[", "{", "}", "\"", "'", "\"\"\"", "=", ".", ",", "#", "\n", "\\", " ",
    "\\u0000", "-1", "256", "9223372036854775807", "inf", "[[0, 1], [1]]", "[]", "{}", "true",
    "\u{0}", "\u{FEFF}", "\u{e9}", "漢", "\"\"", "\"default\"", "\"#fff\"", "\"#12345\u{301}\"",
    "[[series]]\n", "[roles]\n", "[series]\n", "series = []\n", "\"series[1]\" = 1\n",
    "inherits = \"mono\"\n", "color = \"default\"\n", "marker = \"●\"\n", "line = \"solid\"\n",
    "[gradients]\n", "selection = 1\n", "theme[cpu_start]=\"#1\"\n", "theme[", "\r\n",
    "\"300 0 0\"",
  ]

  private static func mutate(_ text: String, using generator: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let position = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, position + Int.random(in: 0...12, using: &generator))
      let fragment = fragments.randomElement(using: &generator) ?? ""
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.removeSubrange(position..<end)
      case 1: bytes.insert(contentsOf: fragment.utf8, at: position)
      case 2: bytes.replaceSubrange(position..<end, with: fragment.utf8)
      default: bytes.insert(contentsOf: bytes[position..<end], at: position)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a text as the library would, without its parents: the sentences about it.
  private static func sentences(_ text: String, isBtop: Bool) -> [String] {
    var reader =
      isBtop ? BtopFile(text, file: "x.theme").reader : ThemeReader(text, file: "x.toml")
    reader.checkCompleteness()
    reader.checkNames(in: reader.draft.palette)
    guard reader.mistakes.isEmpty else { return reader.failure.sentences }
    let theme = reader.draft.theme(named: "x")
    #expect((1...16).contains(theme.marks.count))
    #expect(theme.series.isEmpty || theme.series.count == theme.marks.count)
    return []
  }

  @Test(arguments: [false, true])
  func `damaged files are read or refused with places, never worse`(isBtop: Bool) {
    var generator = SeededGenerator(2002)
    let texts =
      isBtop
      ? ["theme[main_bg]=\"#282a36\"\ntheme[hi_fg]='1 2 3'\n# x\ntheme[cpu_start]=\"#ff\"\n"]
      : ShippedThemes.files.map(\.text)
    var accepted = 0
    var refused = 0
    for index in 0..<2000 {
      let text = Self.mutate(texts[index % texts.count], using: &generator)
      let sentences = Self.sentences(text, isBtop: isBtop)
      if sentences.isEmpty { accepted += 1 } else { refused += 1 }
      for sentence in sentences {
        #expect(sentence.hasPrefix("x.t") && !sentence.contains("\n"), "\(sentence)\n\(text)")
      }
    }
    #expect(accepted > 50 && refused > 300)
  }
}
