import Engine
import Terminal

/// The keys of the Curves screen.
extension KeyMap {
  static let curves: [KeyBinding] = [
    binding(
      "h", or: .left, "curveleft", hint: "curve", "the curve or the point before", .move(-1, 0)),
    binding(
      "j", or: .down, "curvedown", hint: "curve", "the curve below; the point lower", .move(0, 1)),
    binding(
      "k", or: .up, "curveup", hint: "curve", "the curve above; the point higher", .move(0, -1)),
    binding("l", or: .right, "curveright", hint: "curve", "the next curve or point", .move(1, 0)),
    binding("i", "curvealone", hint: "alone", "the chosen curve alone, as Enter does", .alone),
    binding("g", "grab", hint: "grab", "hold a control point: move it, Enter keeps", .grab),
    binding("f", "freezecurve", hint: "freeze", "train the curve no more, or again", .freeze),
    binding("t", "straighten", hint: "straight", "the curve becomes a straight line", .straighten),
    KeyBinding(
      .character("z"), name: "regrid", scope: .pages([.curves]),
      "spread control points over what comes in", .curves(.regrid)),
    binding("x", "removecurve", hint: "remove", "the curve becomes a constant", .remove),
    binding("a", "fitcurve", hint: "fit", "the best coefficients for the data, now", .fit),
    binding("o", "likecurve", hint: "like", "begin anew like the next known function", .beginAnew),
    binding("c", "basis", hint: "basis", "the next basis, the curve as it is", .basis),
    KeyBinding(
      .character("+"), .character("="), name: "degreeup", hint: "degree",
      scope: .pages([.curves]), "one degree more", .curves(.degree(1))),
    binding("-", "degreedown", hint: "degree", "one degree less", .degree(-1)),
    binding("p", "prune", hint: "prune", "remove all curves that hardly matter", .prune),
    binding("n", "nextexample", hint: "row", "explain the next row of the data", .example(1)),
    binding("N", "previousexample", hint: "row", "explain the row before", .example(-1)),
    binding("e", "nexterror", hint: "error", "explain the next error", .nextError),
    binding("U", "uncertain", hint: "unsure", "explain the least certain row", .mostUncertain),
    binding("b", "curvesback", hint: "epoch", "the curves of an epoch before", .back(1)),
    binding("B", "curveslater", hint: "epoch", "the curves of an epoch later", .back(-1)),
  ]

  private static func binding(
    _ key: Character, or arrow: Key? = nil, _ name: String, hint: String, _ description: String,
    _ turn: CurvesTurn
  ) -> KeyBinding {
    KeyBinding(key, or: arrow, name, on: .curves, hint: hint, description, .curves(turn))
  }
}

/// What a key does with learned activations.
package enum CurvesTurn: Sendable, Equatable {
  /// So many curves to the right and down; of a point that is held, to the next one and lower.
  case move(Int, Int)
  case alone, grab, freeze, straighten, remove, regrid, fit, beginAnew, basis, prune
  case degree(Int)
  /// So many rows of the data further.
  case example(Int)
  case nextError, mostUncertain
  /// So many epochs back.
  case back(Int)
}

extension CurvesTurn {
  /// Whether it does something to activations of a kind.
  func suits(_ kind: LearnedActivations) -> Bool {
    switch self {
    case .grab: kind != .selfLearnable
    case .straighten, .remove, .regrid, .prune, .example, .nextError, .mostUncertain:
      kind == .gaussianProcess
    case .fit, .beginAnew, .basis, .degree: kind == .selfLearnable
    case .freeze: kind != .head
    case .move, .alone, .back: true
    }
  }

  /// Whether it changes the run.
  var isEdit: Bool {
    switch self {
    case .move, .alone, .example, .nextError, .mostUncertain, .back: false
    default: true
    }
  }
}
