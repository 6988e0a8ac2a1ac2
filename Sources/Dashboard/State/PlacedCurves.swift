import Foundation
import Terminal

/// The curves of a run over seconds or w rather than steps: where each step stands, and every
/// series with its points there. Points grow with those of the run.
struct PlacedCurves: Sendable, Equatable {
  let axis: ChartWindow.Axis
  /// Places over steps, never falling.
  private(set) var places = Series()
  private(set) var series: [String: Series] = [:]
  /// Places of edits, checkpoints and bests.
  var marks: [Double] = []
  var saves: [Double] = []
  var bests: [Double] = []

  init(_ axis: ChartWindow.Axis) { self.axis = axis }

  /// Notes where a step stands: its seconds, or w there. w falls while a run is annealed, so that
  /// -log2 w rises; where it is turned back the curve stands still.
  mutating func note(_ value: Double, at step: Double) {
    let place = axis == .w ? -log2(value) : value
    guard place.isFinite else { return }
    places.append(x: step, y: max(place, places.lastY ?? place))
  }

  /// The place of a step, or of the last one noted before it; `nil` before all of them.
  func place(of step: Double) -> Double? {
    let end = places.indices(from: -.infinity, through: step).upperBound
    return end > 0 ? places.ys[end - 1] : nil
  }

  mutating func append(_ value: Double, at step: Double, to id: String) {
    guard let place = place(of: step) else { return }
    series[id, default: Series()].append(x: place, y: value)
  }

  /// Adds all points of a series over steps, walking along with the places.
  mutating func append(_ other: Series, to id: String) {
    var placed = series[id] ?? Series()
    placed.reserveCapacity(placed.count + other.count)
    var next = 0
    for index in 0..<other.count {
      while next < places.count, places.xs[next] <= other.xs[index] { next += 1 }
      if next > 0 { placed.append(x: places.ys[next - 1], y: other.ys[index]) }
    }
    series[id] = placed
  }

  /// Puts a series over steps in the place of another.
  mutating func replace(_ other: Series, as id: String) {
    series[id] = nil
    append(other, to: id)
  }
}
