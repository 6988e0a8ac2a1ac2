/// The training of a network without time whose activations are quantized, as an experiment: in full
/// precision first, and from these weights quantized (specification of the coarse gradient, 4).
package struct FeedForwardStudyConfiguration: Sendable, Equatable {
  package enum Model: String, Sendable, CaseIterable {
    case leNet5 = "lenet5"
    case vgg11, resNet20 = "resnet20"

    package var network: FeedForwardModel {
      switch self {
      case .leNet5: .leNet5
      case .vgg11: .vgg11
      case .resNet20: .resNet20
      }
    }

    var title: String {
      switch self {
      case .leNet5: "LeNet-5"
      case .vgg11: "VGG-11"
      case .resNet20: "ResNet-20"
      }
    }

    /// The smallest side of images that it takes.
    package var leastSide: Int { network.leastSide }
  }

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
  /// Validate after every so many epochs.
  package var everyEpochs = 1

  package init() {}

  package static let allowedBits = 1...8
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
    FeedForwardConfiguration(
      optimizer: OptimizerConfiguration(
        rule: .momentum(momentum), learningRate: Schedule(.hold(quantized.rate)), clipNorm: nil),
      weightDecay: weightDecay, augmentation: augments ? ImageAugmentation() : nil, batch: batch,
      shards: shards, seed: seed)
  }

  /// The learning rate of all steps, both courses one after the other.
  func schedule(stepsPerEpoch: Int) -> Schedule {
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
