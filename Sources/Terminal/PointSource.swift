import Synchronization

/// Where the older points of a series lie when they are not in memory, such as in a file.
///
/// What is there may go away while it is used, and reading must not fail for that: a point that can
/// not be read has a y that is not a number, which is a gap.
package protocol PointSource: Sendable {
  /// Reads as many points as the buffers hold, both equally many, from the one with this index on.
  func read(
    from first: Int, xs: UnsafeMutableBufferPointer<Double>, ys: UnsafeMutableBufferPointer<Double>)
}

/// The blocks of a series that lie in a source, with the last few that were read at hand: a chart
/// asks for the same block several times, and mostly for one after the other.
final class StoredBlocks: Sendable {
  let source: any PointSource
  /// Points in the source, a multiple of a block.
  let count: Int
  private let recent = Mutex(Recent())

  /// Blocks at hand.
  private static let capacity = 16

  private struct Recent {
    /// The block in each place.
    var blocks: [Int] = []
    /// The points of the places, one after the other.
    var xs: [Double] = []
    var ys: [Double] = []
    /// The place for the next one.
    var next = 0
  }

  init(_ source: any PointSource, count: Int) {
    self.source = source
    self.count = count
  }

  /// Hands out a block. The x are kept between the first ones of the blocks, which `start` tells: the
  /// order holds whatever the source has become.
  func withBlock<Result: Sendable>(
    _ block: Int, start: (Int) -> Double, _ body: (BlockPoints) -> Result
  ) -> Result {
    recent.withLock { recent in
      let place = recent.blocks.firstIndex(of: block) ?? read(block, into: &recent, start: start)
      let part = place * Pyramid.block..<(place + 1) * Pyramid.block
      return recent.xs.withUnsafeBufferPointer { xs in
        recent.ys.withUnsafeBufferPointer { ys in
          body(
            BlockPoints(
              xs: UnsafeBufferPointer(rebasing: xs[part]),
              ys: UnsafeBufferPointer(rebasing: ys[part])))
        }
      }
    }
  }

  /// Reads a block, and where it follows on one that is at hand, as many after it as there are places;
  /// returns the place of the block.
  private func read(_ block: Int, into recent: inout Recent, start: (Int) -> Double) -> Int {
    if recent.blocks.isEmpty {
      recent.blocks = [Int](repeating: -1, count: Self.capacity)
      recent.xs = [Double](repeating: 0, count: Self.capacity * Pyramid.block)
      recent.ys = recent.xs
    }
    var (first, place, length) = (block, recent.next, 1)
    if let before = [block - 1, block - 2].first(where: { $0 >= 0 && recent.blocks.contains($0) }) {
      (first, place) = (before, 0)
      length = min(Self.capacity, count / Pyramid.block - before)
    }
    recent.next = (place + length) % Self.capacity
    for index in 0..<length { recent.blocks[place + index] = first + index }
    let part = place * Pyramid.block..<(place + length) * Pyramid.block
    recent.xs.withUnsafeMutableBufferPointer { xs in
      recent.ys.withUnsafeMutableBufferPointer { ys in
        source.read(
          from: first * Pyramid.block, xs: UnsafeMutableBufferPointer(rebasing: xs[part]),
          ys: UnsafeMutableBufferPointer(rebasing: ys[part]))
        for index in 0..<length {
          let block = xs[(place + index) * Pyramid.block..<(place + index + 1) * Pyramid.block]
          Self.order(
            UnsafeMutableBufferPointer(rebasing: block),
            within: start(first + index)...start(first + index + 1))
        }
      }
    }
    return place + block - first
  }

  /// Has values rise within bounds; those that do are not changed.
  static func order(_ xs: UnsafeMutableBufferPointer<Double>, within bounds: ClosedRange<Double>) {
    guard let first = xs.first, let end = xs.last else { return }
    // Nearly always all is well, and this is quicker than to go through it one by one.
    var isRising = first > bounds.lowerBound && end <= bounds.upperBound
    for index in 1..<xs.count { isRising = isRising && xs[index - 1] < xs[index] }
    guard !isRising else { return }
    var last = bounds.lowerBound
    for index in xs.indices {
      // Not a number is not greater either.
      last = xs[index] > last ? min(xs[index], bounds.upperBound) : last
      xs[index] = last
    }
  }
}

/// The points of a block while it is at hand.
struct BlockPoints {
  let xs: UnsafeBufferPointer<Double>
  let ys: UnsafeBufferPointer<Double>

  /// The first point whose x fulfils a condition that holds for all later ones too.
  func lowerBound(where condition: (Double) -> Bool) -> Int {
    var (lower, upper) = (0, xs.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if condition(xs[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }

  func extremes(in range: Range<Int>) -> Extremes {
    var result = Extremes()
    for index in range { result.add(ys[index]) }
    return result
  }
}

/// Room for the points of a block that is read from a source.
struct BlockBuffer {
  private(set) var xs = [Double](repeating: 0, count: Pyramid.block)
  private(set) var ys = [Double](repeating: 0, count: Pyramid.block)
  private(set) var indices = 0..<0

  mutating func read(_ source: any PointSource, from first: Int, count: Int) {
    indices = 0..<count
    xs.withUnsafeMutableBufferPointer { xs in
      ys.withUnsafeMutableBufferPointer { ys in
        source.read(
          from: first, xs: UnsafeMutableBufferPointer(rebasing: xs[..<count]),
          ys: UnsafeMutableBufferPointer(rebasing: ys[..<count]))
      }
    }
  }
}
