/// Summaries of blocks of a series, each level with blocks four times as long, so that the extremes
/// of any stretch are found in logarithmic time. Only whole blocks are kept; what is left over is read
/// directly.
struct Pyramid: Sendable {
  /// Values in one block of the lowest level: memory against the reading of a block's values.
  static let block = 128

  /// Blocks of a level in one of the next: the levels above the first take a third of it.
  private static let fan = 4

  private var levels: [[Extremes]] = []

  /// Adds the next block and every block above that it completes.
  mutating func append(_ summary: Extremes) {
    var summary = summary
    var level = 0
    while true {
      if level == levels.count { levels.append([]) }
      levels[level].append(summary)
      guard levels[level].count % Pyramid.fan == 0 else { return }
      summary = levels[level].suffix(Pyramid.fan).reduce(into: Extremes()) { $0.add($1) }
      level += 1
    }
  }

  /// Adds the extremes of lowest-level blocks to `result`.
  func add(blocks: Range<Int>, to result: inout Extremes) {
    var lower = blocks.lowerBound
    var upper = blocks.upperBound
    var level = 0
    while lower < upper && level < levels.count {
      while lower < upper && lower % Pyramid.fan != 0 {
        result.add(levels[level][lower])
        lower += 1
      }
      while lower < upper && upper % Pyramid.fan != 0 {
        upper -= 1
        result.add(levels[level][upper])
      }
      lower /= Pyramid.fan
      upper /= Pyramid.fan
      level += 1
    }
  }
}
