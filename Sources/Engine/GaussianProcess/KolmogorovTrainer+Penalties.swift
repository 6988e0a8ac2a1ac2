import Kernels

/// What is added to the loss (specification, section 4).
extension KolmogorovTrainer {
  /// The energy of all curves: its gradient is 2 S u, shared by all of a kind.
  func addEnergy() {
    guard configuration.energy > 0 else { return }
    let edges = weights[parameters.inner].reshaped(
      parameters.units * parameters.inputs, parameters.innerCount)
    var kinds = [(edges, innerEnergy, gradient[parameters.inner])]
    if let outer = parameters.outer { kinds.append((weights[outer], outerEnergy, gradient[outer])) }
    for (numbers, energy, target) in kinds {
      let bent = Matrix(rows: numbers.rows, columns: numbers.columns)
      Products.multiply(numbers, energy, into: bent)
      scale_in_place(
        bent.base, Float(2 * configuration.energy / Double(numbers.rows)), bent.count)
      target.add(bent)
    }
  }

  /// The deviations of all inner curves over the rows that train, those of a batch being a draw of
  /// them: the gradient of std is C u / std, C the covariance of A(x_p).
  func addGroupL1() {
    guard configuration.groupL1 > 0 else { return }
    for unit in 0..<parameters.units {
      for input in 0..<parameters.inputs {
        let place = KolmogorovCurvePlace.inner(unit: unit, input: input)
        let numbers = parameters.numbers(place, in: weights).array.map { Double($0) }
        let bent = covariances[input].map { dot($0, numbers) }
        let deviation = max(dot(bent, numbers), 0).squareRoot()
        // A constant is at the kink, where it may stay.
        guard deviation > Self.leastDeviation else { continue }
        let target = parameters.numbers(place, in: gradient)
        for (index, slope) in bent.enumerated() {
          target.base[index] += Float(configuration.groupL1 * slope / deviation)
        }
      }
    }
  }

  static let leastDeviation = 1e-9

  /// The deviation of an inner curve over the rows that train.
  func deviation(unit: Int, input: Int) -> Double {
    guard shape.constants[unit][input] == nil else { return 0 }
    let numbers = parameters.numbers(.inner(unit: unit, input: input), in: weights).array
      .map { Double($0) }
    return max(dot(covariances[input].map { dot($0, numbers) }, numbers), 0).squareRoot()
  }

  /// Of each input that of its values A(x) over the rows of a pass.
  static func covariances(
    of pass: KolmogorovPass, _ parameters: KolmogorovParameters
  ) -> [[[Double]]] {
    let (count, rows) = (parameters.innerCount, pass.rows)
    return (0..<parameters.inputs).map { input in
      let values = (0..<count).map { number in
        pass.design.rows(input * count + number, 1).array.map { Double($0) }
      }
      let centred = values.map { own in
        let mean = own.reduce(0, +) / Double(rows)
        return own.map { $0 - mean }
      }
      return centred.map { a in centred.map { b in dot(a, b) / Double(rows) } }
    }
  }
}
