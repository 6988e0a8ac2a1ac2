import Testing

@testable import Terminal

@Suite struct LineChartTests {
  private func drawing(_ chart: LineChart, _ width: Int, _ height: Int, _ glyphs: Glyphs = .unicode)
    -> String
  {
    Frame(Size(width: width, height: height), glyphs: glyphs) { chart.draw(on: $0) }.text
  }

  private let slope = Curve(
    samples: (0...20).map { Double($0) / 20 }, over: AxisRange(0, 20), Style(.series(0)))

  @Test func aSlopeIsALine() {
    var chart = LineChart([slope])
    chart.verticalRange = AxisRange(0, 1)
    #expect(
      drawing(chart, 14, 4) == """
        1.0        ⢀⠔⠊
                 ⡠⠒⠁
        0.5   ⢀⡠⠊⠁
        0.0 ⡠⠔⠁
        """)
    #expect(
      drawing(chart, 14, 4, .ascii) == """
        1.0        .:'
                 .''
        0.5   ..''
        0.0 .:'
        """)
  }

  @Test func linesOfEditsPresentAndTargetAreBehindTheCurve() {
    var chart = LineChart([slope])
    chart.verticalRange = AxisRange(0, 1)
    chart.marks = [5]
    chart.now = 15
    chart.target = 0.5
    chart.hasHorizontalLabels = true
    #expect(
      drawing(chart, 24, 7) == """
        1.0      ┊        │ ⢀⡠⠔⠊
                 ┊       ⣀⠤⠒⠁
                 ┊    ⣠⠔⠊ │
        0.5 ⠁⠁⠁⠁⠁⠁⠁⡡⠕⠋⠁⠁⠁⠁⠁⠁⠁⠁⠁⠁
               ⢀⠤⠒⠉       │
        0.0 ⡠⠔⠊⠁ ┊        │
            0        10       20
        """)
  }

  @Test func noSpikeIsLost() {
    var series = Series()
    for index in 0..<1_000_000 { series.append(x: Double(index), y: index == 654_321 ? 1 : 0) }
    for line in [LineStyle.solid, .dashed, .dotted] {
      let chart = LineChart([Curve(series, Style(.series(0)), line: line)])
      let frame = Frame(Size(width: 60, height: 10)) { chart.draw(on: $0) }
      let topRows = frame.rowText(0) + frame.rowText(1)
      #expect(topRows.unicodeScalars.contains { $0.value > 0x2800 && $0.value < 0x2900 })
    }
  }

  @Test func aSingleSpikeOnALogarithmicScaleAmongZeros() {
    var series = Series()
    for index in 0..<1000 {
      series.append(x: Double(index), y: index == 500 ? 0.001 : index % 2 == 0 ? 0 : 1)
    }
    var chart = LineChart([Curve(series, Style(.series(0)))])
    chart.verticalScale = .logarithmic
    let frame = Frame(Size(width: 40, height: 8)) { chart.draw(on: $0) }
    #expect(frame.rowText(6).unicodeScalars.contains { $0.value > 0x2800 && $0.value < 0x2900 })
  }

  @Test func gapsBreakTheLine() {
    let values: [Double] = [1, 1, 1, .nan, .nan, .nan, .nan, 1, 1, 1]
    var chart = LineChart([Curve(samples: values, over: AxisRange(0, 9), Style(.series(0)))])
    chart.verticalRange = AxisRange(0, 2)
    #expect(drawing(chart, 5, 1) == "⠤⠄ ⠠⠤")
  }

  @Test func aLineReachesBeyondTheVisibleStretch() {
    var chart = LineChart([
      Curve(Series([(x: -100, y: 1), (x: 100, y: 1)]), Style(.series(0)))
    ])
    chart.verticalRange = AxisRange(0, 2)
    chart.horizontalRange = AxisRange(0, 10)
    #expect(drawing(chart, 5, 1) == "⠤⠤⠤⠤⠤")
  }

  @Test func emptyConstantAndOddSeriesAreDrawn() {
    #expect(drawing(LineChart(), 20, 3) == "\n    no data yet\n")
    #expect(drawing(LineChart(), 4, 1) == "no …")
    let lonely = LineChart([Curve(Series([(x: 3, y: 7)]), Style(.text), line: .dotted)])
    #expect(drawing(lonely, 20, 5).unicodeScalars.contains { $0.value > 0x2800 })
    let constant = LineChart([Curve(samples: [0, 0, 0], over: AxisRange(0, 1), Style(.text))])
    #expect(drawing(constant, 20, 5).unicodeScalars.contains { $0.value > 0x2800 })
    let gaps = LineChart([Curve(samples: [.nan, .infinity], over: AxisRange(0, 1), Style(.text))])
    #expect(drawing(gaps, 20, 1) == "    no data yet")
    let extreme = LineChart([
      Curve(
        samples: [-1.7e308, 1.7e308, .leastNonzeroMagnitude], over: AxisRange(-1e308, 1e308),
        Style(.text))
    ])
    #expect(!drawing(extreme, 30, 8).isEmpty)
  }

  @Test func laterCurvesAreOverEarlierOnes() {
    let chart = LineChart([
      Curve(slope.series, Style(.series(0))), Curve(slope.series, Style(.series(1))),
    ])
    let frame = Frame(Size(width: 30, height: 6)) { chart.draw(on: $0) }
    let dots = frame.cells.filter { $0.scalar.value > 0x2800 && $0.scalar.value < 0x2900 }
    #expect(!dots.isEmpty && dots.allSatisfy { $0.style.role == .series(1) })
  }

  @Test func ticksAreRound() {
    func labels(_ scale: Scale, _ lower: Double, _ upper: Double, _ count: Int) -> [String] {
      Ticks.of(Axis(scale: scale, range: AxisRange(lower, upper)), count: count).map(\.label)
    }
    #expect(labels(.linear, 0, 1, 4) == ["0.0", "0.5", "1.0"])
    #expect(labels(.linear, 0, 60000, 4) == ["0", "20k", "40k", "60k"])
    #expect(labels(.linear, -1.3, 1.3, 3) == ["-1", "0", "1"])
    #expect(labels(.logarithmic, 0.09, 1.1, 4) == ["0.1", "0.2", "0.5", "1"])
    #expect(labels(.logarithmic, 1, 1e6, 3) == ["1", "100", "10k", "1M"])
    #expect(labels(.logarithmic, 0.05, 3, 5) == ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    #expect(labels(.logarithmic, 0.05, 30, 4) == ["0.1", "1", "10"])
  }

  @Test func numbersAreShort() {
    #expect(Number.short(5432) == "5.43k")
    #expect(Number.short(0.08123) == "0.0812")
    #expect(Number.short(999.7) == "1.00k")
    #expect(Number.short(-3.2e-9) == "-3.2e-9")
    #expect(Number.short(1.7e308) == "1.7e308")
    #expect(Number.short(.nan) == "nan")
    #expect(Number.short(0) == "0")
    #expect(Number.fixed(-0.001, decimals: 2) == "0.00")
    #expect(Number.fixed(2.5, decimals: 0) == "3")
  }
}
