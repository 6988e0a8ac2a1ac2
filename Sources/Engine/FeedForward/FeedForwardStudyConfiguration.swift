/// The training of a network without time whose activations are quantized, as an experiment: in full
/// precision first, and from these weights quantized (specification of the coarse gradient, 4).
package struct FeedForwardStudyConfiguration: Sendable, Equatable {
  package enum Model: String, Sendable, CaseIterable {
    case leNet5 = "lenet5"
    case vgg11, resNet20 = "resnet20"
    case chain, cnn

    /// The smallest side of images that it takes.
    package var leastSide: Int {
      FeedForwardStudyConfiguration(model: self).network.leastSide
    }
  }

  /// What the activations are.
  package enum Activation: String, Sendable, CaseIterable {
    case quantized
    /// Self-learnable, and under the quantizer in the quantized course.
    case learned
  }

  /// What the last layer is.
  package enum Head: String, Sendable, CaseIterable {
    case linear
    /// A linear one with the logit of the second of two classes alone.
    case logit
    /// A Kolmogorov network of Gaussian processes on normalized, clipped features.
    case kolmogorov
  }

  package enum Rule: String, Sendable, CaseIterable { case momentum, adam }

  /// Epochs with the same activations, in which the rate falls at some of them, counted from their
  /// first.
  package struct Course: Sendable, Equatable {
    package var epochs: Int
    package var rate: Double
    package var milestones: [Double]

    package init(epochs: Int, rate: Double, milestones: [Double] = []) {
      self.epochs = epochs
      self.rate = rate
      self.milestones = milestones
    }
  }

  package var model = Model.leNet5
  package var dataSet = FeedForwardDataSet.synthetic
  /// The file of the user and how a table is divided, where the data are one.
  package var table = TableConfiguration()
  /// Resolution of the activations.
  package var bits = 2
  package var thresholds = QuantizedReLU.Thresholds.nearest
  /// What stands for their gradient; a clipped one ends where they saturate.
  package var estimator = FeedForwardEstimator.clippedReLU
  /// How their resolution is found.
  package var resolution = ResolutionRule.fixed
  /// delta of EWGS, which scales gradients by how far inputs are from their levels.
  package var elementWise = 0.0
  /// Whether batch normalization has a gain and a shift.
  package var scalesNorm = false
  package var fullPrecision = Course(epochs: 5, rate: 0.1)
  package var quantized = Course(epochs: 10, rate: 0.1)
  /// What the rate is multiplied by at each milestone.
  package var factor = 0.1
  package var momentum = 0.9
  package var weightDecay = 0.0
  package var batch = 64
  /// Parts that a batch is divided into. Belongs to the experiment: results depend on it.
  package var shards = 2
  /// Whether training images are moved and mirrored.
  package var augments = false
  /// Whether the samples that validate train too, so that those of the test validate, as published
  /// networks without samples set aside for validation were trained.
  package var trainsOnValidation = false
  /// Samples that train, and that validate and test; 0 for all there are.
  package var trainingSamples = 0
  package var evaluationSamples = 0
  /// Steps a second where somebody watches; the highest for no limit.
  package var speed = FeedForwardStudyConfiguration.allowedSpeeds.upperBound
  /// Validate after every so many epochs.
  package var everyEpochs = 1
  package var activation = Activation.quantized
  /// The activations that learn, where they do; its clipping is ``clipNorm``.
  package var learned = Self.standardRecipe
  /// Hidden layers of a chain and units of each, and the channels of the first layer of `cnn`.
  package var width = 20
  package var depth = 2
  package var filters = 16
  /// Points that are drawn, and factors of the products of a polynomial regression.
  package var points = standardPoints
  package var order = standardOrder
  package var dropout = 0.0
  package var start = Start.normal
  package var head = Head.linear
  /// The last layer where it is a Kolmogorov network.
  package var kolmogorov = KolmogorovHead()
  package var rule = Rule.momentum
  /// Largest norm of the whole gradient; `nil` for any.
  package var clipNorm: Double?
  /// Steps between two learning rates, and these, in place of those of the courses; none for them.
  package var boundaries: [Double] = []
  package var rates: [Double] = []

  package init() {}

  init(model: Model) { self.model = model }

  package static let standardPoints = 5000
  package static let standardOrder = 3
  package static let allowedBits = 1...8
  package static let allowedSpeeds = 1.0...1e6
  package static let allowedElementWise = 0.0...1.0
  /// Layers have no random numbers, so that one curve is not offered.
  package static let estimators = Surrogate.Kind.allCases.filter { $0 != .stochasticSpike }

  package var epochs: Int { fullPrecision.epochs + quantized.epochs }

  /// Activations with these dials.
  ///
  /// Throws where their surrogate cannot be made.
  func activation(_ dials: FeedForwardDials) throws -> FeedForwardActivation {
    let relu = try QuantizedReLU.calibrated(bits: dials.bits, thresholds: thresholds)
    var activation = try FeedForwardActivation(
      relu, by: try dials.estimator.surrogate(for: relu))
    (activation.rule, activation.elementWise) = (resolution, elementWise)
    return activation
  }

  /// Throws where the estimator cannot be scaled as asked for.
  package func validateEstimator() throws(SurrogateError) {
    // Bits in their range have a calibration.
    guard let relu = try? QuantizedReLU.calibrated(bits: bits, thresholds: thresholds) else {
      return
    }
    _ = try estimator.surrogate(for: relu)
  }

  /// What resolutions begin with where layers learn their own.
  func resolutionStart(bits: Int) throws -> Double? {
    guard resolution.isLearned else { return nil }
    return resolution.start(try QuantizedReLU.calibrated(bits: bits, thresholds: thresholds))
  }

  func training(seed: UInt64) -> FeedForwardConfiguration {
    let rule: OptimizerRule =
      switch self.rule {
      case .momentum: .momentum(momentum)
      case .adam: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      }
    var training = FeedForwardConfiguration(
      optimizer: OptimizerConfiguration(
        rule: rule, learningRate: Schedule(.hold(quantized.rate)), clipNorm: clipNorm),
      weightDecay: weightDecay, augmentation: augments ? ImageAugmentation() : nil, batch: batch,
      shards: shards, seed: seed)
    training.coefficients = learned.training
    return training
  }

  /// The learning rate of all steps, both courses one after the other.
  func schedule(stepsPerEpoch: Int) -> Schedule {
    if let schedule = rateSchedule { return schedule }
    var (boundaries, values): ([Double], [Double]) = ([], [])
    var first = 0
    for course in [fullPrecision, quantized] {
      for epoch in 0..<course.epochs {
        let falls = course.milestones.count { $0 <= Double(epoch) }
        let rate = (0..<falls).reduce(course.rate) { rate, _ in rate * factor }
        guard rate != values.last else { continue }
        // Between the last step at the old rate and the first at the new one.
        if !values.isEmpty { boundaries.append(Double((first + epoch) * stepsPerEpoch) - 0.5) }
        values.append(rate)
      }
      first += course.epochs
    }
    return values.count > 1
      ? Schedule(.piecewiseConstant(boundaries: boundaries, values: values))
      : Schedule(.hold(values.first ?? quantized.rate))
  }
}
