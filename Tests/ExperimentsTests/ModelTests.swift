import Engine
import Experiments
import Testing

/// The kinds of models beside the LMU, as experiments.
@Suite struct ModelTests {
  static let presets = ["digits-rnn", "digits-lstm", "digits-gru", "digits-nru"]

  /// The sentences with which loading is refused.
  private func refusal(_ reference: String, sets: [String]) -> [String] {
    do {
      _ = try ExperimentFile.load(reference, sets: sets)
      return []
    } catch {
      return error.sentences
    }
  }

  static let site = QuantizerSite(
    kind: .nearest, resolution: Schedule(.linear(start: 9, end: 2), bypass: 0.25, hold: 0.5),
    scale: .calibrated(quantile: 0.75), initialVoltage: .fixedSeed(4))

  static let memorySite = QuantizerSite(
    kind: .diffused, resolution: Schedule(.geometric(start: 32, end: 4), hold: 0.25))

  static let models: [ModelConfiguration] =
    HiddenActivation.allCases.flatMap { activation in
      RNNConfiguration.Initialization.allCases.map { start in
        .rnn(
          RNNConfiguration(hidden: 5, activation: activation, initialization: start, h: site))
      }
    } + [.lstm(LSTMConfiguration(hidden: 6, h: site))]
    + GRUConfiguration.Reset.allCases.map {
      .gru(GRUConfiguration(hidden: 7, reset: $0, h: site))
    }
    + [
      .nru(NRUConfiguration(hidden: 8, memory: 9, h: site, m: memorySite)),
      .nru(
        NRUConfiguration(
          hidden: 8, memory: 8, heads: 2, isRectified: true, hasLayerNorm: true, h: site,
          m: site)),
    ]

  @Test(arguments: models)
  func `every model reads back from its file and its template`(model: ModelConfiguration) throws {
    var experiment = Presets.standard.experiment
    experiment.training.model = model
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "x.toml") == experiment)
  }

  @Test func `another kind keeps the hidden state and leaves out what it does not have`() throws {
    let digits = try #require(Presets.standard.experiment.training.model.lmu)
    let lstm = try ExperimentFile.load(sets: ["model.kind=lstm"])
    #expect(
      lstm.training.model == .lstm(LSTMConfiguration(hidden: digits.hidden, h: digits.h)))
    for key in ["theta", "variant", "quantizer.m", "reset", "activation"] {
      #expect(!lstm.toml.contains(key))
    }
    #expect(lstm.template.contains("# order = 64"))
    let gru = try ExperimentFile.load(
      "digits-lstm", sets: ["model.kind=gru", "model.reset=before", "model.hidden=3"])
    guard case .gru(let configuration) = gru.training.model else {
      Issue.record("not a GRU")
      return
    }
    #expect(configuration.reset == .before && configuration.hidden == 3)
  }

  @Test func `a model that becomes an LMU has the window of its sequences`() throws {
    let sets = ["problem.dataset=mnist", "problem.side=14", "model.kind=lmu"]
    let experiment = try ExperimentFile.load("digits-gru", sets: sets)
    #expect(experiment.training.model.lmu?.theta == 196)
    #expect(experiment.training.model.lmu?.m.kind == .off)
    let given = try ExperimentFile.load("digits-gru", sets: sets + ["model.theta=50"])
    #expect(given.training.model.lmu?.theta == 50)
  }

  @Test func `keys that another kind has are refused`() {
    #expect(
      refusal("digits-lstm", sets: ["model.order=3"]) == [
        "--set model.order=3: model.order: used only where kind is \"lmu\"; it is \"lstm\""
      ])
    #expect(
      refusal("digits-gru", sets: ["model.activation=relu"]) == [
        "--set model.activation=relu: model.activation: used only where kind is \"lmu\" or "
          + "\"rnn\"; it is \"gru\", which takes reset"
      ])
    #expect(
      refusal("digits-rnn", sets: ["quantizer.m.schedule.end=2", "quantizer.u.kind=nearest"]) == [
        "--set quantizer.m.schedule.end=2: quantizer.m.schedule.end: used only where model.kind "
          + "is \"lmu\" or \"nru\"; it is \"rnn\", which takes activation and recurrentInitialization",
        "--set quantizer.u.kind=nearest: quantizer.u.kind: used only where model.kind is "
          + "\"lmu\"; it is \"rnn\", which takes activation and recurrentInitialization",
      ])
    #expect(
      refusal("digits", sets: ["model.kind=lsmt", "model.reset=before", "model.order=0"]) == [
        "--set model.kind=lsmt: model.kind: found \"lsmt\", expected \"lmu\", \"rnn\", \"lstm\", "
          + "\"gru\" or \"nru\"; did you mean \"lstm\"?",
        "--set model.order=0: model.order: found 0, expected an integer in 1...1024",
      ])
  }

  @Test func `an NRU keeps the quantizer of the memory, and its memory must fit its heads`()
    throws
  {
    let digits = try #require(Presets.standard.experiment.training.model.lmu)
    let nru = try ExperimentFile.load(sets: ["model.kind=nru"])
    #expect(
      nru.training.model
        == .nru(NRUConfiguration(hidden: digits.hidden, memory: 64, h: digits.h, m: digits.m)))
    #expect(
      refusal("digits-nru", sets: ["model.memory=60"]) == [
        "--set model.memory=60: model.memory: found 60 beside heads = 4, expected memory times "
          + "heads to be a square, as 64 times 4 is"
      ])
    #expect(
      refusal("digits-nru", sets: ["model.heads=3", "model.order=5"]) == [
        "--set model.order=5: model.order: used only where kind is \"lmu\"; it is \"nru\", "
          + "which takes memory, heads, rectified and layerNorm",
        "--set model.heads=3: model.memory: found 64 beside heads = 3, expected memory times "
          + "heads to be a square, as 75 times 3 is",
      ])
    #expect(refusal("digits-nru", sets: ["model.memory=0", "model.heads=3"]).count == 1)
  }

  /// A study on the embedded digits that has ended, the losses of its steps and its conclusion.
  private func train(
    _ name: String, sets: [String]
  ) throws -> (study: TrainingStudy, losses: [Double], end: Conclusion) {
    let experiment = try ExperimentFile.load(name, sets: sets)
    let study = try TrainingStudy(
      name: name, configuration: experiment.training,
      problem: try experiment.problem.load(from: DataLocations(option: nil, environment: [:])),
      threads: 2)
    var losses: [Double] = []
    while true {
      for event in try study.advance(within: .seconds(1)) {
        switch event {
        case .stepped(let readings):
          losses += readings.values.filter { $0.gauge == "loss" }.map(\.last)
        case .ended(let conclusion): return (study, losses, conclusion)
        default: break
        }
      }
    }
  }

  @Test(arguments: presets)
  func `each preset trains on the digits for an epoch`(name: String) throws {
    let run = try train(
      name,
      sets: ["training.epochs=1", "quantizer.h.kind=off", "optimizer.learningRate.end=3e-3"]
        + (name == "digits-nru" ? ["quantizer.m.kind=off"] : []))
    #expect(run.end.outcome == .completed)
    #expect(!run.study.summary.model.hasPrefix("hybrid"))
    let first: Double = run.losses.prefix(20).reduce(0, +) / 20
    let last: Double = run.losses.suffix(20).reduce(0, +) / 20
    #expect(last < first)
  }

  @Test(arguments: presets)
  func `each preset ends with spikes`(name: String) throws {
    // An NRU begins slowly.
    let epochs = name == "digits-nru" ? 10 : 3
    let run = try train(name, sets: ["training.epochs=\(epochs)", "evaluation.testDraws=2"])
    let value = { (path: String) in run.end.metrics.first { $0.gauge == path }?.last ?? .nan }
    #expect(value("test.spiking.draws") == 2)
    #expect(value("test.spiking.accuracy") > 0.15)
    #expect(value("test.sites.h.spikeRate") > 0)
    guard name != "digits-nru" else {
      // Neither of its states is bounded.
      #expect(value("test.sites.m.spikeRate") > 0)
      return
    }
    #expect(value("test.sites.h.bitsCapacity") == 1.584962500721156)
    guard case .raster(let raster)? = run.study.probe(.raster(site: "h", sample: 0)) else {
      Issue.record("no raster of h")
      return
    }
    #expect(raster.resolution == 1)
    #expect(Set(raster.values).isSubset(of: [-1, 0, 1]))
  }
}
