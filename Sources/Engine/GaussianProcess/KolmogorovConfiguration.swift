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

  /// What the sum of a unit's inner curves goes through.
  package enum OuterCurves: String, Sendable, CaseIterable {
    /// A curve for each output.
    case curves
    /// Nothing: an additive model.
    case none
  }

  package var data = DataSet.product
  package var table = TableConfiguration()
  /// Q; of an additive model as many for each output.
  package var units = 2
  package var outer = OuterCurves.curves
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
  /// Steps in which outer curves stay, where there are any.
  package var warmUp = 0
  package var energy = 0.0
  package var groupL1 = 0.0
  /// What the outputs of curves are rounded to in training and evaluations.
  package var quantizer = CurveRounding.none
  /// Of uniform levels.
  package var activationBits = 4
  /// Time steps of spikes.
  package var spikeSteps = 8
  /// What the greatest level of inner and of outer curves stands for.
  package var innerReach = 2.0
  package var outerReach = 8.0
  /// Of the tables that evaluations measure beside the curves where these are not rounded; 0 for
  /// none.
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
  package static let allowedSpikeSteps = 1...1024
  package static let allowedReaches = 1e-3...1e4
  /// The highest stands for as many as can be.
  package static let allowedSpeeds = 1.0...1e6

  /// Control points, the same for all curves.
  ///
  /// Throws where there is no factor, or Float32 is too coarse for what the curves are made of
  /// (specification, section 2.2).
  package func controlPoints() throws(ControlPointsError) -> ControlPoints {
    try ControlPoints.uniform(
      points, kernel: kernel, lengthScale: lengthScale, noise: noise
    ).checkedForFloat()
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

  /// Bits or time steps at the beginning; `nil` where neither is to be chosen.
  package var resolution: Double? {
    switch quantizer {
    case .none, .binary: nil
    case .uniform: Double(activationBits)
    case .spiking: Double(spikeSteps)
    }
  }

  /// What curves are rounded to with so many bits or time steps.
  package func quantizers(resolution: Double?) -> KolmogorovNetwork.Quantizers? {
    let number = Int(resolution ?? 0)
    let make: (Double) -> CurveQuantizer
    switch quantizer {
    case .none: return nil
    case .uniform: make = { .signed(bits: number, reach: $0) }
    case .binary: make = { .binary(reach: $0) }
    case .spiking: make = { .spiking(steps: number, reach: $0) }
    }
    return .init(inner: make(innerReach), outer: make(outerReach))
  }

  /// The network before training on a table (specification, section 4).
  func start(on table: TableSet, seed: UInt64) throws(ControlPointsError) -> KolmogorovNetwork {
    let points = try controlPoints()
    let (inputs, outputs) = (table.names.count, Self.outputs(of: table))
    let isAdditive = outer == .none
    return .start(
      units: isAdditive ? units * outputs : units, inputs: inputs, outputs: outputs, inner: points,
      outer: points, seed: seed, scale: sum.factor(inputs: inputs), prior: prior,
      isAdditive: isAdditive)
  }

  /// A logit for each class where there are more than two, else one number.
  static func outputs(of table: TableSet) -> Int {
    table.classes.count > 2 ? table.classes.count : 1
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
