/// One sequence through a recurrent layer, forward and backward, with everything given from
/// outside: weights, voltages and resolutions. What golden files and references are compared with.
package struct SequenceRun: Sendable {
  /// What to run.
  package struct Setting: Sendable {
    package var model: ModelConfiguration
    /// Layers of it above each other.
    package var layers: Int
    package var inputs: Int
    /// Row-major numbers of each parameter by its name in the layout; others stay 0.
    package var weights: [String: [Float]]
    /// w of each site of the layer; infinite where the quantizer is bypassed.
    package var resolutions: [Float]
    /// Voltages before the first step, of each site.
    package var voltages: [[Float]]
    /// steps x inputs
    package var x: [Float]
    /// Derivative of the loss by each output of the last steps, one or more; it is zero by those
    /// of earlier steps.
    package var outputGradient: [Float]
    /// Runs step by step also where an LMU would run in chunks.
    package var isStepwise: Bool

    package init(
      model: ModelConfiguration, layers: Int = 1, inputs: Int, weights: [String: [Float]],
      resolutions: [Float], voltages: [[Float]], x: [Float], outputGradient: [Float],
      isStepwise: Bool = false
    ) {
      self.model = model
      self.layers = layers
      self.inputs = inputs
      self.weights = weights
      self.resolutions = resolutions
      self.voltages = voltages
      self.x = x
      self.outputGradient = outputGradient
      self.isStepwise = isStepwise
    }
  }

  /// Outputs of the sites at all steps, steps x units each, after their quantizers.
  package let signals: [[Float]]
  /// Voltages after the last step, of each site; 0 where there is no quantizer.
  package let voltages: [[Float]]
  /// Gradient of the loss by each parameter, by its name.
  package let gradients: [String: [Float]]
  /// Gradient of the loss by the input, steps x inputs.
  package let inputGradient: [Float]

  /// Throws when the discretisation of an LMU's memory is unstable.
  package init(_ setting: Setting) throws(LegendreMemoryError) {
    var layout = ParameterLayout()
    let layer = try setting.model.makeLayers(
      setting.layers, inputs: setting.inputs, layout: &layout)
    let sites = layer.sites
    precondition(
      setting.resolutions.count == sites.count && setting.voltages.count == sites.count,
      "a resolution and voltages for each site")
    let weights = ParameterSlab(layout)
    for (index, entry) in layout.entries.enumerated() {
      guard let numbers = setting.weights[entry.name] else { continue }
      weights[ParameterHandle(index: index)].set(numbers)
    }
    let steps = setting.x.count / setting.inputs
    let input = Matrix(rows: steps, columns: setting.inputs)
    input.set(setting.x)
    let outputGradient = Matrix(
      rows: setting.outputGradient.count / layer.outputs, columns: layer.outputs)
    outputGradient.set(setting.outputGradient)
    let inputGradient = Matrix(rows: steps, columns: setting.inputs)
    let gradients = ParameterSlab(layout)

    Products.confineToThisThread()
    let pass = Self.makePass(layer, steps: steps, isStepwise: setting.isStepwise)
    let quantizers = (pass as? any QuantizedSequencePass)?.quantizers ?? sites.map { _ in nil }
    for (quantizer, voltages) in zip(quantizers, setting.voltages) {
      quantizer?.givenVoltages = voltages
    }
    [0].withUnsafeBufferPointer { samples in
      let context = PassContext(
        resolutions: setting.resolutions, seed: 0, draw: 0, lane: 0, samples: samples)
      pass.forward(input, weights: weights, context: context)
    }
    pass.backward(
      OutputGradient(outputGradient, rows: 1, steps: steps), input: input,
      inputGradient: inputGradient, weights: weights, gradients: gradients)

    signals = sites.indices.map { pass.signal($0).array }
    voltages = zip(quantizers, sites).map { quantizer, signal in
      quantizer?.voltages.array ?? Array(repeating: 0, count: signal.units)
    }
    self.gradients = gradients.byName
    self.inputGradient = inputGradient.array
  }

  /// A pass for one sequence.
  private static func makePass(
    _ layer: any SequenceLayer, steps: Int, isStepwise: Bool
  ) -> any SequencePass {
    if isStepwise, let lmu = layer as? LMU {
      return lmu.makePass(.stepwise, steps: steps, rows: 1, in: Workspace())
    }
    return layer.makePass(steps: steps, rows: 1, in: Workspace())
  }
}

extension ParameterSlab {
  /// The numbers of each parameter, row-major, by its name.
  fileprivate var byName: [String: [Float]] {
    Dictionary(
      uniqueKeysWithValues: layout.entries.enumerated().map {
        ($0.element.name, self[ParameterHandle(index: $0.offset)].array)
      })
  }
}
