/// What the constant and the coefficients of one channel of a self-learnable activation are
/// multiplied by in evaluation: 1, and each element as it is normalized.
struct ActivationElements {
  private let curve: LearnedCurve
  private let configuration: SelfLearnableConfiguration
  private let means: [Double]
  private let deviations: [Double]

  init(_ layer: SelfLearnableActivation, channel: Int, _ weights: ParameterSlab) {
    curve = layer.curve(ofChannel: channel, weights)
    configuration = layer.configuration
    let count = configuration.ownElements
    guard let statistics = layer.statistics else {
      means = Array(repeating: 0, count: count)
      deviations = Array(repeating: 1, count: count)
      return
    }
    means = (0..<count).map { Double(weights[statistics.mean][channel, $0]) }
    deviations = (0..<count).map {
      let variance = Double(weights[statistics.variance][channel, $0])
      return (variance + SelfLearnableActivation.epsilon).squareRoot()
    }
  }

  /// At an input.
  func values(_ x: Double) -> [Double] {
    let (z, beyond) = curve.place(x)
    let (basis, degree) = (configuration.basis, configuration.degree)
    var values = basis.values(z, degree: degree)
    if curve.hasTails, beyond != 0 {
      let slopes = basis.slopes(z, degree: degree)
      for j in values.indices { values[j] += beyond * slopes[j] }
    }
    let own = basis.isPolynomial ? values.dropFirst() : values[...]
    return [1] + zip(own, zip(means, deviations)).map { ($0 - $1.0) / $1.1 }
  }
}

extension SelfLearnableActivation {
  /// Channels that have a row of coefficients.
  func channels(ofRow row: Int) -> [Int] {
    configuration.sharing == .layer ? Array(0..<input.channels) : [row]
  }

  /// Rows of coefficients.
  var rows: Int { configuration.sharing == .layer ? 1 : input.channels }

  /// The constant and c_1 ... of a row.
  func numbers(ofRow row: Int, _ weights: ParameterSlab) -> [Double] {
    [Double(weights[constant][row, 0])]
      + (0..<configuration.ownElements).map {
        Double(weights[coefficients][row, $0]) * Double(gateValue($0, weights))
      }
  }

  /// Makes these the constant and c_1 ... of a row. What a closed gate lets through nothing of
  /// becomes 0.
  func set(_ numbers: [Double], row: Int, _ weights: ParameterSlab) {
    weights[constant][row, 0] = Float(numbers[0])
    for j in 0..<configuration.ownElements {
      let open = Double(gateValue(j, weights))
      weights[coefficients][row, j] = open > Self.closed ? Float(numbers[j + 1] / open) : 0
    }
  }

  private static let closed = 1e-6

  /// Gives a row the coefficients with which it is nearest to `targets` at `inputs`, each of a
  /// channel, in evaluation.
  func fit(
    row: Int, to targets: [Double], at inputs: [(channel: Int, x: Double)], _ weights: ParameterSlab
  ) throws(SelfLearnableError) {
    guard inputs.count > configuration.ownElements + 1,
      targets.allSatisfy(\.isFinite), inputs.allSatisfy(\.x.isFinite)
    else { throw .unfit }
    var elements: [Int: ActivationElements] = [:]
    for channel in channels(ofRow: row) {
      elements[channel] = ActivationElements(self, channel: channel, weights)
    }
    let rows = inputs.map { elements[$0.channel]?.values($0.x) ?? [] }
    set(LeastSquares.solution(rows, targets), row: row, weights)
  }
}
