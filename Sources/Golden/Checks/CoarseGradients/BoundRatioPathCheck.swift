import Engine

/// `bound_ratio_path`: |E g|²/(|df/dv|² + <E g, df/dw>) on the way to the spurious minimum of the
/// teacher and along the path that the description names: v off by eps (1, -1, 1, -1), an angle of
/// π - eps, |w| = 1.
struct BoundRatioPathCheck: GoldenCheck {
  var name: String { "bound_ratio_path" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let teacher = try CoarseTeacher(v: [1, -0.5, 0.25, 0.75], w: [0.6, 0.8, 0])
    for row in try file.value("rows").elements() {
      tally.countCase()
      let offset = try row.value("eps").double()
      let start = CoarseStart.nearFarEnd(offset: offset, angle: offset, norm: 1)
      guard let point = try? start.point(for: teacher) else {
        throw row.invalid("a finite eps", found: "\(offset)")
      }
      for (key, listed) in try row.members() where key != "eps" {
        let estimator = try ToyEstimators.named(key, in: listed)
        let expected = ExpectedCoarseGradient(of: estimator, at: point)
        let literal = expected.literalBoundRatio(at: point)
        tally.compare(literal, try listed.double(), .relative(1e-9), at: listed.path)
        tally.compare(
          expected.boundRatio ?? .nan, literal, .relative(1e-12 + 1e-15 / (offset * offset)),
          at: "\(listed.path) by its formula")
      }
    }
  }
}

extension ExpectedCoarseGradient {
  /// The ratio with <E g, df/dw> as the product of two vectors, as the files have it. Where w is
  /// nearly opposite to w*, the rounding of u_⊥ lets the part along w into that product (at an
  /// angle of π - 1e-5 two parts in ten million of the ratio); `boundRatio` is free of this.
  func literalBoundRatio(at point: PopulationPoint) -> Double {
    let coarse = vector(at: point)
    let inner = zip(coarse, point.gradientW).reduce(0) { $0 + $1.0 * $1.1 }
    return coarse.reduce(0) { $0 + $1 * $1 } / (point.squaredGradientV + inner)
  }
}
