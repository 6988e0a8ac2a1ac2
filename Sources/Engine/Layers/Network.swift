/// A recurrent classifier: a sequence layer, or several above each other, and a dense readout of
/// its last steps.
package struct Network: Sendable {
  package let recurrent: any SequenceLayer
  /// What the readout sees.
  package let reading: ReadoutConfiguration
  package let readout: Dense
  package let layout: ParameterLayout

  package var classes: Int { readout.outputs }

  /// What a step of the recurrent layer takes, and the readout of the last one.
  package var work: LayerWork {
    var work = recurrent.work
    // Rates and means are no counts.
    work.connections.append(
      Connection(
        reading == .spikes ? recurrent.outputSource : .exact, units: readout.inputs,
        fanOut: readout.outputs, .lastStep))
    return work
  }

  /// Throws when the discretisation of an LMU's memory is unstable.
  package init(
    _ model: ModelConfiguration, layers: Int = 1, reading: ReadoutConfiguration = .spikes,
    inputs: Int, classes: Int
  ) throws(LegendreMemoryError) {
    var layout = ParameterLayout()
    recurrent = try model.makeLayers(layers, inputs: inputs, layout: &layout)
    self.reading = reading
    readout = Dense("readout", inputs: recurrent.outputs, outputs: classes, layout: &layout)
    self.layout = layout
  }

  /// The network that a training run of a problem trains.
  init(
    _ configuration: TrainingConfiguration, for problem: any Problem
  ) throws(LegendreMemoryError) {
    try self.init(
      configuration.model, layers: configuration.layers, reading: configuration.reading,
      inputs: problem.channels, classes: problem.classes)
  }

  /// Fresh weights for `seed`.
  package func makeWeights(seed: UInt64) -> ParameterSlab {
    let weights = ParameterSlab(layout)
    recurrent.initialize(weights, seed: seed)
    readout.initialize(weights, seed: seed)
    return weights
  }
}
