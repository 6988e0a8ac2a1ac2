import Engine

extension Messages {
  /// Why a network cannot be made.
  static func sentence(_ error: FeedForwardError) -> String {
    switch error {
    case .randomSurrogate: "a network without time has no random surrogate"
    case .imagesTooSmall(let found, let side):
      "the images have \(found.height)x\(found.width) pixels; expected at least \(side)x\(side)"
    case .activations(let error): sentence(error)
    }
  }

  /// Why self-learnable activations cannot be as asked for.
  static func sentence(_ error: SelfLearnableError) -> String {
    switch error {
    case .degree(let found):
      "a learned activation of degree \(found); expected "
        + "\(ActivationBasis.allowedDegrees.lowerBound) to \(ActivationBasis.allowedDegrees.upperBound)"
    case .notPolynomial: "a learned activation in the basis fourier, which is no polynomial"
    case .range(let range):
      "a learned activation on the range \(range.lowerBound) to \(range.upperBound)"
    case .setting(let name, let value):
      "learned activations do not take this \(name): found \(value)"
    case .tooFewRows(let found):
      "a batch of \(found) is too small for activations that are normalized over it; expected at "
        + "least 2"
    case .unfit: "numbers that no activation can be fitted to"
    case .tooManyMonomials(let inputs, let degree):
      "a polynomial of \(inputs) inputs and degree \(degree) has more than "
        + "\(ExpandedPolynomial.mostMonomials) monomials"
    }
  }
}
