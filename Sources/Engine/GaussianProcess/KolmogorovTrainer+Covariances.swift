/// Training what curves share (specification, section 3): an option, for which everything that
/// follows from the control points is made anew in every step.
extension KolmogorovTrainer {
  /// Derivatives of the loss and all penalties by the control points, after ``differentiate(_:)`` of
  /// the pass on all rows.
  func covarianceGradients() -> (inner: CovarianceGradient, outer: CovarianceGradient) {
    let network = network
    var (inner, outer) = (CovarianceGradient(network.inner), CovarianceGradient(network.outer))
    for unit in 0..<network.units {
      let sums = whole.sums.rows(unit, 1).array.map { Double($0) }
      for output in 0..<network.outerCurves {
        let curve = network.outerCurve(unit: unit, output: output)
        outer.add(
          curve, places: sums, upstream: whole.upstream(ofOuter: unit, output))
        outer.addEnergy(
          curve, share: configuration.energy / Double(network.units * network.outputs))
      }
      for input in 0..<network.inputs where network.constants[unit][input] == nil {
        let curve = network.innerCurve(unit: unit, input: input)
        let places = inputRows.map { $0[input] }
        inner.add(
          curve, places: places,
          upstream: withGroupL1(
            whole.upstream(ofInner: unit, input), values: places.map(curve.value)))
        inner.addEnergy(
          curve, share: configuration.energy / Double(network.units * network.inputs))
      }
    }
    return (inner, outer)
  }

  /// Adds the derivatives of the deviation of a curve's values.
  private func withGroupL1(_ upstream: [Double], values: [Double]) -> [Double] {
    guard configuration.groupL1 > 0 else { return upstream }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    guard deviation > Self.leastDeviation else { return upstream }
    return zip(upstream, values).map {
      $0 + configuration.groupL1 * ($1 - mean) / (count * deviation)
    }
  }

  /// A step of the control points.
  func stepCovariances(
    _ gradients: (inner: CovarianceGradient, outer: CovarianceGradient), trainsOuter: Bool
  ) {
    let trained = configuration.trainedCovariances
    let inner = optimizers.inner.step(
      shape.inner, gradients.inner, trained: trained, rate: configuration.rate)
    var outer = shape.outer
    if trainsOuter, !shape.isAdditive {
      outer = optimizers.outer.step(
        outer, gradients.outer, trained: trained, rate: configuration.rate)
    }
    setControlPoints(inner: inner, outer: outer)
  }

  /// Takes over control points, as many as before, and makes all that follows from them.
  func setControlPoints(inner: ControlPoints, outer: ControlPoints) {
    let hasOtherInner = inner != shape.inner
    guard hasOtherInner || outer != shape.outer else { return }
    (shape.inner, shape.outer) = (inner, outer)
    innerEnergy.set(shape.innerBasis.energy.flatMap { $0.map { Float($0) } })
    outerEnergy.set(shape.outerBasis.energy.flatMap { $0.map { Float($0) } })
    for (pass, rows) in [(whole, inputRows)] + followers {
      pass.take(shape.outerBasis)
      if hasOtherInner { pass.setDesign(rows, shape.innerBasis) }
    }
    if hasOtherInner { covariances = Self.covariances(of: whole, parameters) }
  }
}
