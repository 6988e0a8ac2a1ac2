import Engine
import Experiments
import Testing

@Suite struct FeedForwardTests {
  private static let presets = [
    "lenet5-synthetic", "lenet5-mnist-2bit", "lenet5-mnist-4bit", "lenet5-fashion",
    "vgg11-cifar10", "resnet20-cifar10",
  ]

  @Test(arguments: presets)
  func `a preset is a file that reads back as the same`(name: String) throws {
    let preset = try #require(Presets.preset(named: name)).experiment
    #expect(preset.kind == .feedForward && preset.name == name)
    #expect(try ExperimentFile.decode(preset.toml, file: "again.toml") == preset)
    #expect(!preset.toml.contains("[training]") && !preset.toml.contains("[theory]"))
    #expect(preset.template.contains("# The straight-through estimator; "))
    #expect(Catalogue.groups[0].entries.contains { $0.name == name })
  }

  @Test func `presets are as they were published`() throws {
    let two = try #require(Presets.preset(named: "lenet5-mnist-2bit")).experiment.feedForward
    let four = try #require(Presets.preset(named: "lenet5-mnist-4bit")).experiment.feedForward
    #expect(two.bits == 2 && four.bits == 4 && two.batch == 64 && two.momentum == 0.9)
    #expect(two.quantized == .init(epochs: 50, rate: 0.1, milestones: [20, 40]))
    let deep = try #require(Presets.preset(named: "resnet20-cifar10")).experiment.feedForward
    #expect(deep.batch == 128 && deep.augments && deep.model == .resNet20)
    #expect(deep.quantized == .init(epochs: 200, rate: 0.01, milestones: [80, 140]))
  }

  @Test func `settings and options go where they belong`() throws {
    let experiment = try ExperimentFile.load(
      "lenet5-mnist-2bit",
      sets: [
        "feedforward.bits=3", "feedforward.surrogate=identity", "feedforward.thresholds=hwgq",
        "feedforward.quantizedMilestones=[]", "feedforward.trainingSamples=100",
        "feedforward.dataset=synthetic", "feedforward.fullPrecisionEpochs=0",
      ], overrides: ExperimentOverrides(seed: 9, epochs: 3))
    let feedForward = experiment.feedForward
    #expect(experiment.seed == 9 && experiment.epochs == 3)
    #expect(feedForward.bits == 3 && feedForward.estimator == .identity)
    #expect(feedForward.thresholds == .hwgq && feedForward.quantized.milestones == [])
    #expect(feedForward.trainingSamples == 100 && feedForward.dataSet == .synthetic)
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
  }

  @Test(arguments: [
    ("feedforward.bits=9", "feedforward.bits: found 9, expected an integer in 1...8"),
    ("feedforward.model=lenet", "did you mean \"lenet5\"?"),
    ("feedforward.dataset=cifar10", "did you mean \"cifar-10\"?"),
    ("feedforward.surrogate=stochastic_spike", "feedforward.surrogate: found \"stochastic_spike\""),
    (
      "feedforward.surrogate=\"leaky_relu(slope=2)\"",
      "feedforward.surrogate: slope of \"leaky_relu\": found 2, expected a number in 0...1"
    ),
    (
      "feedforward.surrogate=\"arctan(slope=2)\"",
      "feedforward.surrogate: \"arctan\" has no number \"slope\", expected alpha"
    ),
    ("feedforward.surrogateNormalization=mass", "feedforward.surrogateNormalization: found"),
    (
      "feedforward.model=vgg11",
      "feedforward.model: vgg11 takes images of side 32 or more; those of mnist have 28"
    ),
    ("feedforward.shards=65", "feedforward.shards: found 65, expected at most the samples"),
    (
      "feedforward.quantizedMilestones=[-1]",
      "feedforward.quantizedMilestones: found -1 at entry 1"
    ),
    (
      "training.epochs=3",
      "training.epochs: used only where study is \"training\"; it is \"feedforward\""
    ),
  ])
  func `mistakes are named with what was found and expected`(
    setting: String, sentence: String
  ) throws {
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load("lenet5-mnist-2bit", sets: [setting])
    }
    #expect(failure.sentences.contains { $0.contains(sentence) }, "\(failure.sentences)")
  }

  @Test func `numbers and scale of the estimator are settings`() throws {
    let preset = try ExperimentFile.load("lenet5-mnist-2bit")
    #expect(preset.toml.contains("surrogate = \"clipped_relu\"\n"))
    let experiment = try ExperimentFile.load(
      "lenet5-mnist-2bit",
      sets: [
        "feedforward.surrogate=\"multi_gaussian(k=6, h = 0.2)\"",
        "feedforward.surrogateNormalization=unitPeak",
      ])
    let expected = try FeedForwardEstimator(
      text: "multi_gaussian(h=0.2)", normalization: .unitPeak)
    #expect(experiment.feedForward.estimator == expected)
    #expect(experiment.toml.contains("surrogate = \"multi_gaussian(h=0.2)\"\n"))
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    // Where activations saturate unless it is given, and then it stays.
    let given = try ExperimentFile.load(
      "lenet5-mnist-2bit", sets: ["feedforward.surrogate=\"clipped_relu(c=1)\""])
    #expect(given.toml.contains("surrogate = \"clipped_relu(c=1)\"\n"))
    #expect(given != preset)
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load(
        "lenet5-mnist-2bit",
        sets: ["feedforward.surrogate=relu", "feedforward.surrogateNormalization=unitMass"])
    }
    #expect(
      failure.sentences == [
        "--set feedforward.surrogateNormalization=unitMass: feedforward.surrogate: \"relu\" does "
          + "not fit surrogateNormalization \"unitMass\": its mass is infinite, expected a finite "
          + "one above 0"
      ])
  }

  @Test func `a file that trains in no epoch is refused where it says so`() throws {
    let text = """
      preset = "lenet5-synthetic"
      [feedforward]
      fullPrecisionEpochs = 0
      quantizedEpochs = 0
      """
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.decode(text, file: "none.toml")
    }
    #expect(
      failure.sentences == [
        "none.toml:4: feedforward.quantizedEpochs: found 0 beside fullPrecisionEpochs = 0, "
          + "expected at least one epoch"
      ])
  }
}
