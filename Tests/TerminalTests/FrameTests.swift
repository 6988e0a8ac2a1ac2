import TestSupport
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

  @Test func shortBoxDropsLastSpansAndCutsTitle() {
    let spans = [Span("train 0.1"), Span("val 0.2")]
    let narrow = Frame(Size(width: 24, height: 2)) { $0.box(title: "loss", spans: spans) }
    #expect(narrow.rowText(0) == "╭─ loss ─── train 0.1 ─╮")
    let tiny = Frame(Size(width: 9, height: 2), glyphs: .ascii) {
      $0.box(title: "accuracy", spans: spans)
    }
    #expect(tiny.rowText(0) == "+- acc~ +")
  }

  @Test func controlsAndMarksVanishAndWideScalarsAreReplaced() {
    let frame = Frame(Size(width: 12, height: 1)) {
      $0.draw("a\u{1B}[\n\te\u{301}漢⠿█❚😀∞", at: .zero)
    }
    #expect(frame.text == "a[e?⠿█❚?∞")
    #expect("漢字".cellWidth == 2)
  }

  @Test func plainTerminalsGetStandIns() {
    let frame = Frame(Size(width: 12, height: 1), glyphs: .ascii) {
      $0.draw("w=∞ · → ä漢", at: .zero)
    }
    #expect(frame.text == "w=* - > ??")
  }

  @Test func partsClipAndKeepTheirOrigin() {
    let frame = Frame(Size(width: 8, height: 3)) { canvas in
      let part = canvas[Rect(column: 2, row: 1, width: 4, height: 5)]
      part.draw("abcdefgh", at: Point(column: -1, row: 0))
      part[Rect(column: 2, row: 1, width: 9, height: 1)].fill(with: "x")
      part.draw("no", at: Point(column: 0, row: -1))
    }
    #expect(frame.text == "\n  bcde\n    xx")
  }

  @Test func changedRunsReproduceTheFrame() {
    var random = SeededGenerator(3)
    for round in 0..<50 {
      let size = Size(width: round % 17, height: round % 7)
      var before = Frame(size)
      var after = before
      for _ in 0..<20 {
        let (column, row) = (random.below(17), random.below(7))
        before[column, row] = Cell("b", Style(.series(random.below(3))))
        after[column, row] = Cell(random.below(2) == 0 ? "b" : "a", Style(.series(0)))
      }
      var shown = before
      for run in after.changes(since: before) {
        for column in run.columns { shown[column, run.row] = after[column, run.row] }
      }
      #expect(shown == after)
      #expect(after.changes(since: after).isEmpty)
    }
  }

  @Test func memoryScreenCountsWhatChanged() {
    var screen = MemoryScreen(size: Size(width: 10, height: 2))
    var frame = Frame(screen.size)
    screen.show(frame)
    #expect(screen.changedCells == 20)
    frame[3, 1] = Cell("x")
    screen.show(frame)
    #expect(screen.changedCells == 1)
    screen.invalidate()
    screen.show(frame)
    #expect(screen.changedCells == 20)
    #expect(screen.frame == frame)
  }

  @Test func aCellIsSmall() {
    #expect(MemoryLayout<Style>.size == 4)
    #expect(MemoryLayout<Cell>.stride == 8)
  }
}
