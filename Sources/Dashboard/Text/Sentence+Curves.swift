import Engine

/// What is said of learned activations.
extension Sentence {
  /// What is done to one, as a participle behind its name.
  static func reshaped(_ change: CurveChange) -> String {
    switch change {
    case .move(let point, let height): "point \(point + 1) moved to \(Figure.value(height))"
    case .freeze: "frozen"
    case .thaw: "thawed"
    case .straighten: "straightened"
    case .remove: "removed"
    case .fit: "fitted to the data"
    case .begin(let known): "begun like \(known)"
    case .degree(let degree): "made of degree \(degree)"
    case .basis(let basis): "expressed in the basis \(basis)"
    }
  }
}
