import Testing

@testable import Terminal

@Suite struct FrameTests {
  @Test func boxHasTitleSpansAndFooter() {
    let frame = Frame(Size(width: 29, height: 3)) { canvas in
      let inside = canvas.box(title: "loss", spans: [Span("val 0.1")], footer: [Span("t 0-63")])
      inside.draw("hello", at: .zero)
    }
    #expect(
      frame.text == """
        ╭─ loss ────────── val 0.1 ─╮
        │hello                      │
        ╰─ t 0-63 ──────────────────╯
        """)
  }
}
