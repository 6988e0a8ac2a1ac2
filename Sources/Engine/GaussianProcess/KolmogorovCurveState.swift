/// What belongs to one curve and can be put back.
struct KolmogorovCurveState: Sendable, Equatable, Codable {
  var place: KolmogorovCurvePlace
  var numbers: [Float]
  /// Whether training leaves it as it is, as the user wants.
  var isFrozen: Bool
  /// Whether a constant stands in its place: 0 of an outer curve, whose mean is in the bias.
  var isRemoved: Bool
  var constant: Double?
}

/// Some curves before or after an edit, with the biases where these have changed with them.
struct KolmogorovCurveStates: Sendable, Equatable, Codable {
  var curves: [KolmogorovCurveState]
  var biases: [Float]?
}

/// An edit that can be undone.
enum KolmogorovTurn: Sendable, Equatable, Codable {
  case steering
  case curves(from: KolmogorovCurveStates, to: KolmogorovCurveStates)
  case grid(from: KolmogorovGrid, to: KolmogorovGrid)
}

extension KolmogorovTrainer {
  /// The same as it is at present; `removed` are the curves that constants stand for.
  func state(
    _ place: KolmogorovCurvePlace, frozen: Set<KolmogorovCurvePlace>,
    removed: Set<KolmogorovCurvePlace>
  ) -> KolmogorovCurveState {
    var constant: Double?
    if case .inner(let unit, let input) = place { constant = shape.constants[unit][input] }
    return KolmogorovCurveState(
      place: place, numbers: parameters.numbers(place, in: weights).array,
      isFrozen: frozen.contains(place), isRemoved: removed.contains(place), constant: constant)
  }

  /// Puts the numbers of a curve back, and the constant in its place.
  func set(_ state: KolmogorovCurveState) {
    parameters.numbers(state.place, in: weights).set(state.numbers)
    if case .inner(let unit, let input) = state.place {
      shape.constants[unit][input] = state.constant
    }
  }

  var biases: [Float] {
    get { weights[parameters.bias].array }
    set { weights[parameters.bias].set(newValue) }
  }

  /// In reading order, unit by unit.
  var places: [KolmogorovCurvePlace] {
    (0..<parameters.units).flatMap { unit in
      (0..<parameters.inputs).map { KolmogorovCurvePlace.inner(unit: unit, input: $0) }
        + (0..<parameters.outerCurves).map { KolmogorovCurvePlace.outer(unit: unit, output: $0) }
    }
  }

  func has(_ place: KolmogorovCurvePlace) -> Bool {
    switch place {
    case .inner(let unit, let input):
      0..<parameters.units ~= unit && 0..<parameters.inputs ~= input
    case .outer(let unit, let output):
      0..<parameters.units ~= unit && 0..<parameters.outerCurves ~= output
    }
  }
}
