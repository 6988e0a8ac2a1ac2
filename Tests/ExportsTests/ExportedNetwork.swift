import Engine
import Exports
import TestSupport

/// A small network with drawn weights, in the engine and as a graph.
struct ExportedNetwork {
  static let inputs = 3
  static let steps = 9

  let network: Network
  let weights: ParameterSlab
  let translation: NIRTranslation

  init(_ model: ModelConfiguration, layers: Int = 1) throws {
    network = try Network(model, layers: layers, inputs: Self.inputs, classes: 4)
    weights = network.makeWeights(seed: 5)
    // Biases and encoders that begin with 0 are to be told apart from absent ones.
    var generator = SeededGenerator(11)
    for index in 0..<weights.flat.count {
      weights.buffer.base[index] += Float(generator.uniform(-0.3..<0.3))
    }
    var training = TrainingConfiguration(
      model: model,
      optimizer: OptimizerConfiguration(
        rule: .momentum(0), learningRate: Schedule(.hold(0.1)), clipNorm: nil),
      epochs: 1, batch: 1)
    training.layers = layers
    let description = try NetworkDescription(
      training,
      inputs: InputDescription(
        steps: Self.steps, channels: Self.inputs, classes: ["a", "b", "c", "d"]),
      checkpoint: Self.checkpoint(network, weights))
    translation = try NIRTranslation(description)
  }

  static func checkpoint(_ network: Network, _ weights: ParameterSlab) -> Checkpoint {
    let tensors = network.layout.entries.map { entry in
      Checkpoint.Tensor(
        name: entry.name, shape: [entry.rows, entry.columns],
        values: (0..<entry.count).map { weights.buffer.base[entry.offset + $0] })
    }
    var metadata = ["step": "12"]
    for site in network.recurrent.sites where site.site.kind != .off {
      metadata["w." + site.id] = "2.5"
      metadata["scale." + site.id] = "0.5"
    }
    return Checkpoint(tensors: tensors, metadata: metadata)
  }

  static func site(_ kind: Quantizer = .diffused) -> QuantizerSite {
    QuantizerSite(kind: kind, resolution: Schedule(.hold(1)))
  }

  /// A sequence, step by step.
  var sequence: [[Double]] {
    var generator = SeededGenerator(21)
    return (0..<Self.steps).map { _ in
      generator.uniforms(Self.inputs, in: -1..<1).map { Double(Float($0)) }
    }
  }

  /// The scores after every step as the engine computes them with all quantizers bypassed.
  func scores() -> [[Float]] {
    let input = Matrix(rows: Self.steps, columns: Self.inputs)
    input.set(sequence.joined().map { Float($0) })
    let pass = network.recurrent.makePass(steps: Self.steps, rows: 1, in: Workspace())
    let resolutions = network.recurrent.sites.map { _ in Float.infinity }
    [0].withUnsafeBufferPointer { samples in
      pass.forward(
        input, weights: weights,
        context: PassContext(
          resolutions: resolutions, seed: 1, draw: 0, lane: 0, samples: samples))
    }
    let result = Matrix(rows: Self.steps, columns: 4)
    network.readout.forward(pass.output, into: result, weights: weights)
    return (0..<Self.steps).map { step in Array(result.array[step * 4..<step * 4 + 4]) }
  }
}
