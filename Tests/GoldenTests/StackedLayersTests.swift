import Engine
import Golden
import TestSupport
import Testing

/// Layers above each other against the Double references, one above the other.
@Suite("Stacked layers")
struct StackedLayersTests {
  /// A layer of a stack: what it is in the engine, and its reference with weights.
  struct Layer: Sendable {
    var model: ModelConfiguration
    var weights: [String: [Double]]
    /// Of each site.
    var resolutions: [Double]
    var voltages: [[Double]]
    /// Outputs for a sequence, and the gradients of the sum of outputs . gradient over all steps.
    var run: @Sendable (_ x: [[Double]], _ gradient: [[Double]]) -> Run

    struct Run {
      var h: [[Double]]
      var weights: [String: [Double]]
      var x: [[Double]]
    }
  }

  enum Kind: String, CaseIterable, Sendable {
    case lmu, rnn, lstm, gruResetAfter, gruResetBefore, nru

    func layer(inputs: Int, seed: UInt64, w: Double) throws -> Layer {
      switch self {
      case .lmu: try StackedLayersTests.lmu(inputs: inputs, seed: seed, w: w)
      case .rnn: StackedLayersTests.cell(.rnn(.tanh), inputs: inputs, seed: seed, w: w)
      case .lstm: StackedLayersTests.cell(.lstm, inputs: inputs, seed: seed, w: w)
      case .gruResetAfter:
        StackedLayersTests.cell(.gruResetAfter, inputs: inputs, seed: seed, w: w)
      case .gruResetBefore:
        StackedLayersTests.cell(.gruResetBefore, inputs: inputs, seed: seed, w: w)
      case .nru: StackedLayersTests.nru(inputs: inputs, seed: seed, w: w)
      }
    }
  }

  private static func site(_ w: Double) -> QuantizerSite {
    QuantizerSite(kind: w.isFinite ? .diffused : .off, resolution: Schedule(.hold(w)))
  }

  private static func lmu(inputs: Int, seed: UInt64, w: Double) throws -> Layer {
    let cell = try ReferenceLMUTests.cell(
      seed: seed, inputs: inputs, resolutions: ReferenceLMU.Resolutions(h: w, m: 4 * w))
    let voltages = ReferenceLMUTests.voltages
    let model = ModelConfiguration.lmu(
      LMUConfiguration(
        hidden: 4, order: 5, theta: 9, h: site(w), m: site(4 * w), u: site(.infinity)))
    return Layer(
      model: model, weights: cell.weights.byName, resolutions: [w, 4 * w, .infinity],
      voltages: [voltages.h, voltages.m, [voltages.u]]
    ) { x, gradient in
      let run = ReferenceRoute().run(
        cell, over: x, from: voltages, hiddenGradient: gradient)
      return Layer.Run(h: run.h, weights: run.gradients.byName, x: run.inputGradient)
    }
  }

  private static func cell(
    _ kind: ReferenceCell.Kind, inputs: Int, seed: UInt64, w: Double
  ) -> Layer {
    let cell = ReferenceCellTests.cell(kind, inputs: inputs, seed: seed, resolution: w)
    let voltages = SeededGenerator(seed + 7).then { $0.uniforms(4) }
    let model: ModelConfiguration =
      switch kind {
      case .rnn: .rnn(RNNConfiguration(hidden: 4, h: site(w)))
      case .lstm: .lstm(LSTMConfiguration(hidden: 4, h: site(w)))
      case .gruResetAfter: .gru(GRUConfiguration(hidden: 4, reset: .after, h: site(w)))
      case .gruResetBefore: .gru(GRUConfiguration(hidden: 4, reset: .before, h: site(w)))
      }
    return Layer(model: model, weights: cell.byName, resolutions: [w], voltages: [voltages]) {
      x, gradient in
      let run = ReferenceRoute().run(
        cell, over: x, from: voltages, hiddenGradient: gradient)
      var gradients = cell
      gradients.weights = run.gradients
      return Layer.Run(h: run.h, weights: gradients.byName, x: run.inputGradient)
    }
  }

  private static func nru(inputs: Int, seed: UInt64, w: Double) -> Layer {
    let cell = ReferenceNRUTests.cell(
      .init(inputs: inputs, memory: 4, heads: 4), seed: seed, h: w, m: 4 * w)
    let voltages = SeededGenerator(seed + 7).then {
      ReferenceNRU.Pair(h: $0.uniforms(5), m: $0.uniforms(4))
    }
    let model = ModelConfiguration.nru(
      NRUConfiguration(hidden: 5, memory: 4, heads: 4, h: site(w), m: site(4 * w)))
    return Layer(
      model: model, weights: cell.byName, resolutions: [w, 4 * w],
      voltages: [voltages.h, voltages.m]
    ) { x, gradient in
      let run = ReferenceRoute().run(
        cell, over: x, from: voltages, hiddenGradient: gradient)
      var gradients = cell
      gradients.weights = run.gradients
      return Layer.Run(h: run.h.outputs, weights: gradients.byName, x: run.inputGradient)
    }
  }

  /// Layers above each other, sequences for them, and a gradient by the outputs.
  private struct Stack {
    let layers: [Layer]
    let x: [[Double]]
    let gradient: [[Double]]

    init(_ kind: Kind, layers count: Int, readSteps: Int, seed: UInt64, w: Double) throws {
      var generator = SeededGenerator(seed)
      let units = kind == .nru ? 5 : 4
      layers = try (0..<count).map {
        try kind.layer(inputs: $0 == 0 ? 2 : units, seed: seed + UInt64(10 * $0), w: w)
      }
      x = (0..<9).map { _ in generator.uniforms(2, in: -1..<1) }
      gradient = generator.gradient(units, steps: 9, reading: readSteps)
    }

    /// What the references compute for `x`: outputs and gradients of every layer, the lowest first.
    func reference(_ x: [[Double]]) -> [Layer.Run] {
      var inputs = [x]
      for layer in layers {
        let input = inputs[inputs.count - 1]
        let none = input.map { _ in gradient[0].map { _ in 0.0 } }
        inputs.append(layer.run(input, none).h)
      }
      var (runs, upstream) = ([Layer.Run](), gradient)
      for (layer, input) in zip(layers, inputs).reversed() {
        runs.insert(layer.run(input, upstream), at: 0)
        upstream = runs[0].x
      }
      return runs
    }

    func loss(_ x: [[Double]]) -> Double {
      var signal = x
      let none = gradient.map { $0.map { _ in 0.0 } }
      for layer in layers { signal = layer.run(signal, none).h }
      return zip(signal.flatMap { $0 }, gradient.flatMap { $0 }).reduce(0) { $0 + $1.0 * $1.1 }
    }

    func engine() throws -> SequenceRun {
      var weights: [String: [Float]] = [:]
      for (index, layer) in layers.enumerated() {
        for (name, numbers) in layer.weights {
          weights["layer\(index + 1).\(name)"] = numbers.map(Float.init)
        }
      }
      return try SequenceRun(
        SequenceRun.Setting(
          model: layers[0].model, layers: layers.count, inputs: 2, weights: weights,
          resolutions: layers.flatMap { $0.resolutions.map(Float.init) },
          voltages: layers.flatMap { $0.voltages.map { $0.map(Float.init) } },
          x: x.flatMap { $0.map(Float.init) },
          outputGradient: gradient.flatMap { $0.map(Float.init) }))
    }
  }

  @Test(arguments: Kind.allCases, [.infinity, 4])
  func `The engine has the outputs and gradients of the references`(
    kind: Kind, w: Double
  ) throws {
    for (count, readSteps) in [(2, 1), (2, 4), (3, 4)] {
      let stack = try Stack(kind, layers: count, readSteps: readSteps, seed: 70, w: w)
      let expected = stack.reference(stack.x)
      let found = try stack.engine()
      let sites = found.signals.count / count
      var tally = GoldenTally()
      for (index, run) in expected.enumerated() {
        tally.compare(
          found.signals[index * sites].map(Double.init), run.h.flatMap { $0 }, .scaled(2e-5),
          at: "h of layer \(index + 1)")
        for (name, gradient) in run.weights {
          let name = "layer\(index + 1).\(name)"
          tally.compare(
            try #require(found.gradients[name]).map(Double.init), gradient, .scaled(5e-5),
            at: name)
        }
      }
      tally.compare(
        found.inputGradient.map(Double.init), expected[0].x.flatMap { $0 }, .scaled(5e-5),
        at: "x")
      #expect(tally.failures.isEmpty, "\(kind), \(count) layers: \(tally.failures)")
    }
  }

  @Test(arguments: Kind.allCases)
  func `Gradients of a stack are its central differences`(kind: Kind) throws {
    let stack = try Stack(kind, layers: 2, readSteps: 4, seed: 71, w: .infinity)
    let found = try stack.engine().inputGradient
    // Small steps: the hidden units of an NRU have corners.
    let step = 1e-6
    for t in stack.x.indices {
      for input in 0..<2 {
        let losses = [-step, step].map { change in
          var x = stack.x
          x[t][input] += change
          return stack.loss(x)
        }
        let slope = (losses[1] - losses[0]) / (2 * step)
        let gradient = Double(found[t * 2 + input])
        #expect(abs(slope - gradient) < 1e-4 * max(1, abs(slope)), "x[\(t)][\(input)]")
      }
    }
  }
}
