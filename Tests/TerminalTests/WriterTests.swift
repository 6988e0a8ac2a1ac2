import Testing
import Themes

@testable import Terminal

@Suite struct WriterTests {
  private let frame = Frame(Size(width: 12, height: 2)) { canvas in
    canvas.draw(
      [Span("a<b&c ", .title), Span("⠿⠿█", .series(0)), Span(" ", .selection)], at: .zero)
    canvas.draw("plain", at: Point(column: 0, row: 1))
  }

  @Test func sequencesFollowTheDepth() {
    let rich = ANSIWriter(theme: ThemeLibrary.standard, depth: .twoHundredFiftySix).text(of: frame)
    #expect(
      rich
        == "\u{1B}[0;48;5;233m\u{1B}[K\u{1B}[0;38;5;255;48;5;233ma<b&c "
        + "\u{1B}[0;38;5;178;48;5;233m⠿⠿█\u{1B}[0;38;5;231;48;5;237m \u{1B}[0m\n"
        + "\u{1B}[0;48;5;233m\u{1B}[K\u{1B}[0;38;5;188;48;5;233mplain\u{1B}[0m\n")
    let sixteen = ANSIWriter(theme: ThemeLibrary.standard, depth: .sixteen).text(of: frame)
    #expect(sixteen.contains("\u{1B}[0;93;40m⠿⠿█"))
    let bare = Theme(
      name: "bare", variant: .dark, roles: [:], series: [Color(0xFF0000)], gradients: [:])
    #expect(
      ANSIWriter(theme: bare, depth: .sixteen).text(of: frame)
        == "a<b&c \u{1B}[0;91m⠿⠿█\u{1B}[0m\nplain\n")
    let none = ANSIWriter(theme: .mono, depth: .none).text(of: frame)
    #expect(none.contains("\u{1B}[0;1ma<b&c ") && none.hasSuffix("plain\n"))
  }

  @Test func picturesAreWellFormed() {
    let svg = SVGWriter(theme: ThemeLibrary.standard).text(of: frame)
    #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains(">a&lt;b&amp;c </text>"))
    #expect(svg.contains("textLength=\"50.4\""))
    #expect(svg.count { $0 == "M" } >= 13 && svg.contains("h8.40v17.00h-8.40z"))
    let opened = svg.split(separator: "<").count { $0.hasPrefix("text ") }
    let closed = svg.split(separator: "<").count { $0.hasPrefix("/text>") }
    #expect(opened == closed && opened == 2)
    #expect(!svg.contains("inf") && !svg.contains("nan"))
    // The ground is painted once, and the selection over it.
    #expect(svg.split(separator: "<").count { $0.hasPrefix("rect ") } == 2)
    #expect(SVGWriter(theme: .mono).text(of: Frame(.zero)).hasSuffix("</svg>\n"))
  }
}
