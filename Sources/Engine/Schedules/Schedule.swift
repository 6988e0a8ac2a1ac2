/// A quantity as a pure function of how far a run has come: the resolution w of a quantizer, or
/// the learning rate.
///
/// A schedule has up to three phases. During `bypass` the value is infinite (the quantizer is
/// off). Then `shape` runs from its start to its end value, and during `hold` at the end of the
/// run the end value stays. Shapes are those of the hybrid-spiking specification, section 2.2.
package struct Schedule: Sendable, Equatable, Codable {
  package var shape: ScheduleShape
  /// Share of all steps at the start during which the value is infinite.
  package var bypass: Double
  /// Share of all steps at the end during which the final value is held.
  package var hold: Double

  package init(_ shape: ScheduleShape, bypass: Double = 0, hold: Double = 0) {
    self.shape = shape
    self.bypass = bypass
    self.hold = hold
  }

  /// The value before step `step` (counted from 0) of `steps`; steps may be fractional.
  package func value(at step: Double, of steps: Int) -> Double {
    let total = Double(steps)
    let begin = bypass * total
    if bypass > 0 && step < begin { return .infinity }
    let annealed = max(total * (1 - bypass - hold), 0)
    let passed = max(step - begin, 0)
    let progress = annealed > 0 ? min(1, passed / annealed) : 1
    // Shapes that count steps would otherwise go on through the hold.
    let elapsed = hold > 0 ? min(passed, annealed) : passed
    return shape.value(progress: progress, elapsed: elapsed)
  }

  /// Checks phases and shape. `allowed` is the range of the scheduled quantity.
  package func validate(allowed: ClosedRange<Double>) throws(ScheduleError) {
    guard bypass >= 0, hold >= 0, bypass + hold <= 1 else {
      throw .phases(bypass: bypass, hold: hold)
    }
    try shape.validate(allowed: allowed)
  }
}

/// What is wrong with a schedule.
package enum ScheduleError: Error, Sendable, Equatable {
  /// `bypass` and `hold` must be shares whose sum is at most 1.
  case phases(bypass: Double, hold: Double)
  case outOfRange(field: String, value: Double, allowed: ClosedRange<Double>)
  case tooFew(field: String, count: Int, minimum: Int)
  /// Positions or boundaries must increase.
  case notIncreasing(field: String, index: Int)
  case wrongCount(field: String, count: Int, expected: Int)
}
