import Engine

/// The words of feed-forward experiments.
extension Choices {
  static let feedForwardModels = list { (model: FeedForwardStudyConfiguration.Model) in
    switch model {
    case .leNet5: "LeNet-5: two convolutions and two hidden layers"
    case .vgg11: "VGG-11: eight convolutions, for images of 32x32"
    case .resNet20: "ResNet-20: nine residual blocks of two convolutions"
    case .chain: "hidden layers of equal width"
    case .cnn: "two convolutions 5x5, a layer of 1024 and a dropout, for digits"
    }
  }

  static let feedForwardDataSets = list { (dataSet: FeedForwardDataSet) in
    switch dataSet {
    case .mnist: "28x28 handwritten digits"
    case .fashionMNIST: "28x28 pictures of clothes"
    case .cifar10: "32x32 colour pictures of ten kinds of things"
    case .synthetic:
      "part of the program: noise that a fixed network sorted into four classes; all of it trains "
        + "and tests"
    case .spirals: "two arms of a spiral in the plane, drawn by the seed"
    case .xor: "points around the corners of a square, one class a diagonal, drawn by the seed"
    case .polynomials:
      "regression: the sum of 10 products of some of 100 normal numbers, drawn by the seed"
    case .digits: "8x8 handwritten digits, part of the program"
    case .banknote: "1,372 banknotes of two classes by four statistics of their pictures"
    case .table: "your own table, from a CSV file"
    }
  }

  static let thresholds = list { (thresholds: QuantizedReLU.Thresholds) in
    switch thresholds {
    case .nearest: "half way between two levels, upwards on them"
    case .hwgq: "above 0, then half way between two levels, as HWGQ"
    case .ceil: "at every level, to the one above"
    case .nearestHalfEven: "as nearest, halves to the even level, as numpy and torch"
    }
  }

  static let resolutionRules = list { (rule: ResolutionRule) in
    switch rule {
    case .fixed: "the best one for standard normal inputs, the same in all layers"
    case .bcgdExact: "learned by BCGD, from the levels; needs thresholds = ceil to be exact"
    case .bcgdMean: "learned by BCGD, from the mean of the levels"
    case .bcgdMinimum: "learned by BCGD, from the lowest level"
    case .pact: "the clip point is learned by PACT, with thresholds = nearestHalfEven"
    case .lsq: "learned by LSQ, with thresholds = nearestHalfEven"
    }
  }

  static let feedForwardSurrogates = surrogates.filter { choice in
    FeedForwardStudyConfiguration.estimators.contains { $0.rawValue == choice.name }
  }
}
