import Testing

@testable import Terminal

@Suite struct WidgetTests {
  private func drawing(_ width: Int, _ height: Int, _ draw: (Canvas) -> Void) -> String {
    Frame(Size(width: width, height: height), draw: draw).text
  }

  @Test func rasterShowsMagnitudeLabelsAndSelection() {
    var raster = RasterView(values: [0, 1, 2, 3, 0, 0, 0, -3, 1, 0, 0, 0], steps: 4)
    raster.labels = ["0", "47", "3"]
    raster.selectedUnit = 1
    // There is room for two columns a step.
    #expect(
      drawing(12, 3) { raster.draw(on: $0) } == "  0   ▃▃▆▆██\n▸47       ██\n  3 ▃▃")
    raster.order = [2, 1, 0]
    raster.firstRow = 1
    #expect(drawing(12, 2) { raster.draw(on: $0) } == "▸47       ██\n  0   ▃▃▆▆██")
    #expect(raster.row(of: 0, height: 2) == 1)
    #expect(raster.row(of: 2, height: 2) == nil)
  }

  @Test func rasterTellsTheSignByColour() {
    let raster = RasterView(values: [3, -3], steps: 2)
    let frame = Frame(Size(width: 2, height: 1)) { raster.draw(on: $0) }
    #expect(frame[0, 0].style.role == .gradient(.signed, level: 255))
    #expect(frame[1, 0].style.role == .gradient(.signed, level: 1))
  }

  @Test func rasterBlocksKeepTheLargestValue() {
    var values = [Float](repeating: 0, count: 1000)
    values[777] = -5
    let raster = RasterView(values: values, steps: 1000)
    #expect(drawing(10, 1) { raster.draw(on: $0) } == "       █")
  }

  @Test func rasterFillsItsGlyphsWithActivities() {
    let activities = RasterView(values: [0.05, 0.1, 0.2, -0.4], steps: 4)
    #expect(drawing(4, 1) { activities.draw(on: $0) } == "▁▂▄█")
    var field = activities
    field.shape = .shades
    #expect(drawing(4, 1) { field.draw(on: $0) } == "░░▒█")
    #expect(
      drawing(4, 1) { RasterView(values: [1, .nan, .infinity], steps: 3).draw(on: $0) } == "▃ █")
  }

  @Test func sparklinesRise() {
    let line = Sparkline([0, 1, 4, 8])
    #expect(line.text(width: 8) == "▁▁▄█")
    #expect(drawing(4, 2) { Sparkline([0, 4, 8, .nan]).draw(on: $0) } == "  █\n ██")
    #expect(Sparkline([0, 0, 9, 0]).text(width: 2) == "▁█")
  }

  @Test func barsLineUp() {
    let bars = Bars([Bars.Bar("h", 1), Bars.Bar("mem", -0.5, text: "half")])
    #expect(drawing(16, 2) { bars.draw(on: $0) } == "h   ███████ 1.00\nmem ███▌    half")
  }

  @Test func tableScrollsToItsSelection() {
    let rows = (0..<5).map { [Span("run \($0)"), Span("\($0 * 10)")] }
    let columns = [Table.Column("name", .rest), Table.Column("loss", .fixed(6), .right)]
    let table = Table(columns, rows: rows, selectedRow: 3)
    let frame = Frame(Size(width: 14, height: 3)) { table.draw(on: $0) }
    #expect(frame.text == "name     loss\nrun 2      20\nrun 3      30")
    #expect(frame[0, 2].style.role == .selection)
  }

  @Test func dialogWrapsAndTakesTheMiddle() {
    let dialog = Dialog(
      "help", lines: [.entry(key: "q", text: "quit"), .text("a line that is too long")])
    #expect(
      drawing(20, 6) { dialog.draw(on: $0) } == """
        ╭─ help ───────────╮
        │ q  quit          │
        │ a line that is   │
        │ too long         │
        ╰──────────────────╯

        """)
  }

  @Test func dialogUsesColumnsWhereRowsAreFew() {
    let lines = (1...6).map { Dialog.Line.entry(key: "\($0)", text: "key \($0)") }
    #expect(
      drawing(40, 5) { Dialog("keys", lines: lines).draw(on: $0) } == """
                ╭─ keys ──────────────╮
                │ 1  key 1   4  key 4 │
                │ 2  key 2   5  key 5 │
                │ 3  key 3   6  key 6 │
                ╰─────────────────────╯
        """)
  }

  /// A chart with everything that charts can have.
  private var fullChart: LineChart {
    var chart = LineChart([
      Curve(samples: [1, 2, .nan, 100], over: AxisRange(0, 3), Style(.series(0)))
    ])
    chart.marks = [1]
    chart.now = 2
    chart.cursor = 1
    chart.target = 50
    chart.hasHorizontalLabels = true
    chart.markers = [Marker(x: 1, y: 2, style: .text)]
    return chart
  }

  @Test func everyWidgetSurvivesEverySize() {
    var chart = fullChart
    var raster = RasterView(values: [1, 2, 3, 4, 5, 6], steps: 3)
    raster.labels = ["a", "b"]
    raster.summaries = [0.5, .nan]
    raster.firstRow = 5
    let table = Table([Table.Column("a", .rest)], rows: [[Span("x")], []], selectedRow: 7)
    let lines: [Dialog.Line] = [
      .heading("head"), .blank, .entry(key: "long", text: "text"), .text(""),
    ]
    let dialog = Dialog("title", lines: lines, footer: [Span("foot")])
    var panel = Panel("title", spans: [Span("s")], footer: [Span("f")])
    panel.notes = [Span("2 off scale")]
    let sizes = (0...12).flatMap { width in (0...9).map { Size(width: width, height: $0) } }
    for size in sizes + [Size(width: -3, height: 4), Size(width: 300, height: 1)] {
      for glyphs in [Glyphs.unicode, .ascii] {
        let frame = Frame(size, glyphs: glyphs) { canvas in
          chart.verticalScale = size.width % 2 == 0 ? .linear : .logarithmic
          chart.draw(on: canvas)
          panel.isDense = size.height % 2 == 0
          panel.draw(on: canvas)
          raster.draw(on: canvas)
          raster.draw(on: canvas[Rect(column: -3, row: -2, width: 7, height: 5)])
          Sparkline([1, .nan, -3]).draw(on: canvas)
          Bars([Bars.Bar("a", .nan), Bars.Bar("b", -1)]).draw(on: canvas)
          ProgressBar(fraction: 7).draw(on: canvas)
          table.draw(on: canvas)
          dialog.draw(on: canvas)
        }
        #expect(frame.size == size)
      }
    }
  }
}
