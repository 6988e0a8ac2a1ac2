extension ScheduleShape {
  /// Refuses numbers from which no value could be computed, or values outside `allowed`. Shapes
  /// that take logarithms or reciprocals need values above 0.
  func validate(allowed: ClosedRange<Double>) throws(ScheduleError) {
    let positive =
      max(
        allowed.lowerBound, .leastNormalMagnitude)...max(
        allowed.upperBound, .leastNormalMagnitude)
    switch self {
    case .hold(let value):
      try Self.check("value", value, in: allowed)
    case .linear(let start, let end), .cosine(let start, let end):
      try Self.check("start", start, in: allowed)
      try Self.check("end", end, in: allowed)
    case .geometric(let start, let end), .harmonic(let start, let end),
      .cosineLog(let start, let end):
      try Self.check("start", start, in: positive)
      try Self.check("end", end, in: positive)
    case .step(let start, let end, let plateaus):
      try Self.check("start", start, in: positive)
      try Self.check("end", end, in: positive)
      guard plateaus >= 2 else { throw .tooFew(field: "plateaus", count: plateaus, minimum: 2) }
    case .exponential(let start, let rate, let decaySteps, _):
      try Self.check("start", start, in: allowed)
      try Self.check("rate", rate, in: Double.leastNormalMagnitude...1)
      try Self.check("decaySteps", decaySteps, in: 1...Double(Int32.max))
    case .piecewiseConstant(let boundaries, let values):
      try Self.validate(boundaries: boundaries, values: values, allowed: allowed)
    case .keypoints(let points, let interpolation):
      try Self.validate(points, allowed: interpolation == .log ? positive : allowed)
    case .bits(let start, let end, let width):
      try Self.check("start", start, in: 0.01...24)
      try Self.check("end", end, in: 0.01...24)
      try Self.check(
        "width", width, in: Double.leastNormalMagnitude...Double.greatestFiniteMagnitude)
    }
  }

  private static func validate(
    boundaries: [Double], values: [Double], allowed: ClosedRange<Double>
  ) throws(ScheduleError) {
    guard values.count == boundaries.count + 1 else {
      throw .wrongCount(field: "values", count: values.count, expected: boundaries.count + 1)
    }
    for value in values { try check("values", value, in: allowed) }
    for index in boundaries.indices.dropFirst() where !(boundaries[index] > boundaries[index - 1]) {
      throw .notIncreasing(field: "boundaries", index: index)
    }
  }

  private static func validate(
    _ points: [Keypoint], allowed: ClosedRange<Double>
  ) throws(ScheduleError) {
    guard !points.isEmpty else { throw .tooFew(field: "points", count: 0, minimum: 1) }
    for (index, point) in points.enumerated() {
      try check("points", point.position, in: 0...1)
      try check("points", point.value, in: allowed)
      if index > 0, !(point.position > points[index - 1].position) {
        throw .notIncreasing(field: "points", index: index)
      }
    }
  }

  private static func check(
    _ field: String, _ value: Double, in allowed: ClosedRange<Double>
  ) throws(ScheduleError) {
    guard allowed.contains(value) else {
      throw .outOfRange(field: field, value: value, allowed: allowed)
    }
  }
}
