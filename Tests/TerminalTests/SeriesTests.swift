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
    series.ys[range].reduce(into: Extremes()) { $0.add($1) }
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
    #expect(series.gapCount == series.ys.count { !$0.isFinite })
  }

  @Test func indicesOfAStretchOfXEqualBruteForce() {
    let series = randomSeries(count: 300, seed: 5)
    var random = SeededGenerator(6)
    for _ in 0..<200 {
      let start = random.uniform() * 150 - 10
      let end = start + random.uniform() * 50
      let wanted = series.xs.indices.filter { series.xs[$0] >= start && series.xs[$0] <= end }
      #expect(Array(series.indices(from: start, through: end)) == wanted)
      let guess = random.below(320)
      #expect(
        series.lowerBound(near: guess) { $0 >= start } == series.lowerBound { $0 >= start })
    }
  }

  @Test func goingBackEqualsNeverHavingGone() {
    for kept in [0, 1, 7, 8, 9, 63, 64, 65, 250] {
      var series = Series((0..<250).map { (x: Double($0), y: $0 % 13 == 0 ? .nan : 0.1) })
      series.removeAll(after: Double(kept) - 0.5)
      let direct = Series((0..<kept).map { (x: Double($0), y: $0 % 13 == 0 ? .nan : 0.1) })
      for index in 0..<70 {
        series.append(x: 1000 + Double(index), y: Double(index))
      }
      #expect(series.gapCount == direct.gapCount)
      #expect(series.count == kept + 70)
      #expect(series.extremes(in: 0..<kept) == bruteForce(direct, 0..<kept))
      #expect(series.extremes == bruteForce(series, 0..<series.count))
    }
  }

  @Test func orderHoldsWhateverIsReported() {
    let series = Series([(x: 2, y: 1), (x: 1, y: 2), (x: .nan, y: 3), (x: 5, y: 4)])
    #expect(series.xs == [2, 2, 2, 5])
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
