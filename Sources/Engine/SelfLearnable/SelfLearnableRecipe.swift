/// A network's activations and how they are trained: what the training routines of the authors
/// change (specification of self-learnable activations, 3).
package struct SelfLearnableRecipe: Sendable, Equatable, Codable {
  package enum Places: Sendable, Equatable, Codable {
    case all
    /// The first so many; the rest are those of the network (HYB).
    case first(Int)
  }

  package var activation: SelfLearnableConfiguration
  /// Whether a batch normalization without gain and shift precedes each.
  package var normalizesInputs: Bool
  /// Largest norm of the whole gradient.
  package var clipNorm: Double?
  package var training: CoefficientTraining
  package var places: Places
  /// Degrees of the first activations, where they are not that of ``activation``.
  package var degrees: [Int] = []

  /// Trained jointly, in all places, unless told otherwise.
  package init(
    _ activation: SelfLearnableConfiguration, normalizesInputs: Bool = false,
    clipNorm: Double? = nil, training: CoefficientTraining = CoefficientTraining(),
    places: Places = .all
  ) {
    self.activation = activation
    self.normalizesInputs = normalizesInputs
    self.clipNorm = clipNorm
    self.training = training
    self.places = places
  }

  /// The authors' final form.
  package static func paper(degree: Int = 4) -> SelfLearnableRecipe {
    SelfLearnableRecipe(.paper(degree: degree))
  }

  /// The one that learned two spirals every time.
  package static func stable(degree: Int = 12) -> SelfLearnableRecipe {
    SelfLearnableRecipe(.stable(degree: degree), normalizesInputs: true, clipNorm: standardClip)
  }

  fileprivate static let standardClip = 5.0

  /// Activation `number` of a network, counted from 0.
  package func activation(at number: Int) -> SelfLearnableConfiguration {
    var activation = activation
    if degrees.indices.contains(number) { activation.degree = degrees[number] }
    return activation
  }

  /// Throws for what there is not.
  package func validate() throws(SelfLearnableError) {
    try activation.validate()
    for number in degrees.indices { try activation(at: number).validate() }
    try training.validate()
    if let clipNorm, !(clipNorm > 0) { throw .setting("clipping norm", clipNorm) }
    if case .first(let count) = places, count < 0 { throw .setting("places", Double(count)) }
  }
}

/// A training routine by its name in the specification, 3.
package enum SelfLearnableRoutine: String, Sendable, Codable, CaseIterable {
  /// Elements normalized over the batch.
  case elements = "BN"
  /// Inputs divided by a trained multiple of the largest.
  case maximum = "MS"
  /// Powers of normalized inputs for each neuron, and a clipped gradient.
  case clipping = "GC"
  /// A penalty on the coefficients, apart from the loss.
  case penalty = "PEN"
  /// A gate for each power.
  case gate = "GATE"
  /// One optimizer for all.
  case joint = "JOINT"
  /// Coefficients at five times the learning rate.
  case fasterCoefficients = "LR5"
  /// Weights and coefficients in turn, 20 steps each.
  case alternating = "ALT"
  /// Only the first activation learns.
  case hybrid = "HYB"

  /// Changes what the routine is about, and leaves the rest.
  package func apply(to recipe: inout SelfLearnableRecipe) {
    switch self {
    case .elements:
      recipe.activation.normalization = .elements
      recipe.normalizesInputs = false
      if recipe.activation.ends != .tails { recipe.activation.ends = .open }
    case .maximum:
      recipe.activation.normalization = .maximum(passesGradient: true)
      (recipe.activation.ends, recipe.activation.sharing) = (.open, .layer)
      recipe.normalizesInputs = false
    case .clipping:
      recipe.activation.normalization = .none
      (recipe.activation.basis, recipe.activation.sharing) = (.monomial, .channel)
      recipe.activation.ends = .open
      recipe.normalizesInputs = true
      recipe.clipNorm = SelfLearnableRecipe.standardClip
    case .penalty: recipe.training.penalty = CoefficientPenalty(absolute: 1e-4)
    case .gate: recipe.activation.isGated = true
    case .joint:
      (recipe.training.rateFactor, recipe.training.alternation) = (1, nil)
      recipe.training.isFrozen = false
    case .fasterCoefficients: recipe.training.rateFactor = 5
    case .alternating: recipe.training.alternation = 20
    case .hybrid: recipe.places = .first(1)
    }
  }
}

extension FeedForwardBuilder {
  /// Adds activation `number` of a network, counted from 0, as the recipe has it: with what precedes
  /// it, or the network's own behind a batch normalization where the recipe leaves this place.
  package mutating func activation(
    _ number: Int, of recipe: SelfLearnableRecipe
  ) throws(SelfLearnableError) {
    if case .first(let count) = recipe.places, number >= count {
      batchNorm()
      activation()
      return
    }
    if recipe.normalizesInputs { batchNorm() }
    try selfLearnable(recipe.activation(at: number))
  }
}
