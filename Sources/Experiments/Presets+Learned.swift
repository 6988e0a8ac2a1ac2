import Engine

/// Self-learnable activations (Goyal, Goyal and Lall 2019, arXiv:1906.09529). Sections named in
/// comments are those of their specification.
extension Presets {
  private typealias Configuration = FeedForwardStudyConfiguration

  static let learned: [Preset] = [
    Preset(
      summary: "Two spirals, learned activations in Chebyshev's basis: no data, seconds",
      source: "Our recipe \"stable\"",
      experiment: learned("slaf-spirals", "Two spirals, learned activations") {
        spirals(&$0, .stable(degree: 12))
        $0.fullPrecision = .init(epochs: 30, rate: 0.01)
        $0.boundaries = [8, 10].map { Double($0 * stepsOfStable) }
        $0.speed = 100
      }),
    Preset(
      summary: "Two spirals as the authors trained them, with 100,000 points an arm",
      source: source,
      experiment: learned("slaf-spirals-paper", "Two spirals, the authors' recipe") {
        spirals(&$0, .paper(degree: 7))
        ($0.points, $0.head) = (100_000, .logit)
        $0.fullPrecision = .init(epochs: 15, rate: 0.01)
        $0.clipNorm = 5
        $0.boundaries = [8, 10].map { Double($0 * stepsOfPaper) }
        $0.speed = 500
      }),
    Preset(
      summary: "Exclusive or with two units whose activations are learned: takes seconds",
      source: "Our recipe",
      experiment: learned("slaf-xor", "Exclusive or, learned activations") {
        learnedChain(&$0, .stable(degree: 3), width: 2, depth: 1)
        ($0.dataSet, $0.points, $0.batch) = (.xor, 100, 32)
        $0.speed = 30
        $0.fullPrecision = .init(epochs: 30, rate: 0.02)
      }),
    Preset(
      summary: "Regression of sums of products with learned squares, half a minute",
      source: source + ", with 20,000 rows and 30 epochs",
      experiment: learned("slaf-polynomials", "Polynomial regression, learned activations") {
        var recipe = SelfLearnableRecipe.paper(degree: 2)
        recipe.activation.sharing = .channel
        learnedChain(&$0, recipe, width: 512, depth: 2)
        ($0.dataSet, $0.points, $0.batch) = (.polynomials, 20_000, 500)
        $0.fullPrecision = .init(epochs: 30, rate: 0.01, milestones: [10, 20])
      }),
    Preset(
      summary: "Banknotes told apart by nine units with learned activations: takes seconds",
      source: "Goyal, Goyal and Lall 2019, section 7 of the specification",
      experiment: learned("slaf-banknote", "Banknotes, learned activations") {
        learnedChain(&$0, .paper(degree: 4), width: 9, depth: 1)
        ($0.dataSet, $0.batch, $0.speed) = (.banknote, 64, 100)
        $0.head = .logit
        $0.fullPrecision = .init(epochs: 100, rate: 0.01, milestones: [70])
        $0.everyEpochs = 5
      }),
    Preset(
      summary: "MNIST with learned activations in two convolutions, 99.55 % in the authors' logs",
      source: source,
      experiment: learned("slaf-mnist", "MNIST, convolutions with learned activations") {
        digits(&$0)
      }),
    Preset(
      summary: "Digits by a hidden layer and curves in the last layer: no data, seconds",
      source: "Sun et al. 2020 (arXiv:2006.06057), outlook; our recipe",
      experiment: learned("kolmogorov-digits", "Digits, curves in the last layer") {
        ($0.dataSet, $0.model, $0.width, $0.depth) = (.digits, .chain, 32, 1)
        ($0.head, $0.kolmogorov.features, $0.kolmogorov.units) = (.kolmogorov, 6, 4)
        ($0.rule, $0.start, $0.batch) = (.adam, .uniform, 32)
        $0.fullPrecision = .init(epochs: 40, rate: 0.01, milestones: [30])
        ($0.quantized.epochs, $0.speed) = (0, 100)
      }),
    Preset(
      summary: "LeNet-5 on MNIST, learned activations under a 2-bit quantizer",
      source: "As lenet5-mnist-2bit, with the recipe \"stable\" of degree 4",
      experiment: learned("slaf-lenet5-2bit", "MNIST, LeNet-5, learned under 2 bits") {
        $0.take(.stable(degree: 4))
        ($0.model, $0.dataSet, $0.trainsOnValidation) = (.leNet5, .mnist, true)
        let course = Configuration.Course(epochs: 20, rate: 0.01, milestones: [10, 15])
        ($0.fullPrecision, $0.quantized) = (course, course)
        ($0.batch, $0.weightDecay, $0.activation) = (64, 5e-4, .learned)
      }),
    Preset(
      summary: "Hybrid-spiking LMU on permuted digits, its activation learned under the quantizer",
      source: "As digits, with a learned activation that begins like tanh",
      experiment: hidden("slaf-digits", "Permuted digits, learned activation that spikes")),
  ]

  private static let source = "Goyal, Goyal and Lall 2019, section 5 of the specification"

  /// Steps of an epoch on 8,000 and 160,000 points.
  private static let stepsOfStable = 32
  private static let stepsOfPaper = 625

  private static func learned(
    _ name: String, _ title: String, _ change: (inout FeedForwardStudyConfiguration) -> Void
  ) -> Experiment {
    var experiment = standard.experiment
    (experiment.kind, experiment.name, experiment.title) = (.feedForward, name, title)
    change(&experiment.feedForward)
    return experiment
  }

  /// The default experiment with a learned activation.
  private static func hidden(_ name: String, _ title: String) -> Experiment {
    var experiment = standard.experiment
    (experiment.name, experiment.title) = (name, title)
    experiment.training.model.lmu?.learned = LearnedHidden()
    return experiment
  }

  private static func learnedChain(
    _ configuration: inout FeedForwardStudyConfiguration, _ recipe: SelfLearnableRecipe,
    width: Int, depth: Int
  ) {
    configuration.take(recipe)
    (configuration.activation, configuration.rule) = (.learned, .adam)
    (configuration.model, configuration.width) = (.chain, width)
    (configuration.depth, configuration.start) = (depth, .uniform)
    configuration.quantized.epochs = 0
  }

  /// Section 5: a tenth and a hundredth of the first rate after 8 and 10 epochs.
  private static func spirals(
    _ configuration: inout FeedForwardStudyConfiguration, _ recipe: SelfLearnableRecipe
  ) {
    learnedChain(&configuration, recipe, width: 20, depth: 2)
    (configuration.dataSet, configuration.points) = (.spirals, 5000)
    configuration.batch = 256
    configuration.rates = [1e-2, 1e-3, 1e-4]
  }

  private static func digits(_ configuration: inout FeedForwardStudyConfiguration) {
    var recipe = SelfLearnableRecipe.paper(degree: 4)
    recipe.activation.sharing = .planes
    recipe.degrees = [4, 4, 5]
    configuration.take(recipe)
    (configuration.activation, configuration.rule) = (.learned, .adam)
    (configuration.model, configuration.filters) = (.cnn, 16)
    (configuration.dropout, configuration.start) = (0.5, .truncated)
    (configuration.dataSet, configuration.trainsOnValidation) = (.mnist, true)
    configuration.batch = 50
    // 25,200 steps.
    configuration.fullPrecision = .init(epochs: 21, rate: 0.01)
    configuration.quantized.epochs = 0
    (configuration.boundaries, configuration.rates) = ([3000, 5000], [1e-2, 1e-3, 5e-5])
  }
}
