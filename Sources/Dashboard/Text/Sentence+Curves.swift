import Engine

/// What is said of learned activations.
extension Sentence {
  static let noCurves = "No curves have come yet."
  static let noFurtherCurve = "There is no curve there."
  static let noFurtherPoint = "There is no point there."
  static let noFurtherLook = "There is no other epoch to look at."
  static let noPoints = "These curves have coefficients and no control points to hold."
  static let notForThese = "These activations cannot be changed or explained so."

  /// What is done to one, as a participle behind its name.
  static func reshaped(_ change: CurveChange) -> String {
    switch change {
    case .move(let point, let height): "point \(point + 1) moved to \(Figure.value(height))"
    case .freeze: "frozen"
    case .thaw: "thawed"
    case .straighten: "straightened"
    case .remove: "removed"
    case .regrid: "and its like go through points spread anew"
    case .fit: "fitted to the data"
    case .begin(let known): "begun like \(known)"
    case .degree(let degree): "made of degree \(degree)"
    case .basis(let basis): "expressed in the basis \(basis)"
    }
  }

  static func curves(back: Int, epoch: Int) -> String {
    back == 0 ? "The curves as they are." : "The curves of epoch \(epoch)."
  }

  static func grabbed(_ title: String) -> String {
    "A point of \(title) is held: arrows move it, Enter keeps, Esc puts it back."
  }

  static func holding(point: Int, of title: String, height: Double) -> String {
    "Point \(point + 1) of \(title) at \(Figure.value(height)): Enter keeps, Esc puts it back."
  }

  static func kept(point: Int) -> String { "Point \(point + 1) stays where it is; u undoes." }
  static func putBack(point: Int) -> String { "Point \(point + 1) is where it was." }

  static func explaining(_ example: CurvesRequest.ExampleChoice) -> String {
    switch example {
    case .row(let row): "Explaining row \(row + 1) of the test data."
    case .mostUncertain: "Explaining the least certain row."
    case .error(let index): "Explaining error \(index + 1)."
    }
  }
}
