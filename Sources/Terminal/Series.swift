/// A growing list of points (x, y) with x never falling, that knows the extremes of any stretch
/// without reading it. A y that is not finite is a gap. A copy is free until one of the two grows.
package struct Series: Sendable {
  package private(set) var xs: [Double] = []
  package private(set) var ys: [Double] = []
  /// Points whose y is not finite.
  package private(set) var gapCount = 0
  private var pyramid = Pyramid()

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

  package var count: Int { ys.count }
  package var isEmpty: Bool { ys.isEmpty }
  package var lastX: Double? { xs.last }
  package var lastY: Double? { ys.last }

  /// Adds a point. An x that is not finite or before the last one is taken as the last one, so that
  /// the order holds whatever is reported.
  package mutating func append(x: Double, y: Double) {
    let last = xs.last ?? 0
    xs.append(x.isFinite && (xs.isEmpty || x >= last) ? x : last)
    ys.append(y)
    if !y.isFinite { gapCount += 1 }
    if ys.count % Pyramid.block == 0 {
      var summary = Extremes()
      for index in ys.count - Pyramid.block..<ys.count { summary.add(ys[index]) }
      pyramid.append(summary)
    }
  }

  package mutating func reserveCapacity(_ count: Int) {
    xs.reserveCapacity(count)
    ys.reserveCapacity(count)
  }

  /// Drops all points with an x above the given one, as when a run goes back to a checkpoint.
  package mutating func removeAll(after x: Double) {
    let kept = lowerBound { $0 > x }
    gapCount -= ys[kept...].reduce(0) { $1.isFinite ? $0 : $0 + 1 }
    xs.removeLast(count - kept)
    ys.removeLast(count - kept)
    pyramid.truncate(to: kept)
  }

  /// The extremes of the points in a range of indices, in logarithmic time.
  package func extremes(in range: Range<Int>) -> Extremes {
    var result = Extremes()
    let range = range.clamped(to: 0..<count)
    let first = (range.lowerBound + Pyramid.block - 1) / Pyramid.block
    let last = range.upperBound / Pyramid.block
    ys.withUnsafeBufferPointer { values in
      guard first < last else {
        for index in range { result.add(values[index]) }
        return
      }
      for index in range.lowerBound..<first * Pyramid.block { result.add(values[index]) }
      for index in last * Pyramid.block..<range.upperBound { result.add(values[index]) }
    }
    pyramid.add(blocks: first..<max(first, last), to: &result)
    return result
  }

  /// The extremes of all points.
  package var extremes: Extremes { extremes(in: 0..<count) }

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
    xs.lowerBound(from: start, near: guess, where: condition)
  }
}

extension Series: Equatable {
  /// Compares bit patterns: a gap equals the same gap. Copies of one another compare at once.
  package static func == (left: Series, right: Series) -> Bool {
    hasSameBits(left.xs, right.xs) && hasSameBits(left.ys, right.ys)
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
