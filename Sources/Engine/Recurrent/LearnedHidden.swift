/// A self-learnable activation of the hidden units of an ``LMU``, under whatever quantizer they have,
/// and how its coefficients are trained (specification of self-learnable activations, 11):
///
///     z_t -> g(z_t) = sum_j a_j phi_j(clip(z_t / reach, -1, 1)) -> Q(g; w_h)
///
/// Inputs are always clipped, and nothing is normalized: what a polynomial gives comes back to it at
/// each step, and would leave every bound.
package struct LearnedHidden: Sendable, Equatable, Codable {
  /// Without gates and normalization, its inputs clipped.
  package var activation: SelfLearnableConfiguration
  /// Times the learning rate, for the coefficients; 0 keeps them as they are.
  package var rateFactor: Double

  /// Like tanh at first, shared by the layer, unless told otherwise.
  package init(
    _ activation: SelfLearnableConfiguration = standardActivation, rateFactor: Double = 1
  ) {
    self.activation = activation
    self.rateFactor = rateFactor
  }

  package static let standardActivation = SelfLearnableConfiguration(
    basis: .chebyshev, degree: 7, sharing: .layer, ends: .clipped(scale: 3),
    start: .known(.tanh, reach: 3))

  package static let allowedRateFactor: ClosedRange<Double> = 0...1000

  /// Throws for what no hidden units can have.
  package func validate() throws(SelfLearnableError) {
    try activation.validate()
    guard case .clipped = activation.ends else { throw .setting("ends", 0) }
    guard !activation.isGated else { throw .setting("gate", 1) }
    guard Self.allowedRateFactor.contains(rateFactor) else {
      throw .setting("rate factor", rateFactor)
    }
  }

  /// Declares its coefficients for so many units in `layout`. It must be valid.
  func declare(
    _ name: String, units: Int, in layout: inout ParameterLayout
  ) -> SelfLearnableActivation {
    do {
      try validate()
      return try SelfLearnableActivation(
        name, input: ImageShape(channels: units), configuration: activation, layout: &layout)
    } catch {
      preconditionFailure("a learned activation is validated before its network is made")
    }
  }

  /// What a step takes: of polynomials the recurrence of Clenshaw, of the others a function each.
  func work(units: Int) -> ElementwiseWork {
    let count = activation.ownElements
    return activation.basis.isPolynomial
      ? ElementwiseWork(multiplies: units * (count + 1), additions: 2 * units * count)
      : ElementwiseWork(
        multiplies: units * (count + 1), additions: units * count, functions: units * count)
  }
}

extension LMUConfiguration {
  /// Where the activity of hidden units stays, whatever goes into them.
  var bounds: ClosedRange<Double>? { learned == nil && activation == .tanh ? -1...1 : nil }
}
