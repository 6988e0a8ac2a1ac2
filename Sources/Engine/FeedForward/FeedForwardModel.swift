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
  /// Two convolutions 5x5 to `filters` and twice as many channels (padding 2), each with its largest
  /// of 2x2, then 1024 units and a dropout: the network of the authors of self-learnable activations
  /// for digits (specification, 5).
  case digits(filters: Int)

  /// With activations whose resolutions are their own where there is one to begin with.
  ///
  /// Throws where the images are too small to be halved so many times.
  package func makeNetwork(
    input: ImageShape, classes: Int, isScaled: Bool = false, resolution: Double? = nil
  ) throws(FeedForwardError) -> FeedForwardNetwork {
    try makeNetwork(
      input: input, classes: classes,
      options: FeedForwardOptions(scalesNorm: isScaled, resolution: resolution))
  }

  /// The same with more to choose from.
  ///
  /// Throws for self-learnable activations that there are not, too.
  package func makeNetwork(
    input: ImageShape, classes: Int, options: FeedForwardOptions
  ) throws(FeedForwardError) -> FeedForwardNetwork {
    guard min(input.height, input.width) >= leastSide else {
      throw .imagesTooSmall(found: input, side: leastSide)
    }
    var planner = NetworkPlanner(input: input, options: options)
    do {
      try planner.add(self)
    } catch {
      throw .activations(error)
    }
    planner.builder.output(classes, head: options.head)
    return planner.builder.makeNetwork()
  }

  /// The smallest side of images that it takes.
  package var leastSide: Int {
    switch self {
    case .leNet5: 12
    case .digits: 4
    case .vgg11: 32
    case .resNet20: 4
    case .chain, .residualChain: 1
    }
  }
}
