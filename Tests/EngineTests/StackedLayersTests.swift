import Engine
import Testing

/// Layers of one model above each other.
@Suite struct StackedLayersTests {
  static let annealed = RecurrentCellTests.annealed

  static let lmu = ModelConfiguration.lmu(
    LMUConfiguration(
      hidden: 9, order: 6, theta: 9, h: annealed, m: annealed,
      u: QuantizerSite(kind: .stochastic, resolution: Schedule(.hold(4)))))

  /// With an activation of its own in each layer.
  static let learned = ModelConfiguration.lmu(
    LMUConfiguration(
      hidden: 9, order: 6, theta: 9, learned: LearnedHidden(), h: annealed, m: annealed,
      u: QuantizerSite(kind: .off, resolution: Schedule(.hold(4)))))

  static let models = [lmu] + RecurrentCellTests.models(hidden: 9, h: annealed) + [learned]

  static func configuration(
    _ model: ModelConfiguration, layers: Int, epochs: Int = 2, shards: Int = 2
  ) -> TrainingConfiguration {
    var configuration = RecurrentCellTests.configuration(model, epochs: epochs, shards: shards)
    configuration.layers = layers
    return configuration
  }

  @Test func `one layer is the layer itself`() throws {
    for model in Self.models {
      let (alone, one) = (
        try Network(model, inputs: 3, classes: 2),
        try Network(model, layers: 1, inputs: 3, classes: 2)
      )
      #expect(alone.layout == one.layout)
      #expect(alone.recurrent.sites == one.recurrent.sites)
    }
  }

  @Test(arguments: models)
  func `a stack has the parameters, state and sites of its layers`(
    model: ModelConfiguration
  ) throws {
    let stack = try Network(model, layers: 3, inputs: 2, classes: 4)
    let below = try Network(model, inputs: 2, classes: 4)
    let above = try Network(model, inputs: 9, classes: 4)
    #expect(
      stack.layout.trainedCount
        == below.layout.trainedCount + 2 * (above.layout.trainedCount - 40))
    #expect(stack.recurrent.state == 3 * below.recurrent.state)
    let sites = below.recurrent.sites
    #expect(
      stack.recurrent.sites.map(\.id)
        == (1...3).flatMap { layer in sites.map { "\($0.id)\(layer)" } })
    // What a layer emits meets the weights of the next one in addition.
    let fanOut = stack.recurrent.sites.map(\.fanOut)
    #expect(fanOut.suffix(sites.count) == sites.map(\.fanOut)[...])
    #expect(fanOut[0] == sites[0].fanOut + above.recurrent.inputFanOut)
    #expect(fanOut[1..<sites.count] == sites.map(\.fanOut)[1...])
    let names = below.layout.entries.map(\.name).filter { !$0.hasPrefix("readout") }
    #expect(
      stack.layout.entries.map(\.name)
        == (1...3).flatMap { layer in names.map { "layer\(layer).\($0)" } }
        + ["readout.weights", "readout.bias"])
  }

  @Test func `the weights of an input are those that are counted`() throws {
    for model in Self.models {
      let counts = try [5, 6].map {
        try Network(model, inputs: $0, classes: 2).layout.trainedCount
      }
      let layer = try Network(model, inputs: 5, classes: 2).recurrent
      #expect(layer.inputFanOut == counts[1] - counts[0])
    }
  }

  @Test(arguments: models)
  func `layers start from numbers of their own`(model: ModelConfiguration) throws {
    let network = try Network(model, layers: 3, inputs: 9, classes: 2)
    let numbers = network.makeWeights(seed: 4).flat.array
    var starts: [String: [ArraySlice<Float>]] = [:]
    for entry in network.layout.entries where entry.name.hasPrefix("layer") {
      let name = String(entry.name.drop { $0 != "." })
      starts[name, default: []].append(numbers[entry.offset..<entry.offset + entry.count])
    }
    let layers = (0..<3).map { layer in starts.keys.sorted().flatMap { starts[$0]?[layer] ?? [] } }
    #expect(layers[0] != layers[1] && layers[1] != layers[2] && layers[0] != layers[2])
    // The same sequence of draws in two layers would leave large parts alike.
    let alike = zip(layers[1], layers[2]).count { $0 == $1 && $0 != 0 && $0 != 1 }
    #expect(alike < 20)
  }

  @Test(arguments: models)
  func `one seed gives the same bits on any number of threads`(model: ModelConfiguration) throws {
    var runs: [[StudyEvent]] = []
    var saved: [Checkpoint] = []
    for threads in [1, 2, 5] {
      let study = try TrainingStudy(
        tiny: Self.configuration(model, layers: 2, shards: 3), threads: threads)
      runs.append(try study.runToEnd().filter { !$0.isProgress })
      saved.append(study.snapshot())
    }
    #expect(runs[1] == runs[0] && runs[2] == runs[0])
    #expect(saved[1] == saved[0] && saved[2] == saved[0])
  }

  @Test(arguments: models)
  func `each layer has sites to look at and to steer, and is restored exactly`(
    model: ModelConfiguration
  ) throws {
    let study = try TrainingStudy(tiny: Self.configuration(model, layers: 2))
    let ids = study.summary.sites.map(\.id)
    #expect(ids.contains("h1") && ids.contains("h2"))
    #expect(study.summary.model.contains(" 2x9"))
    for _ in 0..<3 { _ = try study.advance(within: .zero) }
    for site in study.summary.sites {
      guard case .raster(let raster)? = study.probe(.raster(site: site.id, sample: 1)) else {
        Issue.record("no raster of \(site.id)")
        return
      }
      #expect(raster.units == site.units && raster.steps == 9)
      #expect(raster.values.allSatisfy { $0 == $0.rounded() })
    }
    _ = try study.apply(.set(knob: "w.h2", value: 3))
    let events = try study.advance(within: .zero)
    guard case .stepped(let readings)? = events.first else {
      Issue.record("no step")
      return
    }
    let w = { (id: String) in readings.values.first { $0.gauge == "w.\(id)" }?.last }
    #expect(w("h2") == 3 && w("h1") != 3)
    let saved = study.snapshot()
    let other = try TrainingStudy(tiny: Self.configuration(model, layers: 2))
    try other.restore(saved)
    #expect(other.snapshot().tensors == saved.tensors)
  }

  @Test(arguments: [0, 3])
  func `layers have voltages of their own`(kind: Int) throws {
    // With no input, weights or biases nothing but the voltages could make a spike: relu(0) = 0
    // and so the bias is what tells.
    let voltages: [InitialVoltage] = [.randomPerSequence, .fixedSeed(3)]
    for voltage in voltages {
      let site = QuantizerSite(
        kind: .diffused, resolution: Schedule(.hold(1)), initialVoltage: voltage)
      var layout = ParameterLayout()
      let model = ModelConfiguration.rnn(RNNConfiguration(hidden: 200, activation: .relu, h: site))
      let stack = try model.makeLayers(2, inputs: 1, layout: &layout)
      let weights = ParameterSlab(layout)
      for entry in layout.entries where entry.name.hasSuffix("bias") {
        Matrix(buffer: weights.buffer, offset: entry.offset, rows: 1, columns: entry.columns)
          .fill(0.5)
      }
      let pass = stack.makePass(steps: 1, rows: 1, in: Workspace())
      [kind].withUnsafeBufferPointer { samples in
        pass.forward(
          Matrix(rows: 1, columns: 1), weights: weights,
          context: PassContext(
            resolutions: [1, 1], seed: 3, draw: 0, lane: 0, samples: samples))
      }
      // A half of all units spikes in each layer, a quarter in both.
      let (below, above) = (pass.signal(0).array, pass.signal(1).array)
      #expect((70...130).contains(Int(below.reduce(0, +))))
      #expect((70...130).contains(Int(above.reduce(0, +))))
      let both = zip(below, above).count { $0 == 1 && $1 == 1 }
      #expect((25...75).contains(both))
    }
  }

  @Test(arguments: models)
  func `training lowers the loss`(model: ModelConfiguration) throws {
    // Coarse spikes in two layers are left to longer runs.
    let off = RecurrentCellTests.models(hidden: 9) + [Self.plain(LearnedHidden()), Self.plain()]
    let index = Self.models.firstIndex(of: model) ?? 0
    let plain = index == 0 ? off[off.count - 1] : off[index - 1]
    let study = try TrainingStudy(tiny: Self.configuration(plain, layers: 2, epochs: 100))
    let losses = try study.runToEnd().compactMap(\.trainingLoss)
    let (first, last) = (losses.prefix(4).reduce(0, +) / 4, losses.suffix(4).reduce(0, +) / 4)
    #expect(last < 0.7 * first)
  }

  private static func plain(_ learned: LearnedHidden? = nil) -> ModelConfiguration {
    .lmu(
      LMUConfiguration(
        hidden: 9, order: 6, theta: 9, learned: learned, h: RecurrentCellTests.off,
        m: RecurrentCellTests.off, u: RecurrentCellTests.off))
  }

  @Test(arguments: models, [2, 3])
  func `a smaller batch and one after a divergence leave nothing behind`(
    model: ModelConfiguration, layers: Int
  ) throws {
    var layout = ParameterLayout()
    let stack = try model.makeLayers(layers, inputs: 2, layout: &layout)
    let weights = ParameterSlab(layout)
    stack.initialize(weights, seed: 1)
    let pass = stack.makePass(steps: 11, rows: 7, in: Workspace())
    let fresh = stack.makePass(steps: 11, rows: 4, in: Workspace())
    let numbers = weights.flat.array
    weights.flat.fill(.nan)
    _ = run(pass, stack, weights, rows: 7)
    #expect(pass.output.array.contains { $0.isNaN })
    weights.flat.set(numbers)
    #expect(run(pass, stack, weights, rows: 4) == run(fresh, stack, weights, rows: 4))
    #expect(pass.output.array == fresh.output.array)
  }

  /// Gradients by the parameters and by the input of a run over random sequences.
  private func run(
    _ pass: any SequencePass, _ layer: any SequenceLayer, _ weights: ParameterSlab, rows: Int
  ) -> [Float] {
    let input = ChunkedLMUTests.random(11 * rows, layer.inputs, lane: 1)
    let gradients = ParameterSlab(weights.layout)
    let inputGradient = Matrix(rows: input.rows, columns: input.columns)
    Array(0..<rows).withUnsafeBufferPointer { samples in
      pass.forward(
        input, weights: weights,
        context: PassContext(
          resolutions: layer.sites.map { _ in .infinity }, seed: 3, draw: 0, lane: 0,
          samples: samples))
    }
    pass.backward(
      OutputGradient(
        ChunkedLMUTests.random(3 * rows, layer.outputs, lane: 2), rows: rows, steps: 11),
      input: input, inputGradient: inputGradient, weights: weights, gradients: gradients)
    return gradients.flat.array + inputGradient.array
  }
}
