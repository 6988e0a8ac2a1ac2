import TestSupport
import Testing

@testable import Terminal

@Suite struct SeriesTests {
  /// Random points with gaps, zeros and negative values.
  private func randomSeries(count: Int, seed: UInt64) -> Series {
    var random = SeededGenerator(seed)
    var series = Series()
    var x = 0.0
    for _ in 0..<count {
      x += random.uniform() < 0.2 ? 0 : random.uniform()
      let isGap = random.uniform() < 0.1
      series.append(x: x, y: isGap ? .nan : random.uniform() * 4 - 1)
    }
    return series
  }

  private func bruteForce(_ series: Series, _ range: Range<Int>) -> Extremes {
    range.reduce(into: Extremes()) { $0.add(series[$1].y) }
  }

  @Test func extremesEqualBruteForce() {
    let series = randomSeries(count: 777, seed: 1)
    var random = SeededGenerator(2)
    for _ in 0..<3000 {
      let lower = random.below(778)
      let range = lower..<lower + random.below(778 - lower)
      #expect(series.extremes(in: range) == bruteForce(series, range))
    }
    #expect(series.extremes == bruteForce(series, 0..<777))
    #expect(series.extremes(in: 700..<9000) == bruteForce(series, 700..<777))
  }

  @Test func indicesOfAStretchOfXEqualBruteForce() {
    let series = randomSeries(count: 300, seed: 5)
    var random = SeededGenerator(6)
    for _ in 0..<200 {
      let start = random.uniform() * 150 - 10
      let end = start + random.uniform() * 50
      let wanted = (0..<300).filter { series[$0].x >= start && series[$0].x <= end }
      #expect(Array(series.indices(from: start, through: end)) == wanted)
      let guess = random.below(320)
      #expect(
        series.lowerBound(near: guess) { $0 >= start } == series.lowerBound { $0 >= start })
    }
  }

  @Test func orderHoldsWhateverIsReported() {
    let series = Series([(x: 2, y: 1), (x: 1, y: 2), (x: .nan, y: 3), (x: 5, y: 4)])
    #expect((0..<4).map { series[$0].x } == [2, 2, 2, 5])
  }

  @Test func copiesAreIndependentAndEqualWithGaps() {
    let series = randomSeries(count: 100, seed: 9)
    var copy = series
    #expect(copy == series)
    copy.append(x: 1e9, y: 1)
    #expect(copy != series)
    #expect(randomSeries(count: 100, seed: 9) == series)
  }
}
