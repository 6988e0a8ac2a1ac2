import Engine

/// The words that keys take, each with its meaning. The switches make the
/// compiler ask for the meaning of every word that the engine gains.
enum Choices {
  static func list<Value: RawRepresentable<String> & CaseIterable>(
    _ meaning: (Value) -> String
  ) -> [ExperimentKey.Choice] {
    Value.allCases.map { ExperimentKey.Choice(name: $0.rawValue, meaning: meaning($0)) }
  }

  static let presets = Presets.all.map {
    ExperimentKey.Choice(name: $0.name, meaning: $0.summary)
  }

  static let kinds = list { (kind: Experiment.Kind) in
    switch kind {
    case .training: "a network is trained on a data set"
    case .theory: "straight-through estimators descend in the two-layer model"
    case .feedForward: "a network without time is trained with quantized activations"
    case .kolmogorov: "a network whose curves are all there is learns a table of numbers"
    case .inhibitory: "neurons that inhibit each other with a delay are simulated"
    case .spiking: "a network of spike trains is trained by their counts"
    }
  }

  static let theoryModes = list { (mode: CoarseTheoryConfiguration.Mode) in
    switch mode {
    case .exact: "expectations over all inputs"
    case .sampled: "means over a batch"
    }
  }

  static let teachers = list { (teacher: CoarseTheoryConfiguration.TeacherKind) in
    switch teacher {
    case .given: "the numbers vStar and wStar"
    case .drawn: "drawn by the seed: v* of standard normal numbers, w* in a random direction"
    }
  }

  static let starts = list { (start: CoarseTheoryConfiguration.Start) in
    switch start {
    case .random: "v of standard normal numbers, w in a random direction"
    case .nearSpurious: "beside the spurious minimum, or the far end where there is none"
    case .nearSaddle: "beside the saddle, or the middle of the landscape where there is none"
    }
  }

  static let estimators = CoarseEstimatorName.allCases.map { name in
    ExperimentKey.Choice(
      name: name.rawValue, meaning: name.formula,
      otherSpelling: CoarseEstimatorName.spellings.first { $0.value == name.kind }?.key)
  }

  static let dataSets = list { (dataSet: ProblemConfiguration.DataSet) in
    switch dataSet {
    case .digits: "8x8 handwritten digits, part of the program: sequences of 64 steps"
    case .mnist: "28x28 handwritten digits: sequences of 784, 196 or 49 steps"
    case .fashionMNIST: "28x28 pictures of clothes: sequences of 784, 196 or 49 steps"
    case .sequences: "your own sequences, from CSV or NPY files"
    }
  }

  static let orders = list { (order: ProblemConfiguration.Order) in
    switch order {
    case .rows: "row by row, top left first"
    case .permuted: "one fixed permutation of the positions for all images"
    }
  }

  static let conventions = list { (convention: ProblemConfiguration.Convention) in
    switch convention {
    case .nru: "RandomState(50), as the NRU code: images shuffled before the split"
    case .kerasLMU: "RandomState(0), as the KerasLMU example: the last 10,000 images validate"
    }
  }

  static let normalizations = list { (normalization: SequenceConfiguration.Normalization) in
    switch normalization {
    case .none: "the values as they are"
    case .standardized:
      "each channel less its mean over the training part, by its standard deviation there"
    }
  }

  static let models = list { (kind: ModelFields.Kind) in
    switch kind {
    case .lmu: "Legendre memory unit, hybrid-spiking where its sites are quantized"
    case .rnn: "plain recurrent network; its hidden state can be quantized"
    case .lstm: "long short-term memory; its hidden state can be quantized"
    case .gru: "gated recurrent unit; its hidden state can be quantized"
    case .nru: "non-saturating recurrent unit; its hidden state and memory can be quantized"
    }
  }

  static let readouts = list { (kind: ReadoutKind) in
    switch kind {
    case .spikes: "what the hidden units emit at the last step, after their quantizer"
    case .rate: "their activity at the last step, before the quantizer"
    case .mean: "the mean of what they emit over the last steps"
    }
  }

  static let variants = list { (variant: LMUConfiguration.Variant) in
    switch variant {
    case .exactState: "the memory's recursion is exact; only what leaves it is quantized"
    case .quantizedState: "the memory's recursion uses the quantized memory too"
    }
  }

  static let discretizations = list { (discretization: LMUConfiguration.Discretization) in
    switch discretization {
    case .zeroOrderHold: "exact for inputs that are constant over a step; always stable"
    case .euler: "first order; stable only where theta is large against the order"
    }
  }

  static let activations = list { (activation: ModelFields.Activation) in
    switch activation {
    case .tanh: "values in -1...1"
    case .relu: "values from 0 on"
    case .learned: "a sum of functions, trained with the weights; of an LMU alone"
    }
  }

  static let initializations = list { (initialization: LMUConfiguration.Initialization) in
    switch initialization {
    case .memoryOnly: "the hidden units first see only the memory, and that only the input"
    case .full: "all connections but memory to input start at random"
    case .orthogonal: "as in KerasLMU: uniform weights, recurrent ones orthogonal"
    }
  }

  static let recurrentInitializations = list { (start: RNNConfiguration.Initialization) in
    switch start {
    case .orthogonal: "a random orthogonal matrix"
    case .identity: "the unit matrix, meant for relu"
    }
  }

  static let resets = list { (reset: GRUConfiguration.Reset) in
    switch reset {
    case .after: "on the product of the hidden state with its weights"
    case .before: "on the hidden state; that product then sees no whole counts"
    }
  }

  static let quantizers = list { (quantizer: Quantizer) in
    switch quantizer {
    case .off: "the activity as it is"
    case .diffused: "temporally diffused: the rounding error is carried over to the next step"
    case .nearest: "rounds each step to the nearest count"
    case .stochastic: "rounds up or down at random, right on average"
    case .poisson: "draws each count from a Poisson distribution"
    }
  }

  static let surrogates = list { (kind: Surrogate.Kind) in kind.formula }

  static let surrogateNormalizations = list { (normalization: Surrogate.Normalization) in
    switch normalization {
    case .none: "as its source defines it"
    case .unitMass: "so that its integral is 1"
    case .unitPeak: "so that its largest value is 1"
    }
  }

  static let surrogatePlacements = list { (placement: SiteSurrogate.Placement) in
    switch placement {
    case .activity: "once over the whole staircase, as a function of the activity"
    case .thresholds: "around each threshold, in units of the distance between two"
    }
  }

  static let scaleWords = [
    ExperimentKey.Choice(
      name: "calibrated", meaning: "1 / quantile of |activity| over a first pass")
  ]

  static let initialVoltages = [
    ExperimentKey.Choice(name: "random", meaning: "uniform, drawn anew for each sequence"),
    ExperimentKey.Choice(name: "half", meaning: "1/2: the first step rounds to nearest"),
    ExperimentKey.Choice(name: "seed", meaning: "uniform, one draw for all sequences"),
  ]

  static let shapes = list { (shape: ScheduleShapeName) in
    switch shape {
    case .hold: "one value throughout"
    case .linear: "a straight line from start to end"
    case .geometric: "a straight line in the logarithm: equal bits lost per step"
    case .harmonic: "a straight line in 1/value: coarse at once"
    case .cosine: "half a cosine from start to end"
    case .cosineLog: "half a cosine in the logarithm"
    case .step: "equal stretches, geometric from one to the next"
    case .exponential: "decay by a rate per so many steps, without an end"
    case .piecewiseConstant: "values that change at given steps"
    case .keypoints: "through given points"
    case .bits: "a straight line in the bits of an activity of given width"
    }
  }

  static let interpolations = list { (interpolation: ScheduleShape.Interpolation) in
    switch interpolation {
    case .log: "straight lines in the logarithm"
    case .linear: "straight lines"
    case .hold: "steps"
    }
  }

  static let optimizerRules = [
    ExperimentKey.Choice(name: "adam", meaning: "Adam with bias correction"),
    ExperimentKey.Choice(name: "momentum", meaning: "gradient descent with momentum"),
  ]
}
