/// The networks of the study of straight-through estimators (specification of the coarse gradient,
/// 4.2 and 4.5). A batch normalization without gain and shift precedes every activation, whose
/// inputs are so nearly standard normal, unless `isScaled`; only the last layer has a bias.
package enum FeedForwardModel: Sendable, Equatable, Codable {
  /// Convolutions 5x5 to 6 (padding 2) and 16 channels, each with its largest of 2x2, then 120, 84
  /// and the classes (LeCun et al. 1998).
  case leNet5
  /// Convolutions 3x3: 64 M 128 M 256 256 M 512 512 M 512 512 M, M being the largest of 2x2, then
  /// the classes (Simonyan and Zisserman 2015).
  case vgg11
  /// A convolution 3x3 to 16 channels and three stages of three residual blocks at 16, 32 and 64
  /// channels, the mean of each plane, and the classes (He et al. 2016, option A).
  case resNet20
  /// `depth` hidden layers of `width` units.
  case chain(width: Int, depth: Int)
  /// A layer of `width` units and residual blocks q(h + BN(W2 q(BN(W1 h)))) of such layers.
  case residualChain(width: Int, blocks: Int)

  /// With activations whose resolutions are their own where there is one to begin with.
  ///
  /// Throws where the images are too small to be halved so many times.
  package func makeNetwork(
    input: ImageShape, classes: Int, isScaled: Bool = false, resolution: Double? = nil
  ) throws(FeedForwardError) -> FeedForwardNetwork {
    guard min(input.height, input.width) >= leastSide else {
      throw .imagesTooSmall(found: input, side: leastSide)
    }
    var builder = FeedForwardBuilder(input: input, resolution: resolution)
    switch self {
    case .leNet5: builder.addLeNet(isScaled)
    case .vgg11: builder.addVGG([[64], [128], [256, 256], [512, 512], [512, 512]], isScaled)
    case .resNet20: builder.addResNet([16, 32, 64], blocks: 3, isScaled)
    case .chain(let width, let depth):
      for _ in 0..<depth { builder.addHidden(width, isScaled) }
    case .residualChain(let width, let blocks):
      builder.addHidden(width, isScaled)
      for _ in 0..<blocks { builder.addResidualPair(width, isScaled) }
    }
    builder.dense(classes, hasBias: true)
    return builder.makeNetwork()
  }

  /// The smallest side of images that it takes.
  package var leastSide: Int {
    switch self {
    case .leNet5: 12
    case .vgg11: 32
    case .resNet20: 4
    case .chain, .residualChain: 1
    }
  }
}

extension FeedForwardBuilder {
  fileprivate mutating func addNormalized(_ isScaled: Bool) {
    batchNorm(isScaled: isScaled)
    activation()
  }

  fileprivate mutating func addHidden(_ width: Int, _ isScaled: Bool) {
    dense(width)
    addNormalized(isScaled)
  }

  fileprivate mutating func addResidualPair(_ width: Int, _ isScaled: Bool) {
    let start = value
    addHidden(width, isScaled)
    dense(width)
    batchNorm(isScaled: isScaled)
    sum(with: start)
    activation()
  }

  fileprivate mutating func addLeNet(_ isScaled: Bool) {
    convolution(6, kernel: 5, padding: 2)
    addNormalized(isScaled)
    pooling(.largest, kernel: 2)
    convolution(16, kernel: 5)
    addNormalized(isScaled)
    pooling(.largest, kernel: 2)
    addHidden(120, isScaled)
    addHidden(84, isScaled)
  }

  fileprivate mutating func addVGG(_ stages: [[Int]], _ isScaled: Bool) {
    for stage in stages {
      for channels in stage {
        convolution(channels, kernel: 3, padding: 1)
        addNormalized(isScaled)
      }
      pooling(.largest, kernel: 2)
    }
  }

  fileprivate mutating func addResNet(_ stages: [Int], blocks: Int, _ isScaled: Bool) {
    convolution(stages[0], kernel: 3, padding: 1)
    addNormalized(isScaled)
    for channels in stages {
      for block in 0..<blocks {
        let start = value
        let stride = block == 0 && channels != stages[0] ? 2 : 1
        convolution(channels, kernel: 3, stride: stride, padding: 1)
        addNormalized(isScaled)
        convolution(channels, kernel: 3, padding: 1)
        batchNorm(isScaled: isScaled)
        sum(with: start)
        activation()
      }
    }
    pooling(.mean, kernel: shape.height)
  }
}
