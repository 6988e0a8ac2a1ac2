import Testing

@testable import Terminal

@Suite struct WriterTests {
  private let frame = Frame(Size(width: 12, height: 2)) { canvas in
    canvas.draw(
      [Span("a<b&c ", .title), Span("⠿⠿█", .series(0)), Span(" ", .selection)], at: .zero)
    canvas.draw("plain", at: Point(column: 0, row: 1))
  }

  @Test func sequencesFollowTheDepth() {
    let rich = ANSIWriter(theme: .okabeIto, depth: .twoHundredFiftySix).text(of: frame)
    #expect(
      rich == "\u{1B}[0;38;5;255ma<b&c \u{1B}[0;38;5;178m⠿⠿█\u{1B}[0;38;5;231;48;5;237m \u{1B}[0m\n"
        + "plain\n")
    let sixteen = ANSIWriter(theme: .okabeIto, depth: .sixteen).text(of: frame)
    #expect(sixteen.contains("\u{1B}[0;93m⠿⠿█"))
    let none = ANSIWriter(theme: .mono, depth: .none).text(of: frame)
    #expect(none.contains("\u{1B}[0;1ma<b&c ") && none.hasSuffix("plain\n"))
  }

  @Test func picturesAreWellFormed() {
    let svg = SVGWriter(theme: .okabeIto).text(of: frame)
    #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains(">a&lt;b&amp;c </text>"))
    #expect(svg.contains("textLength=\"50.4\""))
    #expect(svg.count { $0 == "M" } >= 13 && svg.contains("h8.40v17.00h-8.40z"))
    let opened = svg.split(separator: "<").count { $0.hasPrefix("text ") }
    let closed = svg.split(separator: "<").count { $0.hasPrefix("/text>") }
    #expect(opened == closed && opened == 2)
    #expect(!svg.contains("inf") && !svg.contains("nan"))
    #expect(SVGWriter(theme: .mono).text(of: Frame(.zero)).hasSuffix("</svg>\n"))
  }
}
