/// What a feed-forward network may be trained on, by the words of experiment files.
package enum FeedForwardDataSet: String, Sendable, CaseIterable {
  case mnist
  case fashionMNIST = "fashion-mnist"
  case cifar10 = "cifar-10"
  /// Part of the program: noise whose classes a fixed network gave it.
  case synthetic
  case spirals, xor, polynomials
  /// 8x8 handwritten digits, part of the program.
  case digits
  /// The banknote data, of two classes.
  case banknote
  /// The user's own, by a ``TableConfiguration``.
  case table

  /// Whether it is drawn by the seed of the training, with as many points as asked for.
  package var isDrawn: Bool {
    switch self {
    case .mnist, .fashionMNIST, .cifar10, .synthetic, .digits, .banknote, .table: false
    case .spirals, .xor, .polynomials: true
    }
  }

  /// Whether samples that test validate as well, so that training on the latter would be training on
  /// the former. All synthetic ones do everything.
  package var validatesOnTest: Bool {
    switch self {
    case .mnist, .fashionMNIST, .cifar10, .synthetic, .digits: false
    case .spirals, .xor, .polynomials, .banknote, .table: true
    }
  }

  /// Side of the images; synthetic ones have the smallest that all networks here can take.
  package func side(for model: FeedForwardStudyConfiguration.Model) -> Int {
    switch self {
    case .mnist, .fashionMNIST: 28
    case .cifar10: 32
    case .synthetic: max(model.leastSide, Self.syntheticSide)
    case .digits: Self.digitSide
    case .spirals, .xor, .polynomials, .banknote, .table: 1
    }
  }

  private static let syntheticSide = 12
  private static let digitSide = 8

  /// Samples of the synthetic set, all of which train, validate and test.
  package static let syntheticSamples = 512

  /// Reads the images or the table, or draws the points: so many on an arm of a spiral, around a
  /// corner or in all; polynomials of `order`. The synthetic images are the same for every seed of a
  /// training.
  ///
  /// Throws ``DataError`` where they are not there or not what they should be.
  package func load(
    for model: FeedForwardStudyConfiguration.Model, from locations: DataLocations,
    points: Int = FeedForwardStudyConfiguration.standardPoints, order: Int = 3,
    table: TableConfiguration = TableConfiguration(), seed: UInt64 = 1
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
    case .digits: return try Self.grey(.digits, side: Self.digitSide, from: locations)
    case .banknote:
      return TableSamples(
        try BanknoteTable.load(from: locations, split: table.split, seed: seed))
    case .table: return TableSamples(try table.load(seed: seed))
    }
  }

  private static func grey(
    _ dataSet: ProblemConfiguration.DataSet, side: Int = 28, from locations: DataLocations
  ) throws(DataError) -> any LabelledImages {
    let problem = try ProblemConfiguration(dataSet: dataSet, order: .rows, side: side)
      .load(from: locations)
    guard let images = GreyImages(problem) else {
      throw .unsupportedSide(dataSet: dataSet.rawValue, found: side, allowed: [])
    }
    return images
  }
}
