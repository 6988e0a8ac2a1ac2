/// What self-learnable activations and networks of one's own sizes make of an experiment.
extension FeedForwardStudyConfiguration {
  /// How weights begin.
  package enum Start: String, Sendable, CaseIterable {
    case normal = "he"
    case uniform = "glorot"
    case truncated

    var weights: WeightStart {
      switch self {
      case .normal: .normal
      case .uniform: .uniform
      case .truncated: .truncated(deviation: 0.1)
      }
    }
  }

  package static var standardRecipe: SelfLearnableRecipe {
    var recipe = SelfLearnableRecipe.stable()
    recipe.clipNorm = nil
    return recipe
  }

  /// Takes a recipe, and its clipping of the gradient.
  package mutating func take(_ recipe: SelfLearnableRecipe) {
    learned = recipe
    clipNorm = recipe.clipNorm
    learned.clipNorm = nil
  }

  package mutating func apply(_ routine: SelfLearnableRoutine) {
    var recipe = learned
    recipe.clipNorm = clipNorm
    routine.apply(to: &recipe)
    take(recipe)
  }

  /// Whether there are steps with quantized activations.
  package var isQuantized: Bool { activation == .quantized || quantized.epochs > 0 }

  package var network: FeedForwardModel {
    switch model {
    case .leNet5: .leNet5
    case .vgg11: .vgg11
    case .resNet20: .resNet20
    case .chain: .chain(width: width, depth: depth)
    case .cnn: .digits(filters: filters)
    }
  }

  /// One line on the network and its activations.
  var title: String {
    let trunk =
      switch model {
      case .leNet5: "LeNet-5"
      case .vgg11: "VGG-11"
      case .resNet20: "ResNet-20"
      case .chain: "\(depth) layers of \(width)"
      case .cnn: "convolutions \(filters) and \(2 * filters)"
      }
    let curves = head == .kolmogorov ? ", \(kolmogorov.units) units of curves last" : ""
    let name = trunk + curves
    guard activation == .learned else {
      guard quantized.epochs > 0 else { return "\(name), ReLU" }
      return "\(name), \(bits)-bit activations, \(estimator.text)"
    }
    let under = isQuantized ? " under \(bits) bits" : ""
    return "\(name), learned activations: \(learned.activation.outline)\(under)"
  }

  /// What activations that learn there are, if any.
  var learnedActivations: LearnedActivations? {
    if activation == .learned { return .selfLearnable }
    return head == .kolmogorov ? .head : nil
  }

  /// Rates by steps, where there are any.
  package var rateSchedule: Schedule? {
    boundaries.isEmpty && rates.isEmpty
      ? nil
      : Schedule(.piecewiseConstant(boundaries: boundaries.map { $0 - 0.5 }, values: rates))
  }

  /// The network, with some of its activations changed.
  func makeNetwork(
    for images: any LabelledImages, changed: [Int: SelfLearnableConfiguration] = [:]
  ) throws -> FeedForwardNetwork {
    let found = images.isRegression ? 1 : images.classes
    if head == .logit, found != 2 { throw FeedForwardError.notTwoClasses(found: found) }
    var options = FeedForwardOptions(
      scalesNorm: scalesNorm, resolution: try resolutionStart(bits: bits))
    (options.start, options.dropout) = (start.weights, dropout)
    if head == .kolmogorov { options.head = try FeedForwardOptions.Head(kolmogorov) }
    if activation == .learned {
      (options.learned, options.quantizesLearned) = (learned, true)
      options.changed = changed
    }
    return try network.makeNetwork(
      input: images.shape, classes: head == .logit ? 1 : images.classes, options: options)
  }

  /// Reads or draws what it trains on.
  package func loadImages(
    from locations: DataLocations, seed: UInt64
  ) throws(DataError) -> any LabelledImages {
    try dataSet.load(
      for: model, from: locations, points: points, order: order, table: table, seed: seed)
  }

  /// Throws for activations that there are not, or that so small a batch cannot normalize.
  package func validateLearned() throws(SelfLearnableError) {
    guard activation == .learned else { return }
    try learned.validate()
    try learned.activation.requireRows(batch)
  }

  /// What a user should know before training (specification of self-learnable activations, 1.6).
  package var notes: [String] {
    let curve = learned.activation
    guard activation == .learned, curve.basis.isPolynomial, !curve.boundsInputs else { return [] }
    let degree = ([curve.degree] + learned.degrees).max() ?? curve.degree
    guard degree >= Self.worryingDegree else { return [] }
    let limit = Int(ActivationBasis.largestInput(degree: degree))
    return ["powers up to \(degree) leave single precision where inputs exceed \(limit)"]
  }

  private static let worryingDegree = 7
}

extension SelfLearnableConfiguration {
  /// Whether inputs of the elements stay in a range.
  package var boundsInputs: Bool {
    if case .clipped = ends { return true }
    if case .maximum = normalization { return true }
    return false
  }

  /// One line on what it is.
  package var outline: String {
    let rows =
      switch sharing {
      case .layer: "one row a layer"
      case .channel: "a row per unit"
      case .planes: "a row per channel of planes"
      }
    return "\(basis.rawValue), degree \(degree), \(rows)"
  }
}
