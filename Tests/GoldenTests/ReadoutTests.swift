import Engine
import Foundation
import Golden
import TestSupport
import Testing

/// What a classifier reads of its recurrent layer: its loss, and the gradients of all parameters.
@Suite("Readouts")
struct ReadoutTests {
  static let readouts: [ReadoutConfiguration] = [
    .spikes, .rate, .mean(steps: 1), .mean(steps: 3), .mean(steps: ReadoutTests.steps),
  ]
  static let steps = 7
  static let samples = 4
  static let classes = 3

  /// A few random sequences of two values.
  struct FewSequences: Problem {
    let title = "few"
    let steps = ReadoutTests.steps
    let channels = 2
    let classes = ReadoutTests.classes
    let x: [[[Double]]] = SeededGenerator(90).then { generator in
      (0..<ReadoutTests.samples).map { _ in
        (0..<ReadoutTests.steps).map { _ in
          generator.uniforms(2, in: -1..<1).map { Double(Float($0)) }
        }
      }
    }

    func count(in split: Gauge.Split) -> Int { x.count }
    func label(_ index: Int, in split: Gauge.Split) -> Int { index % classes }

    func copySample(
      _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>,
      stride: Int
    ) {
      for (t, values) in x[index].enumerated() {
        for (channel, value) in values.enumerated() {
          destination[t * stride + channel] = Float(value)
        }
      }
    }
  }

  /// A recurrent layer with weights, in Double and for the engine, starting from voltages of 1/2.
  struct Layer: Sendable {
    var model: ModelConfiguration
    var resolutions: [Double]
    var weights: [String: [Double]]
    /// Outputs at all steps and the activity behind the last, for weights by name.
    var forward: @Sendable ([String: [Double]], [[Double]]) -> (h: [[Double]], rate: [Double])
    /// Gradients by name for one by the outputs.
    var backward: @Sendable ([[Double]], [[Double]]) -> [String: [Double]]
  }

  private static func site(_ w: Double) -> QuantizerSite {
    QuantizerSite(
      kind: w.isFinite ? .diffused : .off, resolution: Schedule(.hold(w)), initialVoltage: .half)
  }

  static func lstm(w: Double) -> Layer {
    let cell = ReferenceCellTests.cell(.lstm, inputs: 2, seed: 91, resolution: w)
    let half = [Double](repeating: 0.5, count: 4)
    return Layer(
      model: .lstm(LSTMConfiguration(hidden: 4, h: site(w))), resolutions: [w],
      weights: cell.byName
    ) { byName, x in
      var changed = cell
      let rows = { (name: String) in
        let all = byName["lstm.\(name)"] ?? []
        return Swift.stride(from: 0, to: all.count, by: 16).map { Array(all[$0..<$0 + 16]) }
      }
      changed.weights = ReferenceCell.Weights(
        kernel: rows("inputWeights"), recurrent: rows("hiddenWeights"), biases: rows("bias"))
      let trace = changed.forward(x, from: half)
      return (trace.h, trace.states[trace.states.count - 1])
    } backward: { x, gradient in
      var gradients = cell
      gradients.weights = cell.gradients(x, from: half, hiddenGradient: gradient).weights
      return gradients.byName
    }
  }

  /// In chunks without a quantizer at m, else step by step.
  static func lmu(w: Double, m: Double) throws -> Layer {
    let cell = try ReferenceLMUTests.cell(
      seed: 92, resolutions: ReferenceLMU.Resolutions(h: w, m: m))
    let voltages = ReferenceLMU.Voltages(
      h: [Double](repeating: 0.5, count: 4), m: [Double](repeating: 0.5, count: 5))
    return Layer(
      model: .lmu(
        LMUConfiguration(
          hidden: 4, order: 5, theta: 9, h: site(w), m: site(m), u: site(.infinity))),
      resolutions: [w, m, .infinity], weights: cell.weights.byName
    ) { byName, x in
      var changed = cell
      changed.weights = ReferenceLMU.Weights(byName, like: cell.weights)
      let trace = changed.forward(x, from: voltages)
      return (trace.h, trace.z[trace.z.count - 1].map(cell.activation.value))
    } backward: { x, gradient in
      cell.backward(cell.forward(x, from: voltages), hiddenGradient: gradient).weights.byName
    }
  }

  /// A classifier in Double.
  struct Classifier {
    let layer: Layer
    let readout: ReadoutConfiguration
    let problem = FewSequences()
    /// Of the layer and of the dense readout, 4 x classes and classes.
    var weights: [String: [Double]]

    init(_ layer: Layer, _ readout: ReadoutConfiguration) {
      self.layer = layer
      self.readout = readout
      var generator = SeededGenerator(93)
      weights = layer.weights
      weights["readout.weights"] = generator.uniforms(4 * ReadoutTests.classes, in: -1..<1)
      weights["readout.bias"] = generator.uniforms(ReadoutTests.classes, in: -1..<1)
      weights = weights.mapValues { $0.map { Double(Float($0)) } }
    }

    /// What the readout sees of a sample.
    func seen(_ sample: Int) -> [Double] {
      let (h, rate) = layer.forward(weights, problem.x[sample])
      switch readout {
      case .spikes: return h[h.count - 1]
      case .rate: return rate
      case .mean(let steps):
        return rate.indices.map { unit in
          h.suffix(steps).reduce(0) { $0 + $1[unit] } / Double(steps)
        }
      }
    }

    /// Probabilities of the classes for what is seen.
    func probabilities(_ seen: [Double]) -> [Double] {
      let (matrix, bias) = (weights["readout.weights"] ?? [], weights["readout.bias"] ?? [])
      let powers = bias.indices.map { label in
        exp(
          seen.indices.reduce(bias[label]) { $0 + seen[$1] * matrix[$1 * bias.count + label] })
      }
      return powers.map { $0 / powers.reduce(0, +) }
    }

    /// Sum of the losses.
    var loss: Double {
      (0..<ReadoutTests.samples).reduce(0) {
        $0 - log(probabilities(seen($1))[problem.label($1, in: .training)])
      }
    }

    /// Gradients of the mean loss, quantizers straight through.
    func gradients() -> [String: [Double]] {
      var sum = weights.mapValues { $0.map { _ in 0.0 } }
      let matrix = weights["readout.weights"] ?? []
      for sample in 0..<ReadoutTests.samples {
        let seen = seen(sample)
        var error = probabilities(seen)
        error[problem.label(sample, in: .training)] -= 1
        error = error.map { $0 / Double(ReadoutTests.samples) }
        let back = seen.indices.map { unit in
          error.indices.reduce(0) { $0 + error[$1] * matrix[unit * error.count + $1] }
        }
        let share = back.map { $0 / Double(readout.steps) }
        let gradient = (0..<problem.steps).map { step in
          problem.steps - step > readout.steps ? back.map { _ in 0 } : share
        }
        var part = layer.backward(problem.x[sample], gradient)
        part["readout.weights"] = seen.flatMap { value in error.map { value * $0 } }
        part["readout.bias"] = error
        for (name, numbers) in part {
          sum[name] = zip(sum[name] ?? [], numbers).map { $0 + $1 }
        }
      }
      return sum
    }

    /// The engine's losses in an evaluation and in a training step, and the gradients of the step.
    func engine() throws -> (losses: [Double], gradients: [String: [Double]]) {
      let trainer = try Trainer(
        network: try Network(
          layer.model, reading: readout, inputs: 2, classes: ReadoutTests.classes),
        problem: problem,
        configuration: TrainingConfiguration(
          model: layer.model,
          optimizer: OptimizerConfiguration(
            rule: .momentum(0), learningRate: Schedule(.hold(0)), clipNorm: nil),
          epochs: 1, batch: ReadoutTests.samples, shards: 2),
        threads: 1)
      let numbers = { (slab: ParameterSlab, entry: ParameterLayout.Entry) in
        Matrix(
          buffer: slab.buffer, offset: entry.offset, rows: entry.rows, columns: entry.columns)
      }
      let entries = trainer.network.layout.entries
      for entry in entries {
        numbers(trainer.weights, entry).set((weights[entry.name] ?? []).map(Float.init))
      }
      let resolutions = layer.resolutions.map(Float.init)
      let evaluated = trainer.evaluate(
        0..<ReadoutTests.samples, split: .training, draw: 0, resolutions: resolutions,
        isMetered: false)
      let trained = trainer.train(
        Array(0..<ReadoutTests.samples)[...], epoch: 0, resolutions: resolutions, rate: 0)
      var gradients: [String: [Double]] = [:]
      for entry in entries {
        gradients[entry.name] =
          numbers(trainer.optimizer.firstMoment, entry).array.map(Double.init)
      }
      return ([evaluated.loss, trained.loss], gradients)
    }
  }

  private static func layers() throws -> [Layer] {
    [
      lstm(w: .infinity), lstm(w: 4), try lmu(w: .infinity, m: .infinity),
      try lmu(w: 4, m: .infinity), try lmu(w: 4, m: 16),
    ]
  }

  @Test(arguments: readouts)
  func `Loss and gradients are those of the references`(readout: ReadoutConfiguration) throws {
    for (index, layer) in try Self.layers().enumerated() {
      let classifier = Classifier(layer, readout)
      let (losses, found) = try classifier.engine()
      for loss in losses { #expect(abs(loss - classifier.loss) < 1e-4, "layer \(index)") }
      var tally = GoldenTally()
      for (name, expected) in classifier.gradients() {
        tally.compare(try #require(found[name]), expected, .scaled(2e-5), at: "\(index) \(name)")
      }
      #expect(tally.failures.isEmpty, "\(tally.failures)")
    }
  }

  @Test(arguments: readouts)
  func `Gradients are central differences of the loss`(readout: ReadoutConfiguration) throws {
    for layer in [Self.lstm(w: .infinity), try Self.lmu(w: .infinity, m: .infinity)] {
      let classifier = Classifier(layer, readout)
      let found = try classifier.engine().gradients
      for (name, numbers) in classifier.weights {
        for index in numbers.indices {
          let step = 1e-4
          let losses = [-step, step].map { change in
            var changed = classifier
            changed.weights[name]?[index] += change
            return changed.loss / Double(Self.samples)
          }
          let slope = (losses[1] - losses[0]) / (2 * step)
          #expect(abs(slope - (found[name]?[index] ?? .nan)) < 1e-5, "\(name)[\(index)]")
        }
      }
    }
  }
}
