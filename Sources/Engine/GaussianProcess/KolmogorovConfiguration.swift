/// The training of a Kolmogorov network of Gaussian processes as an experiment.
package struct KolmogorovConfiguration: Sendable, Equatable {
  package enum DataSet: String, Sendable, CaseIterable {
    /// The banknote data, of two classes.
    case banknote
    /// x1 x2, sin(pi x1) + x2^2 and its exponential, on -1...1 squared.
    case product, sine, exponential
    /// The user's own.
    case table
  }

  /// c, what the sum of a unit's inner curves is multiplied by.
  package enum SumScale: String, Sendable, CaseIterable {
    case mean, root, one

    func factor(inputs: Int) -> Double {
      switch self {
      case .mean: 1 / Double(inputs)
      case .root: 1 / Double(inputs).squareRoot()
      case .one: 1
      }
    }
  }

  package var data = DataSet.product
  package var table = TableConfiguration()
  /// Q.
  package var units = 2
  /// M, control points of each curve.
  package var points = ControlPoints.standardCount
  package var kernel = CovarianceKernel.squaredExponential
  /// In distances of two control points.
  package var lengthScale = 1.0
  /// s2.
  package var noise = ControlPoints.standardNoise
  package var prior = CurveBasis.Prior.zero
  package var sum = SumScale.mean
  package var epochs = 400
  /// What of the control points is trained beside the curves, with all rows in a step.
  package var trained: [TrainedCovariance] = []
  /// Rows of a step; 0 for all.
  package var batch = 0
  package var rate = 0.05
  /// Steps in which outer curves stay.
  package var warmUp = 0
  package var energy = 0.0
  package var groupL1 = 0.0
  /// Of the tables that evaluations measure beside the curves; 0 for none.
  package var bits = 0
  package var everyEpochs = 20
  /// Steps a second while somebody watches; changes no result.
  package var speed = 100.0

  package init() {}

  package static let allowedUnits = 1...256
  package static let allowedLengthScales = 0.1...10.0
  package static let allowedNoises = 0...ControlPoints.mostNoise
  package static let allowedRates = 1e-6...10.0
  package static let allowedEnergies = 0...100.0
  package static let allowedGroupL1 = 0...100.0
  /// The highest stands for as many as can be.
  package static let allowedSpeeds = 1.0...1e6

  /// Control points, the same for all curves.
  ///
  /// Throws where there is no factor, or Float32 is too coarse for what the curves are made of
  /// (specification, section 2.2).
  package func controlPoints() throws(ControlPointsError) -> ControlPoints {
    let made = try ControlPoints.uniform(
      points, kernel: kernel, lengthScale: lengthScale, noise: noise)
    guard made.suitsFloat else {
      throw .illConditioned(condition: made.condition, most: ControlPoints.mostCondition)
    }
    return made
  }

  /// Reads or makes the data.
  package func load(from locations: DataLocations, seed: UInt64) throws(DataError) -> TableSet {
    switch data {
    case .banknote:
      try BanknoteTable.load(from: locations, split: table.split, seed: seed)
    case .product: ExpressiveTarget.product.table(seed: seed)
    case .sine: ExpressiveTarget.sine.table(seed: seed)
    case .exponential: ExpressiveTarget.exponential.table(seed: seed)
    case .table: try table.load(seed: seed)
    }
  }

  func training(on table: TableSet) -> KolmogorovTraining {
    var training = KolmogorovTraining()
    training.loss =
      switch table.classes.count {
      case 0: .square
      case 2: .logistic
      default: .softmax
      }
    (training.rate, training.energy, training.groupL1) = (rate, energy, groupL1)
    training.batch = batch
    training.trainedCovariances = Set(trained)
    return training
  }
}
