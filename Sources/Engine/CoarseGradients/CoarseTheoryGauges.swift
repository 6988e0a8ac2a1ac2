/// The gauges of a theory study: those of the estimator that leads, and of each beside it a few.
enum CoarseTheoryGauges {
  /// Ids of the race begin with it and the estimator's name.
  static func raced(_ name: CoarseEstimatorName, _ gauge: String) -> String {
    "race.\(name.rawValue).\(gauge)"
  }

  static func gauges(_ race: [CoarseEstimatorName]) -> [Gauge] {
    [Gauge(id: "loss", title: "lead", group: .loss, scale: .logarithmic)]
      + race.map {
        Gauge(
          id: raced($0, "loss"), title: $0.rawValue, group: .loss, scale: .logarithmic)
      }
      + [Gauge(id: "learningRate", title: "step size", group: .learningRate, scale: .logarithmic)]
      + lead
      + race.flatMap { name in
        [
          other(raced(name, "angle"), "angle of \(name.rawValue)", "degrees", limits: 0...180),
          other(raced(name, "norm"), "|w| of \(name.rawValue)", scale: .logarithmic),
          other(raced(name, "boundRatio"), "bound ratio of \(name.rawValue)", scale: .logarithmic),
        ]
      }
  }

  private static let lead = [
    other("angle", "angle of w and w*", "degrees", limits: 0...180),
    other("norm", "|w|", scale: .logarithmic),
    other("distance", "|v - v*|"), other("farDistance", "|v - v_sp|"),
    other("gradientV", "|df/dv|", scale: .logarithmic),
    other("coarseAngle", "angle of coarse gradient and df/dw", "degrees", limits: 0...180),
    other("inner", "<E g, df/dw>"), other("radial", "E g along w"),
    other("tangential", "E g across w", scale: .logarithmic),
    other("boundRatio", "bound ratio", scale: .logarithmic),
    other("empiricalLoss", "loss of the batch", scale: .logarithmic),
    other("sampleAngle", "angle of batch and expectation", "degrees", limits: 0...180),
  ]

  private static func other(
    _ id: String, _ title: String, _ unit: String = "", scale: Gauge.Scale = .linear,
    limits: ClosedRange<Double>? = nil
  ) -> Gauge {
    Gauge(id: id, title: title, unit: unit, group: .other, scale: scale, limits: limits)
  }

  /// What is read of the leading estimator after a step.
  static func readings(_ descent: CoarseGradientDescent) -> [Reading] {
    let now = CoarseReadings(descent)
    let degrees = { (radians: Double) in radians * 180 / .pi }
    let always: [(String, Double)] = [
      ("angle", degrees(now.angle)), ("norm", now.norm), ("distance", now.distanceToTeacher),
      ("farDistance", now.distanceToFarEnd), ("gradientV", now.gradientV), ("inner", now.inner),
      ("radial", now.radial), ("tangential", now.tangential),
    ]
    let sometimes: [(String, Double?)] = [
      ("coarseAngle", now.coarseAngle.map(degrees)), ("boundRatio", now.boundRatio),
      ("empiricalLoss", now.empiricalLoss), ("sampleAngle", now.sampleAngle.map(degrees)),
    ]
    return always.map { Reading($0, $1) }
      + sometimes.compactMap { id, value in value.map { Reading(id, $0) } }
  }
}
