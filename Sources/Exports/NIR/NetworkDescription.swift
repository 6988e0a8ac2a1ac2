package import Engine

/// A trained network as a translation needs it: what it is made of, its weights, and the resolutions
/// that it was trained at.
package struct NetworkDescription: Sendable {
  package struct Weights: Sendable {
    package var rows: Int
    package var columns: Int
    /// Row-major.
    package var values: [Float]
  }

  package let training: TrainingConfiguration
  package let inputs: InputDescription
  package let sites: [QuantizedSignal]
  private let weights: [String: Weights]
  private let metadata: [String: String]

  /// - Throws: ``WeightMismatch`` where the weights are not those of the model,
  ///   ``LegendreMemoryError``
  package init(
    _ training: TrainingConfiguration, inputs: InputDescription, checkpoint: Checkpoint
  ) throws {
    let network = try Network(
      training.model, layers: training.layers, reading: training.reading, inputs: inputs.channels,
      classes: inputs.classes.count)
    let slab = ParameterSlab(network.layout)
    try slab.take(checkpoint)
    var weights: [String: Weights] = [:]
    for entry in network.layout.entries {
      let values = UnsafeBufferPointer(start: slab.buffer.base + entry.offset, count: entry.count)
      weights[entry.name] = Weights(
        rows: entry.rows, columns: entry.columns, values: Array(values))
    }
    self.training = training
    self.inputs = inputs
    self.weights = weights
    sites = network.recurrent.sites
    metadata = checkpoint.metadata
  }

  /// Weights under the name that they have in checkpoints.
  package subscript(name: String) -> Weights? { weights[name] }

  /// w of a signal as trained last, before its scale; `nil` where the checkpoint does not say.
  func resolution(of site: String) -> Double? { metadata["w." + site].flatMap { Double($0) } }

  func scale(of site: String) -> Double? { metadata["scale." + site].flatMap { Double($0) } }

  var step: Int? { metadata["step"].flatMap { Int($0) } }
}

extension NetworkDescription.Weights {
  var transposed: NetworkDescription.Weights {
    var result = NetworkDescription.Weights(
      rows: columns, columns: rows, values: [Float](repeating: 0, count: values.count))
    for row in 0..<rows {
      for column in 0..<columns {
        result.values[column * rows + row] = values[row * columns + column]
      }
    }
    return result
  }
}
