extension KolmogorovNetwork {
  /// A network before training (specification, section 4): inner outputs are normal numbers of
  /// deviation 0.1, outer curves the identity, shared by all units, with noise of 0.1 / Q where
  /// there are several units. Of several outputs, which would else be the same, all outer curves
  /// have such noise. An additive model has no outer curves.
  package static func start(
    units: Int, inputs: Int, outputs: Int = 1, inner: ControlPoints, outer: ControlPoints,
    seed: UInt64, scale: Double? = nil, prior: CurveBasis.Prior = .zero, isAdditive: Bool = false
  ) -> KolmogorovNetwork {
    var stream = RandomStream(seed: seed, purpose: .initialization)
    let share = 1 / Double(units)
    let isNoisy = units > 1 || outputs > 1
    let line = { (slope: Double) in prior == .linear ? [0, slope] : [] }
    let innerOutputs = (0..<units).map { _ in
      (0..<inputs).map { _ in inner.inputs.map { _ in noise * stream.nextNormal() } + line(0) }
    }
    let outerOutputs = (0..<units).map { _ in
      (0..<(isAdditive ? 0 : outputs)).map { _ in
        outer.inputs.map { share * ($0 + (isNoisy ? noise * stream.nextNormal() : 0)) }
          + line(share)
      }
    }
    return KolmogorovNetwork(
      inner: inner, outer: outer, innerOutputs: innerOutputs, outerOutputs: outerOutputs,
      biases: [Double](repeating: 0, count: outputs), scale: scale, prior: prior)
  }

  private static let noise = 0.1
}
