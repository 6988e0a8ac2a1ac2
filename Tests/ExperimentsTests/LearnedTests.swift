import Engine
import Experiments
import Testing

/// Experiments with self-learnable activations.
@Suite struct LearnedTests {
  @Test(arguments: Presets.all.filter { $0.name.hasPrefix("slaf-") }.map(\.name))
  func `a preset is a file that reads back, and learns`(name: String) throws {
    let preset = try #require(Presets.preset(named: name)).experiment
    #expect(try ExperimentFile.decode(preset.toml, file: "again.toml") == preset)
    #expect(preset.feedForward.activation == .learned && preset.kind == .feedForward)
    #expect(preset.toml.contains("[feedforward.learned]"))
    #expect(preset.feedForward.isQuantized == (name == "slaf-lenet5-2bit"))
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
}
