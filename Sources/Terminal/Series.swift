/// A growing list of points (x, y) with x never falling, that knows the extremes of any stretch
/// without reading it. A y that is not finite is a gap. A copy is free until one of the two grows.
///
/// Points stay in memory until ``release(to:count:)`` finds them in a source that keeps them. Of a
/// block of points that was released remain its extremes, those of the blocks above it, its first
/// point and its last y: less than half a byte a point rather than sixteen. What is asked of a
/// stretch then reads the two blocks at its ends at most.
package struct Series: Sendable {
  /// What was released.
  private var stored: StoredBlocks?
  /// The points from there on.
  private var recentXs: [Double] = []
  private var recentYs: [Double] = []
  /// The first point of each block, of one that is not whole too, and the last y of each whole one.
  private var starts: [Double] = []
  private var firstYs: [Double] = []
  private var lastYs: [Double] = []
  private var pyramid = Pyramid()
  private var last: (x: Double, y: Double)?
  /// Where the x stand instead, if that is somewhere else.
  private var places: Places?

  package init() {}

  package init(_ points: some Sequence<(x: Double, y: Double)>) {
    for point in points { append(x: point.x, y: point.y) }
  }

  /// Values at equal distances from `start` to `end`.
  package init(samples: [Double], from start: Double, to end: Double) {
    let last = Double(max(1, samples.count - 1))
    for (index, sample) in samples.enumerated() {
      append(x: start + (end - start) * Double(index) / last, y: sample)
    }
  }

  /// The first points of a source, which are read once; only those after the last whole block stay.
  package init(_ source: any PointSource, count: Int) {
    var points = BlockBuffer()
    for first in stride(from: 0, to: count, by: Pyramid.block) {
      points.read(source, from: first, count: min(Pyramid.block, count - first))
      for index in points.indices { append(x: points.xs[index], y: points.ys[index]) }
      guard points.indices.count == Pyramid.block else { break }
      recentXs.removeAll(keepingCapacity: true)
      recentYs.removeAll(keepingCapacity: true)
      stored = StoredBlocks(source, count: first + Pyramid.block)
    }
  }

  package var count: Int { storedCount + recentYs.count }
  package var isEmpty: Bool { last == nil }
  package var lastX: Double? { last.map { place(of: $0.x) } }
  package var lastY: Double? { last?.y }
  /// Points that are not in memory.
  package var storedCount: Int { stored?.count ?? 0 }

  package subscript(index: Int) -> (x: Double, y: Double) {
    let (block, offset) = index.quotientAndRemainder(dividingBy: Pyramid.block)
    if offset == 0 { return (place(of: starts[block]), firstYs[block]) }
    let point = withBlock(block) { points in (x: points.xs[offset], y: points.ys[offset]) }
    return (place(of: point.x), point.y)
  }

  /// The y of a point; that of the first and the last of a block need not be read.
  private func y(at index: Int) -> Double {
    let (block, offset) = index.quotientAndRemainder(dividingBy: Pyramid.block)
    if offset == Pyramid.block - 1 { return lastYs[block] }
    return self[index].y
  }

  /// Adds a point. An x that is not finite or before the last one is taken as the last one, so that
  /// the order holds whatever is reported.
  package mutating func append(x: Double, y: Double) {
    let before = last?.x ?? 0
    let x = x.isFinite && (last == nil || x >= before) ? x : before
    if count % Pyramid.block == 0 {
      starts.append(x)
      firstYs.append(y)
    }
    recentXs.append(x)
    recentYs.append(y)
    last = (x, y)
    guard count % Pyramid.block == 0 else { return }
    lastYs.append(y)
    var summary = Extremes()
    for index in recentYs.count - Pyramid.block..<recentYs.count { summary.add(recentYs[index]) }
    pyramid.append(summary)
  }

  /// Lets go of points that a source has too, whose first `available` points are those of the series
  /// as far as it is known. Only whole blocks that read back as what they are go.
  package mutating func release(to source: any PointSource, count available: Int) {
    var points = BlockBuffer()
    var released = 0
    while storedCount + released + Pyramid.block <= min(available, count) {
      points.read(source, from: storedCount + released, count: Pyramid.block)
      let isSame = points.indices.allSatisfy { index in
        let (y, wanted) = (points.ys[index], recentYs[released + index])
        return points.xs[index] == recentXs[released + index]
          && (y.bitPattern == wanted.bitPattern || y.isNaN && wanted.isNaN)
      }
      guard isSame else { break }
      released += Pyramid.block
    }
    guard released > 0 else { return }
    stored = StoredBlocks(source, count: storedCount + released)
    recentXs.removeFirst(released)
    recentYs.removeFirst(released)
  }

  /// The same points with their x at other places; no point is copied.
  package func placed(at places: Places) -> Series {
    var series = self
    series.places = places
    return series
  }

  private func place(of x: Double) -> Double {
    guard let places else { return x }
    return places.place(of: x) ?? places.first ?? x
  }

  // MARK: Stretches

  /// The extremes of the points in a range of indices, in logarithmic time.
  package func extremes(in range: Range<Int>) -> Extremes {
    let range = range.clamped(to: 0..<count)
    let first = (range.lowerBound + Pyramid.block - 1) / Pyramid.block
    let last = range.upperBound / Pyramid.block
    guard first <= last else { return extremes(ofBlock: last, in: range) }
    var result = Extremes()
    if range.lowerBound < first * Pyramid.block {
      result.add(extremes(ofBlock: first - 1, in: range))
    }
    if last * Pyramid.block < range.upperBound { result.add(extremes(ofBlock: last, in: range)) }
    pyramid.add(blocks: first..<last, to: &result)
    return result
  }

  /// The extremes of points that a chart draws together, and the y of the first and the last of them.
  func summary(of points: Range<Int>) -> (extremes: Extremes, first: Double, last: Double) {
    let block = points.lowerBound / Pyramid.block
    let start = block * Pyramid.block
    guard points.count < Pyramid.block, points.upperBound <= start + Pyramid.block else {
      return (extremes(in: points), y(at: points.lowerBound), y(at: points.upperBound - 1))
    }
    return withBlock(block) { block in
      let part = points.lowerBound - start..<points.upperBound - start
      return (block.extremes(in: part), block.ys[part.lowerBound], block.ys[part.upperBound - 1])
    }
  }

  /// The extremes of all points.
  package var extremes: Extremes { extremes(in: 0..<count) }

  private func extremes(ofBlock block: Int, in range: Range<Int>) -> Extremes {
    let start = block * Pyramid.block
    let part = range.clamped(to: start..<min(start + Pyramid.block, count))
    return withBlock(block) { points in
      points.extremes(in: part.lowerBound - start..<part.upperBound - start)
    }
  }

  /// How many of the points in a range within one block have a y above or below a stretch.
  func count(in range: Range<Int>, beyond stretch: AxisRange) -> (above: Int, below: Int) {
    let block = range.lowerBound / Pyramid.block
    return withBlock(block) { points in
      var (above, below) = (0, 0)
      for index in range {
        let y = points.ys[index - block * Pyramid.block]
        if y.isFinite && y > stretch.upper { above += 1 }
        if y.isFinite && y < stretch.lower { below += 1 }
      }
      return (above, below)
    }
  }

  /// The last index at or before the given one where a block begins, for statistics over stretches of
  /// so many points: between two such nothing has to be read. Short stretches, of which only few take
  /// part in a block, are left as they are.
  func boundary(before index: Int, ofStretches length: Int) -> Int {
    length >= Pyramid.block / 8 ? index - index % Pyramid.block : index
  }

  /// The end of the points from `start` on that a chart draws together, before those whose x fulfil
  /// a condition. Of many blocks the last is taken whole, so that it need not be read: its points are
  /// then drawn where it begins, which is off by a fraction of what is drawn together.
  func end(of start: Int, near guess: Int, where condition: (Double) -> Bool) -> Int {
    if let places {
      let x = places.firstX(where: condition)
      return end(from: start, near: guess) { $0 >= x }
    }
    return end(from: start, near: guess, where: condition)
  }

  private func end(from start: Int, near guess: Int, where condition: (Double) -> Bool) -> Int {
    let next = Pyramid.block * nextBlock(from: start, near: guess, where: condition)
    if next - start > Self.leastBlocksDrawnWhole * Pyramid.block { return min(next, count) }
    return max(start + 1, index(from: start + 1, near: guess, where: condition))
  }

  private static let leastBlocksDrawnWhole = 2

  /// The indices of the points with x in a closed range, in logarithmic time.
  package func indices(from start: Double, through end: Double) -> Range<Int> {
    let lower = lowerBound { $0 >= start }
    return lower..<max(lower, lowerBound { $0 > end })
  }

  /// The first index from `start` on whose x fulfils a condition that holds for all later ones too.
  /// The search begins around `guess`: long series are not in the processor's caches.
  func lowerBound(
    from start: Int = 0, near guess: Int? = nil, where condition: (Double) -> Bool
  ) -> Int {
    if let places {
      let x = places.firstX(where: condition)
      return index(from: start, near: guess) { $0 >= x }
    }
    return index(from: start, near: guess, where: condition)
  }

  private func index(from start: Int, near guess: Int?, where condition: (Double) -> Bool) -> Int {
    let next = nextBlock(from: start, near: guess, where: condition)
    guard next > 0 else { return min(max(start, 0), count) }
    let inside = withBlock(next - 1) { $0.lowerBound(where: condition) }
    return min(max((next - 1) * Pyramid.block + inside, start), count)
  }

  /// The first block whose first x fulfils a condition.
  private func nextBlock(
    from start: Int, near guess: Int?, where condition: (Double) -> Bool
  ) -> Int {
    starts.lowerBound(
      from: start / Pyramid.block, near: guess.map { $0 / Pyramid.block }, where: condition)
  }

  /// Calls a function with each point in its order.
  package func forEach(_ body: (Double, Double) -> Void) {
    for block in starts.indices {
      withBlock(block) { points in
        for index in points.xs.indices { body(place(of: points.xs[index]), points.ys[index]) }
      }
    }
  }

  private func withBlock<Result: Sendable>(
    _ block: Int, _ body: (BlockPoints) -> Result
  ) -> Result {
    if let stored, block * Pyramid.block < stored.count {
      let start = { $0 < starts.count ? starts[$0] : last?.x ?? .infinity }
      return stored.withBlock(block, start: start, body)
    }
    let start = block * Pyramid.block - storedCount
    let end = min(start + Pyramid.block, recentYs.count)
    return recentXs.withUnsafeBufferPointer { xs in
      recentYs.withUnsafeBufferPointer { ys in
        body(
          BlockPoints(
            xs: UnsafeBufferPointer(rebasing: xs[start..<end]),
            ys: UnsafeBufferPointer(rebasing: ys[start..<end])))
      }
    }
  }
}

extension Series: Equatable {
  /// Compares bit patterns, wherever the points lie: a gap equals the same gap. Copies of one
  /// another compare at once.
  package static func == (left: Series, right: Series) -> Bool {
    guard left.count == right.count, left.places == right.places else { return false }
    if left.stored === right.stored {
      return hasSameBits(left.recentXs, right.recentXs)
        && hasSameBits(left.recentYs, right.recentYs)
    }
    return (0..<left.count).allSatisfy { index in
      let (one, other) = (left[index], right[index])
      return one.x == other.x && one.y.bitPattern == other.y.bitPattern
    }
  }

  private static func hasSameBits(_ left: [Double], _ right: [Double]) -> Bool {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        left.count == right.count
          && (left.baseAddress == right.baseAddress
            || left.indices.allSatisfy { left[$0].bitPattern == right[$0].bitPattern })
      }
    }
  }
}
