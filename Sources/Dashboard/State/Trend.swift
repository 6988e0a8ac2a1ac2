import Foundation
import Terminal

/// A running mean that forgets exponentially, taken in the space it is drawn in: of logarithms
/// where the axis is logarithmic. Values that have no place there are left out.
///
/// A mean over many steps moves little from one to the next, so that of a long span only some of its
/// values are kept: between two of them a value loses 1/64 of its weight at most. However long a run
/// is, its means then take no more than some ten thousand points.
struct Trend: Sendable, Equatable {
  private(set) var series = Series()
  let isGeometric: Bool
  /// Steps over which old values lose weight by a factor e.
  let span: Double
  private var mean = 0.0
  /// Sum of the weights so far: corrects the start, where little has been seen.
  private var weight = 0.0
  private var lastStep = 0

  private static let valuesPerSpan = 64.0

  init(isGeometric: Bool, span: Double) {
    self.isGeometric = isGeometric
    self.span = span
  }

  /// Adds the value after a step.
  mutating func append(_ value: Double, step: Int) {
    guard value.isFinite, value > 0 || !isGeometric else { return }
    let keep = exp(-Double(max(step - lastStep, 1)) / max(span, 1))
    mean = keep * mean + (1 - keep) * (isGeometric ? log(value) : value)
    weight = keep * weight + (1 - keep)
    lastStep = step
    let next = (series.lastX ?? 0) + (span / Self.valuesPerSpan).rounded(.down)
    guard series.isEmpty || Double(step) >= next else { return }
    let present = mean / weight
    series.append(x: Double(step), y: isGeometric ? exp(present) : present)
  }
}
