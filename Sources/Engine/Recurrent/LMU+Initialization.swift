import Foundation

/// Where the weights start (hybrid-spiking specification, section 3.2).
extension LMU {
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization)
    for bias in [handles.bias, handles.memoryBias] {
      if let bias { weights[bias].fill(0) }
    }
    switch configuration.initialization {
    case .memoryOnly: initializeMemoryOnly(weights, &stream)
    case .full: initializeFull(weights, &stream)
    case .orthogonal: initializeOrthogonal(weights, &stream)
    }
    learned?.initialize(weights, seed: seed)
  }

  private func initializeMemoryOnly(_ weights: ParameterSlab, _ stream: inout RandomStream) {
    weights[handles.memoryWeights]
      .fillNormal(glorot(configuration.memory, configuration.hidden), &stream)
    fillInputEncoder(weights, &stream)
    for handle in [
      handles.hiddenEncoder, handles.memoryEncoder, handles.inputWeights, handles.hiddenWeights,
    ] {
      if let handle { weights[handle].fill(0) }
    }
  }

  private func initializeFull(_ weights: ParameterSlab, _ stream: inout RandomStream) {
    let n = configuration.hidden
    weights[handles.memoryWeights].fillNormal(glorot(configuration.memory, n), &stream)
    weights[handles.inputEncoder].fillUniform(sqrt(3 / Double(inputs)), &stream)
    if let handle = handles.hiddenEncoder {
      weights[handle].fillUniform(sqrt(3 / Double(n)), &stream)
    }
    if let handle = handles.memoryEncoder { weights[handle].fill(0) }
    if let handle = handles.inputWeights {
      weights[handle].fillNormal(glorot(inputs, n), &stream)
    }
    if let handle = handles.hiddenWeights { weights[handle].fillNormal(glorot(n, n), &stream) }
  }

  private func initializeOrthogonal(_ weights: ParameterSlab, _ stream: inout RandomStream) {
    let n = configuration.hidden
    weights[handles.memoryWeights].fillUniform(glorotLimit(configuration.memory, n), &stream)
    fillInputEncoder(weights, &stream)
    if let handle = handles.hiddenEncoder {
      weights[handle].fillUniform(sqrt(3 / Double(n)), &stream)
    }
    if let handle = handles.memoryEncoder {
      weights[handle].fillUniform(sqrt(3 / Double(configuration.memory)), &stream)
    }
    if let handle = handles.inputWeights {
      weights[handle].fillUniform(glorotLimit(inputs, n), &stream)
    }
    if let handle = handles.hiddenWeights { weights[handle].fillOrthogonalRows(&stream) }
  }

  /// Ones, as published for a single channel; several channels would stay alike, and start from
  /// uniform numbers (LeCun).
  private func fillInputEncoder(_ weights: ParameterSlab, _ stream: inout RandomStream) {
    guard configuration.channels > 1 else { return weights[handles.inputEncoder].fill(1) }
    weights[handles.inputEncoder].fillUniform(sqrt(3 / Double(inputs)), &stream)
  }
}

/// Standard deviation of Glorot and Bengio (2010) for a weight between `a` and `b` units.
func glorot(_ a: Int, _ b: Int) -> Double { sqrt(2 / Double(a + b)) }

extension Matrix {
  func fillNormal(_ deviation: Double, _ stream: inout RandomStream) {
    for index in 0..<count { base[index] = Float(deviation * stream.nextNormal()) }
  }

  /// Uniform on -limit ... limit.
  func fillUniform(_ limit: Double, _ stream: inout RandomStream) {
    for index in 0..<count { base[index] = Float(limit * (2 * stream.nextUniform() - 1)) }
  }
}
