/// What one channel of a ``SelfLearnableActivation`` is in evaluation, in double: running statistics
/// are folded into its coefficients, so that it is a plain curve to draw, tabulate or export.
package struct LearnedCurve: Sendable, Equatable {
  package let curve: ActivationCurve
  /// What is added to the curve: a constant where its basis has none.
  package let offset: Double
  /// z = scale x goes into the curve, within `ends`.
  package let scale: Double
  package let ends: ClosedRange<Double>
  /// Whether the curve goes on with its tangents beyond, and does not stay.
  package let hasTails: Bool

  package init(
    curve: ActivationCurve, offset: Double, scale: Double, ends: ClosedRange<Double>,
    hasTails: Bool
  ) {
    (self.curve, self.offset, self.scale) = (curve, offset, scale)
    (self.ends, self.hasTails) = (ends, hasTails)
  }

  /// A plain curve.
  package init(_ curve: ActivationCurve) {
    self.init(
      curve: curve, offset: 0, scale: 1, ends: -Double.infinity...Double.infinity,
      hasTails: false)
  }

  package func value(_ x: Double) -> Double {
    let (z, beyond) = place(x)
    return offset + curve.value(z) + (hasTails ? beyond * curve.slope(z) : beyond - beyond)
  }

  /// The derivative by x.
  package func slope(_ x: Double) -> Double {
    let (z, beyond) = place(x)
    return beyond == 0 || hasTails ? scale * curve.slope(z) : 0
  }

  /// The derivatives by the coefficients of ``curve``.
  package func elements(_ x: Double) -> [Double] {
    let (z, beyond) = place(x)
    let values = curve.basis.values(z, degree: curve.degree)
    guard hasTails, beyond != 0 else { return values }
    return zip(values, curve.basis.slopes(z, degree: curve.degree)).map { $0 + beyond * $1 }
  }

  func place(_ x: Double) -> (z: Double, beyond: Double) {
    let z = min(max(scale * x, ends.lowerBound), ends.upperBound)
    return (z, scale * x - z)
  }
}

extension SelfLearnableActivation {
  /// The curve of a channel with running statistics.
  package func curve(ofChannel channel: Int, _ weights: ParameterSlab) -> LearnedCurve {
    let row = row(ofChannel: channel)
    var constant = Double(weights[constant][row, 0])
    var own = (0..<configuration.ownElements).map {
      Double(weights[coefficients][row, $0]) * Double(gateValue($0, weights))
    }
    if let statistics {
      for j in own.indices {
        let variance = Double(weights[statistics.variance][channel, j])
        own[j] /= (variance + Self.epsilon).squareRoot()
        constant -= own[j] * Double(weights[statistics.mean][channel, j])
      }
    }
    var (scale, ends) = (1.0, -Double.infinity...Double.infinity)
    if let maximum {
      let peak = Double(weights[maximum.peak][channel, 0])
      scale = 1 / (Double(weights[maximum.multiplier][0, 0]) * peak + Self.epsilon)
    }
    if case .clipped(let end) = configuration.ends { (scale, ends) = (1 / end, -1...1) }
    if let quantiles {
      let (low, high) = (weights[quantiles][channel, 0], weights[quantiles][channel, 1])
      if low < high { ends = Double(low)...Double(high) }
    }
    let isPolynomial = configuration.basis.isPolynomial
    guard
      let curve = try? ActivationCurve(configuration.basis, isPolynomial ? [constant] + own : own)
    else { preconditionFailure("the degree was validated when the layer was made") }
    return LearnedCurve(
      curve: curve, offset: isPolynomial ? 0 : constant, scale: scale, ends: ends,
      hasTails: configuration.ends == .tails)
  }
}
