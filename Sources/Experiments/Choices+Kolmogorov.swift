import Engine

/// The words of experiments with Kolmogorov networks.
extension Choices {
  static let tables = list { (data: KolmogorovConfiguration.DataSet) in
    switch data {
    case .banknote: "1,372 banknotes of two classes by four statistics of their pictures"
    case .product: "x1 x2 on -1...1 squared, part of the program"
    case .sine: "sin(pi x1) + x2^2 there"
    case .exponential: "the exponential of that"
    case .table: "your own table, from a CSV file"
    }
  }

  static let tasks = list { (task: TableConfiguration.Task) in
    switch task {
    case .classification: "a class: its different values, numbers or words"
    case .regression: "a number"
    }
  }

  static let splits = list { (split: TableConfiguration.Split) in
    switch split {
    case .mod5: "every fifth row, from the fifth on"
    case .random: "a fifth of the rows, drawn with the seed"
    }
  }

  static let kernels = list { (kernel: CovarianceKernel) in
    switch kernel {
    case .squaredExponential: "exp(-r^2 / 2)"
    case .matern32: "(1 + sqrt(3) r) exp(-sqrt(3) r)"
    case .matern52: "(1 + sqrt(5) r + 5 r^2 / 3) exp(-sqrt(5) r)"
    }
  }

  static let priors = list { (prior: CurveBasis.Prior) in
    switch prior {
    case .zero: "0"
    case .linear: "a line of their own, which is trained"
    }
  }

  static let trainedCovariances = list { (trained: TrainedCovariance) in
    switch trained {
    case .lengthScale: "the length scale"
    case .noise: "the noise variance"
    case .inputs: "where control points lie"
    }
  }

  static let outerCurves = list { (outer: KolmogorovConfiguration.OuterCurves) in
    switch outer {
    case .curves: "one more curve for each output"
    case .none: "nothing: an additive model, which shows all that it does"
    }
  }

  static let roundings = list { (rounding: CurveRounding) in
    switch rounding {
    case .none: "no levels: curves as they are"
    case .uniform: "whole numbers of activationBits bits"
    case .binary: "two levels: 0, and the reach above 0"
    case .spiking: "counts of integrate-and-fire spikes in spikeSteps time steps"
    }
  }

  static let sums = list { (sum: KolmogorovConfiguration.SumScale) in
    switch sum {
    case .mean: "1 / n, n being the number of inputs"
    case .root: "1 / sqrt(n)"
    case .one: "1"
    }
  }
}
