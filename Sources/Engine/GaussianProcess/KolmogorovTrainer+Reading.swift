import Kernels

/// What can be read of the network while it trains, from the pass on all rows as it was run last.
extension KolmogorovTrainer {
  /// The share of each input in the importance of all inner curves (specification, 5.2).
  var shares: [Double] {
    var sums = [Double](repeating: 0, count: parameters.inputs)
    for unit in 0..<parameters.units {
      let deviations = (0..<parameters.inputs).map { presentDeviation(unit: unit, input: $0) }
      // t is c times the sum.
      let spread = deviation(whole.sums.rows(unit, 1)) / shape.scale
      guard spread > 0 else { continue }
      let heights = whole.copyHeights(ofUnit: unit)
      let squares = (0..<parameters.outputs).reduce(0.0) { sum, output in
        let own = deviation(heights.rows(output, 1))
        return sum + own * own
      }
      let size = (squares / Double(parameters.outputs)).squareRoot()
      for input in sums.indices { sums[input] += size * deviations[input] / spread }
    }
    let total = sums.reduce(0, +)
    return sums.map { total > 0 ? $0 / total : 0 }
  }

  /// The deviation of an inner curve as it is rounded.
  private func presentDeviation(unit: Int, input: Int) -> Double {
    guard whole.quantizers != nil, shape.constants[unit][input] == nil else {
      return deviation(unit: unit, input: input)
    }
    return deviation(whole.rounded.inner.rows(unit * parameters.inputs + input, 1))
  }

  /// The share of curves' values that are out of the range they are rounded in; `nil` where they
  /// are not rounded.
  var shareClipped: Double? {
    whole.quantizers == nil ? nil : whole.rounded.shareClipped(hasOuter: !shape.isAdditive)
  }

  /// The share of sums t beyond the control inputs of the outer curves; 0 without these.
  var shareOutside: Double {
    guard !shape.isAdditive else { return 0 }
    let (least, most) = (
      Float(shape.outer.inputs.first ?? 0), Float(shape.outer.inputs.last ?? 0)
    )
    let sums = whole.sums
    let outside = (0..<sums.count).count { sums.base[$0] < least || sums.base[$0] > most }
    return Double(outside) / Double(max(sums.count, 1))
  }

  /// max |u| of all curves.
  var greatestHeight: Double {
    [parameters.inner, parameters.outer].compactMap(\.self).reduce(0) { most, handle in
      weights[handle].array.reduce(most) { max($0, Double(abs($1))) }
    }
  }

  private func deviation(_ row: Matrix) -> Double {
    let count = Double(max(row.count, 1))
    var (sum, squares) = (0.0, 0.0)
    for index in 0..<row.count { sum += Double(row.base[index]) }
    for index in 0..<row.count {
      let distance = Double(row.base[index]) - sum / count
      squares += distance * distance
    }
    return (squares / count).squareRoot()
  }
}
