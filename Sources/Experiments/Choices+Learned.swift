import Engine

/// The words of self-learnable activations.
extension Choices {
  static let activationKinds = list { (kind: FeedForwardStudyConfiguration.Activation) in
    switch kind {
    case .quantized: "a ReLU of a few levels"
    case .learned: "sums of functions whose coefficients are trained with the weights"
    }
  }

  static let feedForwardRules = list { (rule: FeedForwardStudyConfiguration.Rule) in
    switch rule {
    case .momentum: "descent with momentum"
    case .adam: "Adam, with 0.9, 0.999 and 1e-8"
    }
  }

  static let weightStarts = list { (start: FeedForwardStudyConfiguration.Start) in
    switch start {
    case .normal: "normal numbers of variance 2 / inputs"
    case .uniform: "uniform numbers within the root of 6 / (inputs + outputs)"
    case .truncated: "normal numbers of deviation 0.1 within twice of it, biases 0.1"
    }
  }

  static let heads = list { (head: FeedForwardStudyConfiguration.Head) in
    switch head {
    case .linear: "a linear layer"
    case .logit: "the logit of the second of two classes alone, a linear one"
    case .kolmogorov: "a Kolmogorov network of Gaussian processes, readable curve by curve"
    }
  }

  static let recipes = list { (recipe: LearnedRecipe) in
    switch recipe {
    case .paper: "the authors' final form: normalized, gated powers, shared by a layer"
    case .stable: "Chebyshev's polynomials of clipped, normalized inputs for each unit; clip 5"
    }
  }

  static let routines = list { (routine: SelfLearnableRoutine) in
    switch routine {
    case .elements: "each power is normalized over the batch"
    case .maximum: "inputs are divided by a trained multiple of the largest"
    case .clipping: "powers of normalized inputs for each unit, gradients clipped at 5"
    case .penalty: "an absolute penalty of 1e-4 on coefficients"
    case .gate: "a gate for each power"
    case .joint: "all is trained together"
    case .fasterCoefficients: "coefficients at five times the learning rate"
    case .alternating: "weights and coefficients in turn, 20 steps each"
    case .hybrid: "only the first activation learns"
    }
  }

  static let bases = list { (basis: ActivationBasis) in
    switch basis {
    case .monomial: "x^j"
    case .taylor: "x^j / j!"
    case .chebyshev: "T_j, for inputs in -1...1"
    case .legendre: "P_j, for inputs in -1...1"
    case .hermite: "He_j"
    case .fourier: "sines and cosines"
    }
  }

  static let sharings = list { (sharing: SelfLearnableConfiguration.Sharing) in
    switch sharing {
    case .layer: "one for a whole layer"
    case .channel: "one for each unit, or channel of planes"
    case .planes: "one for each channel of planes, one for a layer without planes"
    }
  }

  static let hiddenSharings = list { (sharing: LearnedHidden.Sharing) in
    switch sharing {
    case .layer: "one for all units of a layer"
    case .neuron: "one for each unit"
    }
  }

  static let elementNormalizations = list { (kind: LearnedFields.Normalization) in
    switch kind {
    case .none: "nothing"
    case .elements: "each power by its mean and deviation over the batch"
    case .maximum: "inputs by the largest of the batch, through which gradients go"
    case .maximumDetached: "the same without gradients through it"
    }
  }

  static let ends = list { (ends: LearnedFields.Ends) in
    switch ends {
    case .open: "the curve goes on"
    case .clipped: "inputs divided by clipScale are held in -1...1"
    case .tails: "the tangent, beyond the 0.1 % and 99.9 % quantiles"
    }
  }

  static let curveStarts = list { (start: LearnedFields.Start) in
    switch start {
    case .identity: "the identity, with noise on all coefficients"
    case .normal: "normal coefficients"
    case .paper: "normal coefficients plus the identity"
    case .relu, .tanh, .sigmoid, .square: "the fit of \(start.rawValue)"
    }
  }
}

/// The recipes by name.
enum LearnedRecipe: String, CaseIterable, Sendable {
  case paper, stable

  func recipe(degree: Int) -> SelfLearnableRecipe {
    self == .paper ? .paper(degree: degree) : .stable(degree: degree)
  }
}
