import Foundation
import Terminal

/// The curves of a run over seconds or w rather than steps: where each step stands.
struct PlacedCurves: Sendable, Equatable {
  let axis: ChartWindow.Axis
  private(set) var places = Places()
  /// Places of edits, checkpoints and bests.
  var marks: [Double] = []
  var saves: [Double] = []
  var bests: [Double] = []

  init(_ axis: ChartWindow.Axis) { self.axis = axis }

  /// Notes where a step stands: its seconds, or w there. w falls while a run is annealed, so that
  /// -log2 w rises; where it is turned back the curve stands still.
  mutating func note(_ value: Double, at step: Double) {
    let place = axis == .w ? -log2(value) : value
    if place.isFinite { places.note(place, at: step) }
  }

  /// The place of a step, or of the last one noted before it; `nil` before all of them.
  func place(of step: Double) -> Double? { places.place(of: step) }
}
