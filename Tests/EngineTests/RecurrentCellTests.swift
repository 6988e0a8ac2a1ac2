import Engine
import Testing

@Suite struct RecurrentCellTests {
  static let off = QuantizerSite(kind: .off, resolution: Schedule(.hold(1)))
  static let fine = QuantizerSite(kind: .diffused, resolution: Schedule(.hold(4096)))

  /// One model of each kind and option.
  static func models(hidden: Int, h: QuantizerSite = off) -> [ModelConfiguration] {
    [
      .rnn(RNNConfiguration(hidden: hidden, h: h)),
      .rnn(RNNConfiguration(hidden: hidden, activation: .relu, initialization: .identity, h: h)),
      .lstm(LSTMConfiguration(hidden: hidden, h: h)),
      .gru(GRUConfiguration(hidden: hidden, reset: .after, h: h)),
      .gru(GRUConfiguration(hidden: hidden, reset: .before, h: h)),
      .nru(NRUConfiguration(hidden: hidden, memory: 16, h: h, m: h)),
      .nru(
        NRUConfiguration(
          hidden: hidden, memory: 9, isRectified: true, hasLayerNorm: true, h: h, m: h)),
    ]
  }

  static let annealed = QuantizerSite(
    kind: .diffused, resolution: Schedule(.geometric(start: 16, end: 1), hold: 0.5))

  static func configuration(
    _ model: ModelConfiguration, epochs: Int = 2, shards: Int = 2
  ) -> TrainingConfiguration {
    var configuration = TrainingConfiguration.tiny(epochs: epochs, shards: shards)
    configuration.model = model
    return configuration
  }

  /// Sizes of the specification, section 4.5, for every other budget than the next test's.
  @Test(arguments: [
    (models(hidden: 401)[0], 165_623, 401), (models(hidden: 201)[2], 165_232, 402),
    (models(hidden: 232)[3], 165_890, 232), (models(hidden: 232)[4], 165_194, 232),
    (models(hidden: 218)[0], 50_150, 218), (models(hidden: 110)[2], 50_390, 220),
    (models(hidden: 126)[3], 50_032, 126), (models(hidden: 126)[4], 49_654, 126),
    (.nru(NRUConfiguration(hidden: 98, memory: 144, h: off, m: off)), 50_174, 242),
    (models(hidden: 136)[0], 20_138, 136), (models(hidden: 68)[2], 19_730, 136),
    (models(hidden: 79)[3], 20_234, 79), (models(hidden: 79)[4], 19_997, 79),
  ])
  func `networks of other budgets have the listed sizes`(
    model: ModelConfiguration, parameters: Int, state: Int
  ) throws {
    let network = try Network(model, inputs: 1, classes: 10)
    #expect(network.layout.trainedCount == parameters)
    #expect(network.recurrent.state == state)
  }

  /// Sizes of the specification, section 4.5: about 102,027 parameters.
  @Test(arguments: [
    (models(hidden: 313)[0], 101_735, 313), (models(hidden: 157)[2], 101_432, 314),
    (models(hidden: 181)[3], 101_732, 181), (models(hidden: 182)[4], 102_294, 182),
    (.nru(NRUConfiguration(hidden: 160, memory: 196, h: off, m: off)), 101_730, 356),
    (.nru(NRUConfiguration(hidden: 212, memory: 256, h: off, m: off)), 165_554, 468),
    (.nru(NRUConfiguration(hidden: 70, memory: 64, h: off, m: fine)), 19_950, 262),
  ])
  func `networks have the listed number of parameters and state`(
    model: ModelConfiguration, parameters: Int, state: Int
  ) throws {
    let network = try Network(model, inputs: 1, classes: 10)
    #expect(network.layout.trainedCount == parameters)
    #expect(network.recurrent.state == state)
  }

  @Test(arguments: [(5, 5), (7, 28), (64, 192)])
  func `orthogonal weights have orthonormal rows`(rows: Int, columns: Int) {
    let hidden = rows
    let model = Self.models(hidden: hidden)[columns / rows == 1 ? 0 : columns / rows == 4 ? 2 : 3]
    guard let network = try? Network(model, inputs: 1, classes: 2) else { return }
    let weights = network.makeWeights(seed: 3)
    guard let entry = network.layout.entries.first(where: { $0.name.hasSuffix("hiddenWeights") })
    else {
      Issue.record("no recurrent weights")
      return
    }
    let u = Matrix(
      buffer: weights.buffer, offset: entry.offset, rows: entry.rows, columns: entry.columns)
    #expect(u.rows == rows && u.columns == columns)
    for a in 0..<rows {
      for b in 0...a {
        let product = (0..<columns).reduce(0) { $0 + Double(u[a, $1]) * Double(u[b, $1]) }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-5)
      }
    }
  }

  @Test(arguments: models(hidden: 9, h: annealed))
  func `one seed gives the same bits on any number of threads`(model: ModelConfiguration) throws {
    var runs: [[StudyEvent]] = []
    var saved: [Checkpoint] = []
    for threads in [1, 2, 5] {
      let study = try TrainingStudy(
        tiny: Self.configuration(model, shards: 3), threads: threads)
      runs.append(try study.runToEnd().filter { !$0.isProgress })
      saved.append(study.snapshot())
    }
    #expect(runs[1] == runs[0] && runs[2] == runs[0])
    #expect(saved[1] == saved[0] && saved[2] == saved[0])
  }

  @Test(arguments: models(hidden: 9, h: fine))
  func `two shards train as one does`(model: ModelConfiguration) throws {
    let losses = try [1, 2].map { shards in
      try TrainingStudy(tiny: Self.configuration(model, epochs: 1, shards: shards)).runToEnd()
        .compactMap(\.trainingLoss)
    }
    #expect(losses[0].count == 4)
    // The norms of an NRU magnify what a count of difference does to later steps.
    let limit = if case .nru = model { 5e-3 } else { 1e-3 }
    for (one, two) in zip(losses[0], losses[1]) { #expect(abs(one - two) < limit) }
  }

  @Test(arguments: models(hidden: 12))
  func `training lowers the loss`(model: ModelConfiguration) throws {
    let study = try TrainingStudy(tiny: Self.configuration(model, epochs: 100))
    let losses = try study.runToEnd().compactMap(\.trainingLoss)
    let (first, last) = (losses.prefix(4).reduce(0, +) / 4, losses.suffix(4).reduce(0, +) / 4)
    #expect(last < 0.6 * first)
  }

  @Test(arguments: models(hidden: 9, h: annealed))
  func `a run has its sites, their rasters and voltages, and is restored exactly`(
    model: ModelConfiguration
  ) throws {
    let study = try TrainingStudy(tiny: Self.configuration(model))
    let ids = if case .nru = model { ["h", "m"] } else { ["h"] }
    #expect(study.summary.sites.map(\.id) == ids)
    #expect(study.summary.model.hasPrefix("hybrid "))
    for _ in 0..<3 { _ = try study.advance(within: .zero) }
    for (site, units) in zip(ids, [9, model.memory]) {
      guard case .raster(let raster)? = study.probe(.raster(site: site, sample: 1)) else {
        Issue.record("no raster of \(site)")
        return
      }
      #expect(raster.units == units && raster.steps == 9)
      #expect(raster.values.allSatisfy { $0 == $0.rounded() })
    }
    let saved = study.snapshot()
    let other = try TrainingStudy(tiny: Self.configuration(model))
    try other.restore(saved)
    #expect(other.snapshot() == saved)
    _ = try other.runToEnd()
    _ = try study.runToEnd()
    #expect(other.snapshot() == study.snapshot())
  }

  @Test func `a checkpoint of another kind or size is refused`() throws {
    // Without the second plain RNN, whose weights have the names and shapes of the first.
    let models = [6, 7].flatMap { hidden in
      Self.models(hidden: hidden).enumerated().filter { $0.offset != 1 }.map(\.element)
    }
    let studies = try models.map { try TrainingStudy(tiny: Self.configuration($0)) }
    let checkpoints = studies.map { $0.snapshot() }
    for (index, study) in studies.enumerated() {
      for other in checkpoints.indices where other != index {
        #expect(throws: CheckpointError.self) { try study.restore(checkpoints[other]) }
      }
      #expect(study.snapshot() == checkpoints[index])
    }
  }

  @Test(arguments: models(hidden: 5), [1, 3])
  func `a smaller batch and one after a divergence leave nothing behind`(
    model: ModelConfiguration, inputs: Int
  ) throws {
    var layout = ParameterLayout()
    let layer = try model.makeLayer(inputs: inputs, layout: &layout)
    let weights = ParameterSlab(layout)
    layer.initialize(weights, seed: 1)
    let pass = layer.makePass(steps: 21, rows: 7, in: Workspace())
    let fresh = layer.makePass(steps: 21, rows: 4, in: Workspace())
    let numbers = weights.flat.array
    weights.flat.fill(.nan)
    _ = run(pass, layer, weights, rows: 7)
    #expect(pass.signal(0).array.contains { $0.isNaN })
    weights.flat.set(numbers)
    #expect(run(pass, layer, weights, rows: 4) == run(fresh, layer, weights, rows: 4))
    #expect(pass.output.array == fresh.output.array)
  }

  /// Gradients of a forward and backward run over random sequences.
  private func run(
    _ pass: any SequencePass, _ layer: any SequenceLayer, _ weights: ParameterSlab, rows: Int
  ) -> [Float] {
    let input = ChunkedLMUTests.random(21 * rows, layer.inputs, lane: 1)
    let gradients = ParameterSlab(weights.layout)
    Array(0..<rows).withUnsafeBufferPointer { samples in
      pass.forward(
        input, weights: weights,
        context: PassContext(
          resolutions: layer.sites.map { _ in .infinity }, seed: 3, draw: 0, lane: 0,
          samples: samples))
    }
    pass.backward(
      OutputGradient(
        lastStep: ChunkedLMUTests.random(rows, layer.outputs, lane: 2), steps: 21), input: input,
      inputGradient: nil, weights: weights, gradients: gradients)
    return gradients.flat.array
  }
}

extension ModelConfiguration {
  /// Numbers of an NRU's memory.
  fileprivate var memory: Int { if case .nru(let nru) = self { nru.memory } else { 0 } }
}
