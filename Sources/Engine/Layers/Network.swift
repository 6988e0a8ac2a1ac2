/// A recurrent classifier: a sequence layer, and a dense readout of its last step.
package struct Network: Sendable {
  package let recurrent: any SequenceLayer
  package let readout: Dense
  package let layout: ParameterLayout

  package var classes: Int { readout.outputs }

  /// What a step of the recurrent layer takes, and the readout of the last one.
  package var work: LayerWork {
    var work = recurrent.work
    work.connections.append(
      Connection(
        recurrent.outputSource, units: readout.inputs, fanOut: readout.outputs, .lastStep))
    return work
  }

  /// Throws when the discretisation of an LMU's memory is unstable.
  package init(
    _ model: ModelConfiguration, inputs: Int, classes: Int
  ) throws(LegendreMemoryError) {
    var layout = ParameterLayout()
    recurrent = try model.makeLayer(inputs: inputs, layout: &layout)
    readout = Dense("readout", inputs: recurrent.outputs, outputs: classes, layout: &layout)
    self.layout = layout
  }

  /// Fresh weights for `seed`.
  package func makeWeights(seed: UInt64) -> ParameterSlab {
    let weights = ParameterSlab(layout)
    recurrent.initialize(weights, seed: seed)
    readout.initialize(weights, seed: seed)
    return weights
  }
}
