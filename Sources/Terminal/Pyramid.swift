/// Summaries of blocks of a series, each level with blocks twice as long, so that the extremes of
/// any stretch are found in logarithmic time. Only whole blocks are kept; what is left over is read
/// directly.
struct Pyramid: Sendable {
  /// Values in one block of the lowest level: memory against the reading of a block's values.
  static let block = 8

  private var levels: [[Extremes]] = []

  /// Values summed up so far, a multiple of `block`.
  var count: Int { (levels.first?.count ?? 0) * Pyramid.block }

  /// Adds the next block and every block above that it completes.
  mutating func append(_ summary: Extremes) {
    var summary = summary
    var level = 0
    while true {
      if level == levels.count { levels.append([]) }
      levels[level].append(summary)
      let count = levels[level].count
      guard count % 2 == 0 else { return }
      summary = levels[level][count - 2]
      summary.add(levels[level][count - 1])
      level += 1
    }
  }

  /// Forgets all blocks that reach beyond the first `count` values.
  mutating func truncate(to count: Int) {
    var kept = count / Pyramid.block
    for level in levels.indices {
      levels[level].removeLast(max(0, levels[level].count - kept))
      kept /= 2
    }
  }

  /// Adds the extremes of lowest-level blocks to `result`.
  func add(blocks: Range<Int>, to result: inout Extremes) {
    var lower = blocks.lowerBound
    var upper = blocks.upperBound
    var level = 0
    while lower < upper && level < levels.count {
      if lower % 2 == 1 {
        result.add(levels[level][lower])
        lower += 1
      }
      if upper % 2 == 1 {
        upper -= 1
        result.add(levels[level][upper])
      }
      lower /= 2
      upper /= 2
      level += 1
    }
  }
}
