import Engine
import Experiments
import Testing

/// Experiments with self-learnable activations.
@Suite struct LearnedTests {
  private static let networks = Presets.all.filter {
    $0.name.hasPrefix("slaf-") && $0.experiment.kind == .feedForward
  }

  @Test(arguments: networks.map(\.name))
  func `a preset is a file that reads back, and learns`(name: String) throws {
    let preset = try #require(Presets.preset(named: name)).experiment
    #expect(try ExperimentFile.decode(preset.toml, file: "again.toml") == preset)
    #expect(preset.feedForward.activation == .learned && preset.kind == .feedForward)
    #expect(preset.toml.contains("[feedforward.learned]"))
    #expect(preset.feedForward.isQuantized == (name == "slaf-lenet5-2bit"))
  }

  @Test func `a table is named with its target, as for Kolmogorov networks`() throws {
    let sets = [
      "feedforward.dataset=table", "feedforward.file=a.csv", "feedforward.target=kind",
      "feedforward.columns=x, y", "feedforward.task=regression", "feedforward.split=random",
    ]
    let experiment = try ExperimentFile.load("slaf-xor", sets: sets)
    let table = experiment.feedForward.table
    #expect(table.columnNames == ["x", "y"] && table.target == "kind")
    #expect(table.task == .regression && table.split == .random && table.file.hasSuffix("/a.csv"))
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    // Points of the spirals are none of its business.
    #expect(experiment.feedForward.points == FeedForwardStudyConfiguration.standardPoints)
    let banknote = try ExperimentFile.load("slaf-banknote", sets: ["feedforward.split=random"])
    #expect(banknote.feedForward.table.split == .random)
    #expect(try ExperimentFile.decode(banknote.toml, file: "again.toml") == banknote)
  }

  @Test func `curves in the last layer are a part of the experiment`() throws {
    let preset = try ExperimentFile.load("kolmogorov-digits")
    #expect(
      preset.feedForward.head == .kolmogorov && preset.toml.contains("[feedforward.kolmogorov]"))
    let experiment = try ExperimentFile.load(
      "kolmogorov-digits",
      sets: [
        "feedforward.kolmogorov.kernel=matern52", "feedforward.kolmogorov.lengthScale=1.5",
        "feedforward.kolmogorov.features=0", "feedforward.kolmogorov.units=2",
      ])
    #expect(experiment.feedForward.kolmogorov.kernel == .matern52)
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    let linear = try ExperimentFile.load("kolmogorov-digits", sets: ["feedforward.head=linear"])
    #expect(linear.feedForward.kolmogorov == KolmogorovHead())
    #expect(try ExperimentFile.decode(linear.toml, file: "again.toml") == linear)
  }

  @Test func `epochs are those of the course that there is`() throws {
    let override = ExperimentOverrides(seed: 3, epochs: 7)
    let spirals = try ExperimentFile.load("slaf-spirals", overrides: override)
    #expect(spirals.feedForward.fullPrecision.epochs == 7 && spirals.epochs == 7)
    let quantized = try ExperimentFile.load("slaf-lenet5-2bit", overrides: override)
    #expect(quantized.feedForward.quantized.epochs == 7 && quantized.epochs == 27)
  }

  @Test func `recipes and routines set what they are about, and keys what they say`() throws {
    let experiment = try ExperimentFile.load(
      "slaf-spirals",
      sets: [
        "feedforward.recipe=paper", "feedforward.routines=[\"PEN\", \"ALT\", \"HYB\"]",
        "feedforward.learned.penaltyAbsolute=0.01", "feedforward.clipNorm=3",
      ])
    let learned = experiment.feedForward.learned
    #expect(learned.activation.normalization == .elements && learned.activation.isGated)
    #expect(learned.activation.degree == 12 && learned.places == .first(1))
    #expect(learned.training.alternation == 20 && learned.training.penalty?.absolute == 0.01)
    #expect(experiment.feedForward.clipNorm == 3)
    #expect(experiment.notes.first?.hasPrefix("powers up to 12") == true)
    #expect(try ExperimentFile.load("slaf-spirals").notes.isEmpty)
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
  }

  @Test(arguments: [
    (
      "feedforward.learned.degree=17",
      "feedforward.learned.degree: found 17, expected an integer in 1...16"
    ),
    ("feedforward.learned.normalization=elements", "feedforward.learned: clipping with"),
    ("feedforward.schedule.values=[1]", "feedforward.schedule.values: found 1 entries"),
    (
      "feedforward.learned.ends=tails\nfeedforward.learned.normalization=maximum",
      "feedforward.learned: tails with normalization by the maximum"
    ),
    ("feedforward.dataset=table", "feedforward.file: missing, needed where dataset is"),
    ("feedforward.file=a.csv", "feedforward.file: used only where dataset is \"table\""),
    (
      "feedforward.trainsOnValidation=true",
      "feedforward.trainsOnValidation: found true, expected false: of spirals"
    ),
    (
      "feedforward.head=kolmogorov\nfeedforward.kolmogorov.lengthScale=3",
      "the condition of the covariance is"
    ),
    (
      "feedforward.kolmogorov.units=2",
      "feedforward.kolmogorov.units: used only where feedforward.head is \"kolmogorov\""
    ),
    ("feedforward.model=lenet5", "feedforward.model: lenet5 takes images of side 12 or more"),
    (
      "feedforward.activation=quantized\nfeedforward.recipe=paper",
      "feedforward.recipe: used only where activation is \"learned\""
    ),
    (
      "feedforward.recipe=paper\nfeedforward.batch=1\nfeedforward.shards=1",
      "a batch of 1 is too small"
    ),
  ])
  func `mistakes are named`(settings: String, sentence: String) throws {
    let sets = settings.split(separator: "\n").map(String.init)
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load("slaf-spirals", sets: sets)
    }
    #expect(failure.sentences.contains { $0.contains(sentence) }, "\(failure.sentences)")
  }

  // MARK: Hidden units

  @Test func `the hidden units of an LMU learn theirs, as a file says`() throws {
    let preset = try #require(Presets.preset(named: "slaf-digits")).experiment
    #expect(preset.kind == .training && preset.training.model.lmu?.learned == LearnedHidden())
    #expect(preset.toml.contains("[model.learned]\nbasis = \"chebyshev\"\ndegree = 7\n"))
    let experiment = try ExperimentFile.load(
      "digits",
      sets: [
        "model.activation=learned", "model.learned.basis=legendre", "model.learned.degree=5",
        "model.learned.sharing=neuron", "model.learned.reach=2", "model.learned.start=sigmoid",
        "model.learned.rateFactor=5",
      ])
    let learned = try #require(experiment.training.model.lmu?.learned)
    #expect(
      learned
        == LearnedHidden(
          SelfLearnableConfiguration(
            basis: .legendre, degree: 5, sharing: .channel, ends: .clipped(scale: 2),
            start: .known(.sigmoid, reach: 2)), rateFactor: 5))
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "again.toml") == experiment)
    let back = try ExperimentFile.load("slaf-digits", sets: ["model.activation=relu"])
    #expect(back.training.model.lmu?.learned == nil && !back.toml.contains("model.learned"))
    let noisy = try ExperimentFile.load(
      "slaf-digits", sets: ["model.learned.start=identity", "model.learned.startDeviation=0.3"])
    #expect(noisy.training.model.lmu?.learned?.activation.start == .identity(deviation: 0.3))
    // What another kind has keeps its place.
    let rnn = try ExperimentFile.load("slaf-digits", sets: ["model.kind=rnn"])
    #expect(rnn.training.model.fieldsOfRNN?.activation == .tanh)
  }

  @Test(arguments: [
    (
      "model.kind=rnn\nmodel.activation=learned\nmodel.learned.degree=3",
      "--set model.activation=learned: model.activation: found \"learned\" beside kind = \"rnn\", "
        + "expected \"tanh\" or \"relu\": only the hidden units of an LMU learn theirs"
    ),
    (
      "model.activation=tanh\nmodel.learned.degree=3",
      "--set model.learned.degree=3: model.learned.degree: used only where model.activation is "
        + "\"learned\"; it is \"tanh\""
    ),
    (
      "model.learned.degree=17",
      "--set model.learned.degree=17: model.learned.degree: found 17, expected an integer in 1...16"
    ),
    (
      "model.learned.startDeviation=0.1",
      "--set model.learned.startDeviation=0.1: model.learned.startDeviation: used only where start is "
        + "\"identity\"; it is \"tanh\""
    ),
    (
      "model.learned.reach=0",
      "--set model.learned.reach=0: model.learned.reach: found 0, expected a number above 0 up to 1000000"
    ),
  ])
  func `mistakes in hidden units are named`(settings: String, sentence: String) throws {
    let sets = settings.split(separator: "\n").map(String.init)
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load("slaf-digits", sets: sets)
    }
    #expect(failure.sentences == [sentence])
  }
}

extension ModelConfiguration {
  fileprivate var fieldsOfRNN: RNNConfiguration? {
    if case .rnn(let rnn) = self { rnn } else { nil }
  }
}
