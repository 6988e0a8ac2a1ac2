package import Engine

extension SelfLearnableError {
  /// Why self-learnable activations cannot be as asked for, as a clause.
  package var sentence: String {
    switch self {
    case .degree(let found):
      "degree \(found), expected \(ActivationBasis.allowedDegrees.lowerBound) to "
        + "\(ActivationBasis.allowedDegrees.upperBound)"
    case .notPolynomial: "the basis fourier is no polynomial, as this needs"
    case .range(let range): "the range \(range.lowerBound) to \(range.upperBound) has no length"
    case .setting(let name, let value): "\(name): found \(value), which is out of its range"
    case .conflict(.clippingWithNormalization):
      "clipping with a normalization: inputs held in -1...1 need none, expected ends other than "
        + "\"clipped\" or normalization \"none\""
    case .conflict(.tailsWithMaximum):
      "tails with normalization by the maximum: scaled inputs have no fixed quantiles, expected "
        + "ends other than \"tails\" or another normalization"
    case .tooFewRows(let found):
      "a batch of \(found) is too small for activations that are normalized over it, expected at "
        + "least 2"
    case .unfit: "numbers that no activation can be fitted to"
    case .tooManyMonomials(let inputs, let degree):
      "a polynomial of \(inputs) inputs and degree \(degree) has more than "
        + "\(ExpandedPolynomial.mostMonomials) monomials"
    }
  }
}
