import Engine

/// `ste_moments`: the four moments of estimators over a grid of |w| and angle.
struct CoarseMomentsCheck: GoldenCheck {
  var name: String { "ste_moments" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for item in try file.value("grid").elements() {
      tally.countCase()
      let norm = try item.value("r")
      guard try norm.double() > 0 else { throw norm.invalid("a number above 0", found: "less") }
      let place = CoarsePlace(
        norm: try norm.double(), angle: try item.value("theta").double())
      for (name, listed) in try item.value("ste").members() {
        let estimator = try ToyEstimators.named(name, in: listed)
        for (key, number) in estimator.moments(at: place).named {
          let value = try listed.value(key)
          tally.compare(number, try value.double(), estimator.tolerance, at: value.path)
        }
      }
    }
  }
}
