/// Puts the networks of ``FeedForwardModel`` together, whose activations are the network's own or
/// learn.
struct NetworkPlanner {
  var builder: FeedForwardBuilder
  private let options: FeedForwardOptions
  /// Activations so far.
  private var activations = 0

  init(input: ImageShape, options: FeedForwardOptions) {
    builder = FeedForwardBuilder(
      input: input, resolution: options.resolution, start: options.start)
    self.options = options
  }

  mutating func add(_ model: FeedForwardModel) throws(SelfLearnableError) {
    switch model {
    case .leNet5: try addLeNet()
    case .vgg11: try addVGG([[64], [128], [256, 256], [512, 512], [512, 512]])
    case .resNet20: try addResNet([16, 32, 64], blocks: 3)
    case .chain(let width, let depth): for _ in 0..<depth { try addHidden(width) }
    case .residualChain(let width, let blocks):
      try addHidden(width)
      for _ in 0..<blocks { try addResidualPair(width) }
    case .digits(let filters): try addDigits(filters)
    }
  }

  // MARK: Activations

  /// The recipe of the next activation, where it learns.
  private var learned: SelfLearnableRecipe? {
    guard let recipe = options.learned else { return nil }
    if case .first(let count) = recipe.places, activations >= count { return nil }
    return recipe
  }

  /// Whether no batch normalization precedes the next activation, which so needs a bias.
  private var hasBias: Bool { learned.map { !$0.normalizesInputs } ?? !options.normalizes }

  /// The next activation, behind what normalizes its inputs unless something did.
  private mutating func addActivation(isNormalized: Bool = false) throws(SelfLearnableError) {
    let number = activations
    guard let recipe = learned else {
      if options.normalizes, !isNormalized { builder.batchNorm(isScaled: options.scalesNorm) }
      activations += 1
      return builder.activation()
    }
    activations += 1
    if recipe.normalizesInputs { builder.batchNorm(isScaled: options.scalesNorm) }
    try builder.selfLearnable(options.changed[number] ?? recipe.activation(at: number))
    if options.quantizesLearned { builder.activation(isBehindCurve: true) }
  }

  // MARK: Parts

  private mutating func addConvolution(
    _ channels: Int, kernel: Int, padding: Int = 0, stride: Int = 1
  ) throws(SelfLearnableError) {
    builder.convolution(
      channels, kernel: kernel, stride: stride, padding: padding, hasBias: hasBias)
    try addActivation()
  }

  private mutating func addHidden(_ width: Int) throws(SelfLearnableError) {
    builder.dense(width, hasBias: hasBias)
    try addActivation()
  }

  /// Two layers whose last one is added to what came in.
  private mutating func addResidualPair(_ width: Int) throws(SelfLearnableError) {
    let start = builder.value
    try addHidden(width)
    builder.dense(width)
    builder.batchNorm(isScaled: options.scalesNorm)
    builder.sum(with: start)
    try addActivation(isNormalized: true)
  }

  private mutating func addLeNet() throws(SelfLearnableError) {
    try addConvolution(6, kernel: 5, padding: 2)
    builder.pooling(.largest, kernel: 2)
    try addConvolution(16, kernel: 5)
    builder.pooling(.largest, kernel: 2)
    try addHidden(120)
    try addHidden(84)
  }

  private mutating func addDigits(_ filters: Int) throws(SelfLearnableError) {
    for channels in [filters, 2 * filters] {
      try addConvolution(channels, kernel: 5, padding: 2)
      builder.pooling(.largest, kernel: 2)
    }
    try addHidden(1024)
    if options.dropout > 0 { builder.dropout(options.dropout) }
  }

  private mutating func addVGG(_ stages: [[Int]]) throws(SelfLearnableError) {
    for stage in stages {
      for channels in stage { try addConvolution(channels, kernel: 3, padding: 1) }
      builder.pooling(.largest, kernel: 2)
    }
  }

  private mutating func addResNet(
    _ stages: [Int], blocks: Int
  ) throws(SelfLearnableError) {
    try addConvolution(stages[0], kernel: 3, padding: 1)
    for channels in stages {
      for block in 0..<blocks {
        let start = builder.value
        let stride = block == 0 && channels != stages[0] ? 2 : 1
        try addConvolution(channels, kernel: 3, padding: 1, stride: stride)
        builder.convolution(channels, kernel: 3, padding: 1)
        builder.batchNorm(isScaled: options.scalesNorm)
        builder.sum(with: start)
        try addActivation(isNormalized: true)
      }
    }
    builder.pooling(.mean, kernel: builder.shape.height)
  }
}
