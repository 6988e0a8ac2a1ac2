extension KolmogorovNetwork {
  /// A network before training (specification, section 4): inner outputs are normal numbers of
  /// deviation 0.1, outer curves the identity, shared by all units, with noise of 0.1 / Q where
  /// there are several.
  package static func start(
    units: Int, inputs: Int, inner: ControlPoints, outer: ControlPoints, seed: UInt64
  ) -> KolmogorovNetwork {
    var stream = RandomStream(seed: seed, purpose: .initialization)
    let share = 1 / Double(units)
    let innerOutputs = (0..<units).map { _ in
      (0..<inputs).map { _ in inner.inputs.map { _ in noise * stream.nextNormal() } }
    }
    let outerOutputs = (0..<units).map { _ in
      [outer.inputs.map { share * ($0 + (units > 1 ? noise * stream.nextNormal() : 0)) }]
    }
    return KolmogorovNetwork(
      inner: inner, outer: outer, innerOutputs: innerOutputs, outerOutputs: outerOutputs,
      biases: [0])
  }

  private static let noise = 0.1
}
