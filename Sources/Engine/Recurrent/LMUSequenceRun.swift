/// One sequence through an ``LMU``, forward and backward, with everything given from outside:
/// weights, voltages and resolutions. What golden files and references are compared with.
package struct LMUSequenceRun: Sendable {
  /// What to run.
  package struct Setting: Sendable {
    package var configuration: LMUConfiguration
    package var inputs: Int
    /// Row-major numbers of each parameter by its name in the layout; others stay 0.
    package var weights: [String: [Float]]
    /// w of h, m and u; infinite where the quantizer is bypassed.
    package var resolutions: [Float]
    /// Voltages before the first step, of h, m and u.
    package var voltages: [[Float]]
    /// steps x inputs
    package var x: [Float]
    /// Derivative of the loss by each output of the last step.
    package var lastStep: [Float]
    /// Runs step by step also where the layer would run in chunks.
    package var isStepwise: Bool

    package init(
      configuration: LMUConfiguration, inputs: Int, weights: [String: [Float]],
      resolutions: [Float], voltages: [[Float]], x: [Float], lastStep: [Float],
      isStepwise: Bool = false
    ) {
      self.configuration = configuration
      self.inputs = inputs
      self.weights = weights
      self.resolutions = resolutions
      self.voltages = voltages
      self.x = x
      self.lastStep = lastStep
      self.isStepwise = isStepwise
    }
  }

  /// Outputs of h, m and u at all steps, steps x units each, after their quantizers.
  package let signals: [[Float]]
  /// Voltages after the last step, of h, m and u; 0 where there is no quantizer.
  package let voltages: [[Float]]
  /// Gradient of the loss by each parameter, by its name.
  package let gradients: [String: [Float]]

  /// Throws when the memory's discretisation is unstable.
  package init(_ setting: Setting) throws(LegendreMemoryError) {
    precondition(
      setting.resolutions.count == 3 && setting.voltages.count == 3, "three sites: h, m and u")
    var layout = ParameterLayout()
    let layer = try LMU(setting.configuration, inputs: setting.inputs, layout: &layout)
    let weights = ParameterSlab(layout)
    for (index, entry) in layout.entries.enumerated() {
      guard let numbers = setting.weights[entry.name] else { continue }
      weights[ParameterHandle(index: index)].set(numbers)
    }
    let steps = setting.x.count / setting.inputs
    let input = Matrix(rows: steps, columns: setting.inputs)
    input.set(setting.x)
    let lastStep = Matrix(rows: 1, columns: layer.outputs)
    lastStep.set(setting.lastStep)
    let gradients = ParameterSlab(layout)

    Products.confineToThisThread()
    let pass = layer.makePass(steps: steps, isStepwise: setting.isStepwise)
    for (quantizer, voltages) in zip(pass.quantizers, setting.voltages) {
      quantizer?.givenVoltages = voltages
    }
    [0].withUnsafeBufferPointer { samples in
      let context = PassContext(
        resolutions: setting.resolutions, seed: 0, draw: 0, lane: 0, samples: samples)
      pass.forward(input, weights: weights, context: context)
    }
    pass.backward(lastStep: lastStep, input: input, weights: weights, gradients: gradients)

    signals = (0..<3).map { pass.signal($0).array }
    voltages = zip(pass.quantizers, layer.sites).map { quantizer, signal in
      quantizer?.voltages.array ?? Array(repeating: 0, count: signal.units)
    }
    self.gradients = Dictionary(
      uniqueKeysWithValues: layout.entries.enumerated().map {
        ($0.element.name, gradients[ParameterHandle(index: $0.offset)].array)
      })
  }
}

extension LMU {
  /// A pass for one sequence.
  fileprivate func makePass(steps: Int, isStepwise: Bool) -> any LMUSequencePass {
    guard !isStepwise, let chunkedMemory else {
      return makeStepwisePass(steps: steps, rows: 1, in: Workspace())
    }
    return ChunkedLMUPass(self, memory: chunkedMemory, steps: steps, rows: 1, in: Workspace())
  }
}
