/// A self-learnable activation that becomes one of another degree or basis.
struct ActivationMove {
  private let old: SelfLearnableActivation
  private let oldWeights: ParameterSlab
  private let new: SelfLearnableActivation
  private let weights: ParameterSlab

  init(
    from old: SelfLearnableActivation, _ oldWeights: ParameterSlab,
    to new: SelfLearnableActivation, _ weights: ParameterSlab
  ) {
    (self.old, self.oldWeights) = (old, oldWeights)
    (self.new, self.weights) = (new, weights)
  }

  /// Gates and statistics of elements that there were; new ones have half-open gates, and the
  /// statistics of `inputs` of each row.
  func takeOverElements(inputs: [[(channel: Int, x: Double)]]) {
    if let gate = new.gate, let before = old.gate {
      for j in 0..<weights[gate].columns {
        let isKnown = j < oldWeights[before].columns
        weights[gate][0, j] = isKnown ? oldWeights[before][0, j] : 0
      }
    }
    guard let statistics = new.statistics, let before = old.statistics else { return }
    let (means, variances) = (weights[statistics.mean], weights[statistics.variance])
    let known = min(means.columns, oldWeights[before.mean].columns)
    for channel in 0..<means.rows {
      for j in 0..<known {
        means[channel, j] = oldWeights[before.mean][channel, j]
        variances[channel, j] = oldWeights[before.variance][channel, j]
      }
      let own = inputs[new.row(ofChannel: channel)].filter { $0.channel == channel }.map(\.x)
      guard known < means.columns, !own.isEmpty else { continue }
      let values = own.map {
        new.configuration.basis.values($0, degree: new.configuration.degree)
      }
      for j in known..<means.columns {
        let numbers = values.map { $0[j + 1] }
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        means[channel, j] = Float(mean)
        variances[channel, j] = Float(squares / Double(numbers.count))
      }
    }
  }

  /// Takes over a row exactly, where that can be done: with more elements, or in another basis of
  /// polynomials.
  func takeOverCurve(_ row: Int) -> Bool {
    let (from, to) = (old.configuration, new.configuration)
    let numbers = old.numbers(ofRow: row, oldWeights)
    guard from.basis.isPolynomial, to.basis.isPolynomial else { return false }
    if from.basis == to.basis {
      guard to.degree >= from.degree else { return false }
      let zeros = [Double](repeating: 0, count: to.degree - from.degree)
      new.set(numbers + zeros, row: row, weights)
      return true
    }
    guard let curve = try? ActivationCurve(from.basis, numbers),
      let converted = try? curve.converted(to: to.basis)
    else { return false }
    new.set(converted.coefficients, row: row, weights)
    return true
  }
}
