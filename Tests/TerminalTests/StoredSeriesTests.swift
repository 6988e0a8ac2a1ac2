import Synchronization
import TestSupport
import Testing

@testable import Terminal

/// Points that a series has let go of.
@Suite struct StoredSeriesTests {
  /// Points in memory in the place of a file, which may lose its last ones.
  private final class Source: PointSource {
    private let points: Mutex<[(x: Double, y: Double)]>
    private let reads = Mutex(0)

    init(_ points: [(x: Double, y: Double)]) { self.points = Mutex(points) }

    var readCount: Int { reads.withLock { $0 } }

    func cut(to count: Int) { points.withLock { $0.removeLast($0.count - count) } }

    func read(
      from first: Int, xs: UnsafeMutableBufferPointer<Double>,
      ys: UnsafeMutableBufferPointer<Double>
    ) {
      reads.withLock { $0 += 1 }
      points.withLock { points in
        for index in xs.indices {
          let isThere = first + index < points.count
          (xs[index], ys[index]) = isThere ? points[first + index] : (.nan, .nan)
        }
      }
    }
  }

  private func randomPoints(_ count: Int, seed: UInt64) -> [(x: Double, y: Double)] {
    var random = SeededGenerator(seed)
    var x = 0.0
    return (0..<count).map { _ in
      x += random.uniform() < 0.3 ? 0 : random.uniform()
      return (x, random.uniform() < 0.1 ? .nan : random.uniform() * 4 - 1)
    }
  }

  private func bruteForce(_ points: ArraySlice<(x: Double, y: Double)>) -> Extremes {
    points.reduce(into: Extremes()) { $0.add($1.y) }
  }

  /// Asks a series everything at random places.
  private func check(
    _ series: Series, is points: [(x: Double, y: Double)], seed: UInt64
  ) {
    #expect(series.count == points.count && series.lastX == points.last?.x)
    var random = SeededGenerator(seed)
    for _ in 0..<1000 {
      let lower = random.below(points.count + 1)
      let range = lower..<lower + random.below(points.count + 1 - lower)
      #expect(series.extremes(in: range) == bruteForce(points[range]))
      let x = random.uniform() * (points.last?.x ?? 0) * 1.1 - 1
      let guess = random.below(points.count)
      let wanted = points.firstIndex { $0.x >= x } ?? points.count
      #expect(series.lowerBound(near: guess) { $0 >= x } == wanted)
      #expect(series.lowerBound(from: guess) { $0 >= x } == max(wanted, guess))
      #expect(series[guess].x == points[guess].x)
      #expect(series[guess].y.bitPattern == points[guess].y.bitPattern)
    }
  }

  @Test func extremesAndPlacesEqualBruteForceAtRandomRanges() {
    let points = randomPoints(5000, seed: 1)
    var series = Series(points)
    check(series, is: points, seed: 2)
    let whole = series
    series.release(to: Source(points), count: 3000)
    #expect(series.storedCount == 3000 / Pyramid.block * Pyramid.block)
    check(series, is: points, seed: 3)
    #expect(series == whole)
    check(Series(Source(points), count: 5000), is: points, seed: 4)
    #expect(Series(Source(points), count: 5000) == whole)
  }

  @Test func pointsAreAppendedAndReleasedInTurns() {
    let points = randomPoints(4000, seed: 5)
    let source = Source(points)
    var series = Series()
    var random = SeededGenerator(6)
    for (index, point) in points.enumerated() {
      series.append(x: point.x, y: point.y)
      // The source is behind what was appended, by up to a few blocks.
      if random.below(100) == 0 { series.release(to: source, count: index - random.below(400)) }
      guard index % 500 == 499 else { continue }
      check(series, is: Array(points[...index]), seed: UInt64(index))
    }
    #expect(series.storedCount > 3000)
  }

  @Test func whatIsNotTheSameStays() {
    let points = randomPoints(1000, seed: 7)
    var others = points
    others[Pyramid.block + 3].y = 9
    var series = Series(points)
    series.release(to: Source(others), count: 1000)
    #expect(series.storedCount == Pyramid.block)
    check(series, is: points, seed: 8)
    var untouched = Series(points)
    untouched.release(to: Source([]), count: 1000)
    #expect(untouched.storedCount == 0)
  }

  @Test func aSourceThatIsCutLeavesGapsInOrder() {
    let points = (0..<4000).map { (x: Double($0), y: Double($0 % 100) + 1) }
    let source = Source(points)
    var series = Series(points)
    series.release(to: source, count: 4000)
    source.cut(to: 1000)
    #expect(series[999].y == 100 && series[1001].y.isNaN)
    #expect(series[3999].y == 100)
    for index in 1..<4000 { #expect(series[index].x >= series[index - 1].x) }
    // Blocks are known by their extremes, which were taken before.
    #expect(series.extremes == bruteForce(points[...]))
    #expect(series.extremes(in: 2001..<2010).isEmpty)
    var chart = LineChart([Curve(series, .text)])
    chart.isRobust = true
    let frame = Frame(Size(width: 60, height: 10)) { chart.draw(on: $0) }
    #expect(frame.text.contains { $0.unicodeScalars.contains { $0.value > 0x2800 } })
  }

  @Test func aChartOfStoredPointsIsThatOfPointsInMemory() {
    var points = randomPoints(60_000, seed: 11)
    for index in stride(from: 100, to: 60_000, by: 7001) { points[index].y = 1e6 }
    let end = points[59_999].x
    for range in [nil, AxisRange(end / 3, end / 2), AxisRange(0, 50)] {
      let frames = [Series(points), Series(Source(points), count: 60_000)].map { series in
        var chart = LineChart([Curve(series, .text)])
        chart.horizontalRange = range
        chart.isRobust = true
        return Frame(Size(width: 90, height: 20)) { chart.draw(on: $0) }
      }
      #expect(frames[0] == frames[1])
    }
  }

  @Test func drawingReadsAFewBlocksAColumn() {
    let points = randomPoints(200_000, seed: 12)
    let source = Source(points)
    let series = Series(source, count: points.count)
    let before = source.readCount
    var chart = LineChart([Curve(series, .text)])
    chart.isRobust = true
    _ = Frame(Size(width: 100, height: 20)) { chart.draw(on: $0) }
    #expect(source.readCount - before < 600)
  }

  @Test func placesTakeTheStandOfX() {
    let points = randomPoints(2000, seed: 13).map { (x: $0.x.rounded(), y: $0.y) }
    var places = Places()
    var random = SeededGenerator(14)
    var noted: [(x: Double, place: Double)] = []
    for x in stride(from: 3.0, to: 900, by: 2) {
      let place = (noted.last?.place ?? 10) + random.uniform() * 2 - 0.5
      places.note(place, at: x)
      noted.append((x, max(place, noted.last?.place ?? place)))
    }
    let placed = points.map { point in
      (x: (noted.last { $0.x <= point.x } ?? noted[0]).place, y: point.y)
    }
    check(Series(points).placed(at: places), is: placed, seed: 15)
    check(Series(Source(points), count: 2000).placed(at: places), is: placed, seed: 16)
    #expect(places.place(of: 2.9) == nil && places.place(of: 3) == 10 + noted[0].place - 10)
  }
}
