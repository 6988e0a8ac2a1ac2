import Engine
import Experiments
import Testing

@Suite struct TheoryTests {
  @Test func `the preset is a theory whose file reads back as the same`() throws {
    let preset = try #require(Presets.preset(named: "ste-theory")).experiment
    #expect(preset.kind == .theory && preset.theory == CoarseTheoryConfiguration())
    #expect(try ExperimentFile.decode(preset.toml, file: "again.toml") == preset)
    #expect(!preset.toml.contains("[training]") && !preset.toml.contains("[model]"))
    #expect(preset.template.contains("# epochs = "))
    #expect(Catalogue.groups[0].entries.contains { $0.name == "ste-theory" })
  }

  @Test func `settings and options go where a theory has them`() throws {
    let experiment = try ExperimentFile.load(
      "ste-theory",
      sets: [
        "theory.mode=sampled", "theory.race=[\"arctan\", \"relu\"]", "theory.target=drawn",
        "theory.patches=7", "theory.rate=0.1", "theory.start=random", "theory.normaliseW=true",
      ], overrides: ExperimentOverrides(seed: 9, epochs: 3))
    #expect(experiment.seed == 9 && experiment.epochs == 3 && experiment.theory.steps == 3000)
    #expect(experiment.theory.race == [.arctan, .relu] && experiment.theory.patches == 7)
    #expect(experiment.theory.mode == .sampled && experiment.theory.normalisesW)
    #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    let training = try ExperimentFile.load("digits", overrides: ExperimentOverrides(seed: 9))
    #expect(training.kind == .training && training.training.seed == 9)
  }

  @Test(arguments: [
    ("theory.race=[\"relu\", \"tan\"]", "theory.race: found \"tan\" at entry 2, expected a list"),
    (
      "theory.race=[\"relu\", \"stochastic_spike\"]",
      "found \"stochastic_spike\" at entry 2, expected a curve that is a function"
    ),
    ("theory.estimator=stochastic_spike", "this one changes from draw to draw"),
    ("theory.race=[\"relu\", \"relu\"]", "theory.race: found \"relu\" at entry 2"),
    ("theory.vStar=[0, 0]", "theory.vStar: found only zeros, expected at least one other number"),
    ("theory.patches=3", "theory.patches: used only where target is \"drawn\"; it is \"given\""),
    ("theory.rate=0", "theory.rate: found 0"), ("theory.batch=0", "theory.batch: found 0"),
    (
      "training.epochs=3",
      "training.epochs: used only where study is \"training\"; it is \"theory\""
    ),
    (
      "theory.estimator=\"leakyReLU(slope=2)\"",
      "theory.estimator: slope of \"leaky_relu\": found 2, expected a number in 0...1"
    ),
    ("theory.estimator=identiy", "did you mean \"identity\"?"),
  ])
  func `mistakes are named with what was found and expected`(
    setting: String, sentence: String
  ) throws {
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load("ste-theory", sets: [setting])
    }
    #expect(failure.sentences.contains { $0.contains(sentence) }, "\(failure.sentences)")
  }

  @Test func `every surrogate that is a function can lead and race by its name`() throws {
    for kind in Surrogate.Kind.allCases where kind != .stochasticSpike {
      let experiment = try ExperimentFile.load(
        "ste-theory",
        sets: ["theory.estimator=\(kind.rawValue)", "theory.race=[\"\(kind.rawValue)\"]"])
      #expect(experiment.theory.estimator.rawValue == kind.rawValue)
      #expect(experiment.theory.race.map(\.rawValue) == [kind.rawValue])
      #expect(try ExperimentFile.decode(experiment.toml, file: "again.toml") == experiment)
    }
  }

  @Test func `second spellings are read, and written as the catalogue has them`() throws {
    let experiment = try ExperimentFile.load(
      "ste-theory",
      sets: [
        "theory.estimator=\"leakyReLU(slope=0.2)\"", "theory.race=[\"hardTanh\", \"relu\"]",
      ])
    #expect(experiment.theory.estimator.rawValue == "leaky_relu(slope=0.2)")
    #expect(experiment.theory.race == [.hardTanh, .relu])
    #expect(experiment.toml.contains("\"hard_tanh\"") && !experiment.toml.contains("hardTanh"))
    #expect(throws: ExperimentFailure.self) {
      try ExperimentFile.load("ste-theory", sets: ["theory.race=[\"hardTanh\", \"hard_tanh\"]"])
    }
  }

  @Test func `a training has no keys of a theory`() throws {
    let failure = try #require(throws: ExperimentFailure.self) {
      try ExperimentFile.load("digits", sets: ["theory.rate=0.1"])
    }
    #expect(failure.sentences.contains { $0.contains("used only where study is \"theory\"") })
  }
}
