extension FeedForwardDials {
  /// Numbers of how coefficients are trained.
  var coefficientKnobs: [Knob] {
    let penalty = coefficients.penalty ?? CoefficientPenalty()
    let knob = { (id: String, title: String, value: Double, most: Double, step: Knob.NotchStep) in
      Knob(id: id, title: title, kind: .number(value: value, range: 0...most, step: step))
    }
    return [
      knob(
        Knobs.rateFactor, "rate of coefficients, times", coefficients.rateFactor, 1000,
        .multiply(2)),
      knob(
        Knobs.absolute, "absolute penalty of coefficients", penalty.absolute, 100,
        .add(Self.notch)),
      knob(Knobs.square, "square penalty of coefficients", penalty.square, 100, .add(Self.notch)),
    ]
  }

  private static let notch = 1e-4

  /// The training of coefficients with one of its numbers set; `nil` for another knob.
  func coefficients(_ id: String, _ value: Double) -> CoefficientTraining? {
    var turned = coefficients
    var penalty = turned.penalty ?? CoefficientPenalty()
    switch id {
    case Knobs.rateFactor:
      turned.rateFactor = value
      return turned
    case Knobs.absolute: penalty.absolute = value
    case Knobs.square: penalty.square = value
    default: return nil
    }
    let isNone = penalty.absolute == 0 && penalty.square == 0
    turned.penalty = isNone ? nil : penalty
    return turned
  }
}
