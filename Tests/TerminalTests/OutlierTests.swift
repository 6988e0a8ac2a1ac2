import TestSupport
import Testing

@testable import Terminal

@Suite struct OutlierTests {
  private func chart(
    _ values: [Double], scale: Scale = .linear, isRobust: Bool = true
  ) -> LineChart {
    var chart = LineChart([
      Curve(samples: values, over: AxisRange(0, Double(max(1, values.count - 1))), .text)
    ])
    chart.verticalScale = scale
    chart.isRobust = isRobust
    return chart
  }

  private func range(_ chart: LineChart) throws -> AxisRange { try #require(chart.ranges).vertical }

  /// Values that go round and round, with others at some places.
  private func wave(_ others: [Int: Double] = [:], count: Int = 1000) -> [Double] {
    (0..<count).map { others[$0] ?? Double($0 % 10) }
  }

  @Test func nothingChangesWithoutOutliers() throws {
    for scale in [Scale.linear, .logarithmic] {
      let values = wave().map { $0 + 1 }
      #expect(
        try range(chart(values, scale: scale))
          == range(chart(values, scale: scale, isRobust: false)))
      #expect(chart(values, scale: scale).offScale.isEmpty)
    }
  }

  @Test func outliersAreCountedOnTheirSide() throws {
    let values = wave([100: 1e6, 101: 1e5, 500: -300, 700: 1e9])
    let chart = chart(values)
    #expect(try range(chart).upper < 10 && range(chart).lower > -1)
    #expect(chart.offScale.above == 3 && chart.offScale.below == 1)
    #expect(chart.offScale.text(glyphs: .unicode) == "3 off scale ▲  1 ▼")
    #expect(chart.offScale.text(glyphs: .ascii) == "3 off scale ^  1 v")
    #expect(chart.offScale.text(glyphs: .unicode, isShort: true) == "3▲ 1▼")
    var whole = chart
    whole.isRobust = false
    #expect(whole.offScale.isEmpty)
  }

  @Test func onlyTheSideOfTheOutliersIsCut() throws {
    let plain = try range(chart(wave()))
    let cut = try range(chart(wave([40: 1e6])))
    #expect(cut == plain)
  }

  @Test func gapsAndInfinitiesAreNoPoints() {
    let values = wave([10: .nan, 11: .infinity, 12: -.infinity, 300: 1e6, 301: .nan])
    let offScale = chart(values).offScale
    #expect(offScale.above == 1 && offScale.below == 0)
  }

  @Test func valuesThatAreAllEqualAreNotCut() throws {
    #expect(chart([Double](repeating: 3, count: 500)).offScale.isEmpty)
    // Nothing is pressed flat that is flat already.
    var values = [Double](repeating: 3, count: 500)
    values[250] = 900
    #expect(try range(chart(values)).upper > 900)
  }

  @Test func aLogarithmicAxisKeepsWhatIsWithinTwoDecades() throws {
    let positive = wave([500: 900]).map { $0 + 1 }
    #expect(try range(chart(positive, scale: .logarithmic)).upper > 900)
    #expect(try range(chart(positive)).upper < 20)
    let far = wave([500: 1e7, 600: 1e-9]).map { $0 + ($0 < 1e-3 ? 0 : 1) }
    let cut = chart(far.map { $0 == 0 ? 1 : $0 }, scale: .logarithmic)
    #expect(try range(cut).upper < 100 && range(cut).lower > 0.1)
    #expect(cut.offScale.above == 1 && cut.offScale.below == 1)
  }

  @Test func whatHasNoPlaceOnALogarithmicAxisIsBelowIt() {
    let values = wave([3: 0, 4: -2]).map { $0 == 0 ? 0 : $0 + 1 }
    let zeros = values.count { $0 <= 0 }
    #expect(chart(values, scale: .logarithmic).offScale.below == zeros)
  }

  @Test func aLossThatFallsFromAHighStartIsShownWhole() throws {
    // Falls over a tenth of the run, with noise of a few percent.
    let values = (0..<2000).map { index -> Double in
      let fallen = 1 / (1 + Double(index) / 40)
      return (0.05 + 2.3 * fallen * fallen) * (1 + 0.05 * Double(index % 7 - 3))
    }
    for scale in [Scale.linear, .logarithmic] {
      let chart = chart(values, scale: scale)
      #expect(try range(chart).upper > values[0])
      #expect(chart.offScale.isEmpty)
    }
    // From a start that is beyond all bounds, in the first steps of a long run, it comes from above.
    let steep = (0..<2000).map { index in index < 20 ? 1e6 / Double(index + 1) : values[index] }
    #expect(try range(chart(steep)).upper > 0.8 && range(chart(steep)).upper < 3)
    #expect(chart(steep).offScale.above >= 20 && chart(steep).offScale.above < 30)
  }

  @Test func theRecentEndTargetAndMarkersAreInside() throws {
    var chart = chart(wave([990: 5000]))
    #expect(try range(chart).upper > 5000)
    #expect(chart.offScale.isEmpty)
    chart = self.chart(wave([400: 1e6]))
    chart.target = 60
    chart.markers = [Marker(x: 3, y: -40, style: .text)]
    #expect(try range(chart).upper > 60 && range(chart).upper < 100)
    #expect(try range(chart).lower < -40)
    #expect(chart.offScale.above == 1)
  }

  @Test func shortAndEmptyCurvesAreShownWhole() throws {
    #expect(try range(chart([1, 2, 1, 2, 1e6, 1, 2])).upper > 1e6)
    #expect(chart([]).offScale.isEmpty)
    #expect(chart([.nan]).offScale.isEmpty)
  }

  @Test func curvesThatSumUpOthersDoNotCount() {
    let values = wave([500: 1e6])
    var chart = chart(values)
    chart.curves.append(chart.curves[0])
    chart.curves[1].isDerived = true
    #expect(chart.offScale.above == 1)
  }

  @Test func aFewSpikesInAMillionPointsAreCounted() throws {
    var random = SeededGenerator(4)
    let chart = chart((0..<1_000_000).map { $0 % 100_000 == 50_000 ? 900 : random.uniform() })
    #expect(try range(chart).upper < 2)
    #expect(chart.offScale == OffScale(above: 10))
  }

  @Test func countingStopsWhereItWouldTakeTooLong() {
    var chart = chart((0..<2_000_000).map { Double($0 % 2) * 2 })
    chart.verticalRange = AxisRange(0, 1)
    let offScale = chart.offScale
    #expect(offScale.isAtLeast && offScale.above > 1000 && offScale.above <= 1_000_000)
    #expect(offScale.text(glyphs: .unicode).hasPrefix(">"))
  }

  @Test func anEditOfEveryStepIsOneLineAColumn() {
    var chart = chart([Double](repeating: 1, count: 1000))
    chart.marks = (0..<100_000).map { Double($0) / 100 }
    let frame = Frame(Size(width: 40, height: 6)) { chart.draw(on: $0) }
    #expect(frame.rowText(0).count { $0 == "┊" } >= 30)
    chart.marks = [-5, 500, 500.1, 5000]
    let few = Frame(Size(width: 40, height: 6)) { chart.draw(on: $0) }
    #expect((0..<6).allSatisfy { few.rowText($0).count { $0 == "┊" } <= 1 })
    #expect(few.rowText(0).contains("┊"))
  }
}
