import Foundation

/// The coefficients of the last hidden layer as a convex problem: with the weights fixed, outputs
/// are linear in them (specification of self-learnable activations, 3). Least squares for a
/// regression, else logistic regression on the classes.
struct CoefficientFit {
  /// Rows of the layer that are fitted.
  private let rows: [Int]
  private let width: Int
  /// Of each sample and unit the elements, and the row that they belong to.
  private let elements: [[[Double]]]
  private let rowOfUnit: [Int?]
  /// Outputs x units.
  private let weights: [[Double]]
  /// Of each sample, what fitted rows do not make of its outputs.
  private let rest: [[Double]]
  private let labels: [Int]
  /// Of a regression.
  private let targets: [Double]?
  let start: [Double]

  /// - Parameters:
  ///   - inputs: of each sample and unit, what goes into the layer
  ///   - outputs: weights of the output, outputs x units, and its biases
  init(
    _ layer: SelfLearnableActivation, rows: [Int], inputs: [[Double]],
    outputs: (weights: [[Double]], biases: [Double]), labels: [Int], targets: [Double]?,
    _ slab: ParameterSlab
  ) {
    let units = 0..<layer.input.channels
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    let known = units.map { ActivationElements(layer, channel: $0, slab) }
    let numbers = (0..<layer.rows).map { layer.numbers(ofRow: $0, slab) }
    let rowOfUnit = units.map { places[layer.row(ofChannel: $0)] }
    elements = inputs.map { inputs in
      units.map { rowOfUnit[$0] == nil ? [] : known[$0].values(inputs[$0]) }
    }
    rest = inputs.map { inputs in
      outputs.weights.indices.map { output in
        units.reduce(outputs.biases[output]) { sum, unit in
          guard rowOfUnit[unit] == nil else { return sum }
          let own = numbers[layer.row(ofChannel: unit)]
          return sum
            + outputs.weights[output][unit] * dot(own, known[unit].values(inputs[unit]))
        }
      }
    }
    (self.rows, self.rowOfUnit, self.labels, self.targets) = (rows, rowOfUnit, labels, targets)
    weights = outputs.weights
    width = layer.count
    start = rows.flatMap { numbers[$0] }
  }

  /// The constants and coefficients of each fitted row.
  func solution(iterations: Int) -> [(row: Int, numbers: [Double])] {
    let point = LimitedMemoryDescent.lowest(loss, from: start, iterations: iterations)
    return rows.enumerated().map { place, row in
      (row, Array(point[place * width..<(place + 1) * width]))
    }
  }

  /// The mean loss and its gradient.
  func loss(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    var (value, gradient) = (0.0, [Double](repeating: 0, count: point.count))
    for sample in elements.indices {
      var outputs = rest[sample]
      for (unit, row) in rowOfUnit.enumerated() {
        guard let row else { continue }
        var height = 0.0
        for j in 0..<width { height += point[row * width + j] * elements[sample][unit][j] }
        for output in outputs.indices { outputs[output] += weights[output][unit] * height }
      }
      let upstream = turn(&outputs, sample, &value)
      for (unit, row) in rowOfUnit.enumerated() {
        guard let row else { continue }
        var slope = 0.0
        for output in upstream.indices { slope += weights[output][unit] * upstream[output] }
        for j in 0..<width { gradient[row * width + j] += slope * elements[sample][unit][j] }
      }
    }
    let count = Double(max(elements.count, 1))
    return (value / count, gradient.map { $0 / count })
  }

  /// Adds the loss of a sample, and gives its derivative by the outputs.
  private func turn(_ outputs: inout [Double], _ sample: Int, _ value: inout Double) -> [Double] {
    if let targets {
      let distance = outputs[0] - targets[sample]
      value += distance * distance
      return [2 * distance]
    }
    let highest = outputs.max() ?? 0
    let powers = outputs.map { exp($0 - highest) }
    let sum = powers.reduce(0, +)
    value += log(sum) + highest - outputs[labels[sample]]
    var upstream = powers.map { $0 / sum }
    upstream[labels[sample]] -= 1
    return upstream
  }
}
