/// What a feed-forward network may be trained on, by the words of experiment files.
package enum FeedForwardDataSet: String, Sendable, CaseIterable {
  case mnist
  case fashionMNIST = "fashion-mnist"
  case cifar10 = "cifar-10"
  /// Part of the program: noise whose classes a fixed network gave it.
  case synthetic
  case spirals, xor, polynomials

  /// Whether it is drawn by the seed of the training, with as many points as asked for.
  package var isDrawn: Bool {
    switch self {
    case .mnist, .fashionMNIST, .cifar10, .synthetic: false
    case .spirals, .xor, .polynomials: true
    }
  }

  /// Side of the images; synthetic ones have the smallest that all networks here can take.
  package func side(for model: FeedForwardStudyConfiguration.Model) -> Int {
    switch self {
    case .mnist, .fashionMNIST: 28
    case .cifar10: 32
    case .synthetic: max(model.leastSide, Self.syntheticSide)
    case .spirals, .xor, .polynomials: 1
    }
  }

  private static let syntheticSide = 12

  /// Samples of the synthetic set, all of which train, validate and test.
  package static let syntheticSamples = 512

  /// Reads the images, or draws the points: so many on an arm of a spiral, around a corner or in all;
  /// polynomials of `order`. The synthetic images are the same for every seed of a training.
  ///
  /// Throws ``DataError`` where they are not there or not what they should be.
  package func load(
    for model: FeedForwardStudyConfiguration.Model, from locations: DataLocations,
    points: Int = FeedForwardStudyConfiguration.standardPoints, order: Int = 3, seed: UInt64 = 1
  ) throws(DataError) -> any LabelledImages {
    switch self {
    case .mnist: return try Self.grey(.mnist, from: locations)
    case .fashionMNIST: return try Self.grey(.fashionMNIST, from: locations)
    case .cifar10: return try CIFAR10.load(from: locations)
    case .synthetic:
      let side = side(for: model)
      return SyntheticClasses(
        seed: 1, samples: Self.syntheticSamples,
        shape: ImageShape(channels: 1, height: side, width: side))
    case .spirals: return TwoSpirals(perArm: points, seed: seed)
    case .xor: return ExclusiveOrPoints(perCorner: points, seed: seed)
    case .polynomials: return PolynomialRegression(rows: points, order: order, seed: seed)
    }
  }

  private static func grey(
    _ dataSet: ProblemConfiguration.DataSet, from locations: DataLocations
  ) throws(DataError) -> any LabelledImages {
    let problem = try ProblemConfiguration(dataSet: dataSet, order: .rows, side: 28)
      .load(from: locations)
    guard let images = GreyImages(problem) else {
      throw .unsupportedSide(dataSet: dataSet.rawValue, found: 28, allowed: [])
    }
    return images
  }
}
