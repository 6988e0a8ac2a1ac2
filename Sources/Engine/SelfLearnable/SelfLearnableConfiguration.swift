/// What a self-learnable activation of a network is (specification of self-learnable activations, 1
/// and 3).
package struct SelfLearnableConfiguration: Sendable, Equatable, Codable {
  package enum Sharing: String, Sendable, Codable, CaseIterable {
    /// One row of coefficients for the whole layer.
    case layer
    /// One for each channel, which is each neuron of a dense layer.
    case channel
    /// One for each channel of planes, and one for a whole layer without planes, as in the authors'
    /// convolutional networks.
    case planes
  }

  package enum Normalization: Sendable, Equatable, Codable {
    case none
    /// Each element minus its mean over the batch, divided by its deviation (1.5).
    case elements
    /// z = x / (m M + 1e-8), M being the largest |x| of a channel in the batch and m trained (MS);
    /// gradients go through M only where it `passesGradient`.
    case maximum(passesGradient: Bool)
  }

  /// What becomes of inputs that are far out.
  package enum Ends: Sendable, Equatable, Codable {
    case open
    /// z = clip(x / scale, -1, 1).
    case clipped(scale: Double)
    /// Beyond the 0.1 % and 99.9 % quantiles of the inputs the curve goes on with its tangent; of
    /// normalized elements in evaluation only.
    case tails
  }

  package enum Start: Sendable, Equatable, Codable {
    /// 1 for the first element, normal numbers of this deviation for all others.
    case identity(deviation: Double)
    /// Standard normal numbers, 1 more for the first element, and the constant 0.1: the authors'.
    case normal(addsIdentity: Bool)
    /// The least squares fit on -reach...reach; with normalized elements as if inputs were standard
    /// normal. Clipped inputs are fitted as far as they go, and inputs scaled by their maximum as they
    /// come out of that.
    case known(KnownActivation, reach: Double)
  }

  package var basis: ActivationBasis
  package var degree: Int
  package var sharing: Sharing
  package var normalization: Normalization
  package var ends: Ends
  /// Whether c_j = w_j sigmoid(theta_j), theta being the layer's (GATE).
  package var isGated: Bool
  package var start: Start

  /// A plain sum of monomials unless told otherwise.
  package init(
    basis: ActivationBasis = .monomial, degree: Int = 4, sharing: Sharing = .layer,
    normalization: Normalization = .none, ends: Ends = .open, isGated: Bool = false,
    start: Start = .identity(deviation: 0.1)
  ) {
    self.basis = basis
    self.degree = degree
    self.sharing = sharing
    self.normalization = normalization
    self.ends = ends
    self.isGated = isGated
    self.start = start
  }

  /// The authors' final form: normalized and gated monomials, shared by the layer (BN + GATE).
  package static func paper(degree: Int = 4) -> SelfLearnableConfiguration {
    SelfLearnableConfiguration(
      degree: degree, normalization: .elements, isGated: true,
      start: .normal(addsIdentity: true))
  }

  /// Chebyshev's polynomials of clipped inputs for each neuron, behind a batch normalization.
  package static func stable(degree: Int = 12) -> SelfLearnableConfiguration {
    SelfLearnableConfiguration(
      basis: .chebyshev, degree: degree, sharing: .channel, ends: .clipped(scale: 3))
  }

  /// Throws for a setting that is out of range or does not go with the others.
  package func validate() throws(SelfLearnableError) {
    guard ActivationBasis.allowedDegrees.contains(degree) else { throw .degree(degree) }
    guard basis.isPolynomial || normalization != .elements else { throw .notPolynomial }
    if case .clipped(let scale) = ends {
      guard scale.isFinite, scale > 0 else { throw .setting("scale", scale) }
      guard normalization == .none else { throw .conflict(.clippingWithNormalization) }
    }
    if case .maximum = normalization, ends == .tails { throw .conflict(.tailsWithMaximum) }
    switch start {
    case .identity(let deviation):
      guard deviation.isFinite, deviation >= 0 else { throw .setting("deviation", deviation) }
    case .known(let known, let reach):
      guard reach.isFinite, reach > 0 else { throw .setting("reach", reach) }
      _ = try StartingCurve(known, reach: reach, self)
    case .normal: break
    }
  }

  /// Trained coefficients of a row: the constant, which every basis has here, is counted apart.
  package var ownElements: Int { basis.isPolynomial ? degree : degree + 1 }

  /// Throws where training needs statistics and a batch has too few numbers of each channel.
  package func requireRows(_ count: Int) throws(SelfLearnableError) {
    guard normalization != .elements || count >= Self.leastRows else {
      throw .tooFewRows(count)
    }
  }

  static let leastRows = 2
}
