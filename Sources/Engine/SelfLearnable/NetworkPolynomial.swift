/// A network of dense layers and polynomial activations in evaluation, written as what it is
/// (specification of self-learnable activations, 4 and 10.6). Clipped inputs are taken as if they
/// never were.
struct NetworkPolynomial {
  let report: PolynomialReport

  private static let shown = 10
  /// Products of monomials that are formed at the most.
  private static let mostWork = 1e6

  /// `nil` where the network is no polynomial, or has more than two outputs.
  init?(_ network: FeedForwardNetwork, _ weights: ParameterSlab) {
    guard network.input.area == 1, network.classes <= 2 else { return nil }
    var (degree, work) = (1, 0.0)
    let inputs = network.input.count
    for node in network.nodes {
      guard case .layer(let layer) = node.work else { return nil }
      switch layer {
      case let layer as Convolution where layer.isPointwise: break
      case is BatchNorm, is Dropout: break
      case let layer as ActivationLayer where layer.isBehindCurve: break
      case let layer as SelfLearnableActivation:
        guard layer.configuration.basis.isPolynomial, layer.configuration.ends != .tails,
          degree < Self.highestDegree
        else { return nil }
        let below = Self.count(inputs, degree)
        degree *= layer.configuration.degree
        work += Double(layer.input.channels) * Self.count(inputs, degree) * below
      default: return nil
      }
    }
    let monomials = Self.count(inputs, degree)
    var largest: [CurvesReport.Share] = []
    if monomials <= Double(ExpandedPolynomial.mostMonomials), work <= Self.mostWork,
      let polynomial = Self.expanded(network, weights)
    {
      largest = polynomial.largest(Self.shown).map {
        CurvesReport.Share(Self.name($0.exponents), $0.coefficient)
      }
    }
    report = PolynomialReport(
      degree: degree, monomials: Int(min(monomials, 1e15)), largest: largest)
  }

  private static let highestDegree = 10_000

  /// C(n + K, K), approximately where it is large.
  private static func count(_ inputs: Int, _ degree: Int) -> Double {
    let (few, many) = (min(inputs, degree), max(inputs, degree))
    return (1...max(few, 1)).reduce(1.0) { $0 * Double(many + $1) / Double($1) }.rounded()
  }

  /// `x1^2 x2`; `1` for the constant.
  private static func name(_ exponents: [Int]) -> String {
    let parts = exponents.enumerated().compactMap { index, exponent in
      exponent == 0 ? nil : "x\(index + 1)" + (exponent > 1 ? "^\(exponent)" : "")
    }
    return parts.isEmpty ? "1" : parts.joined(separator: " ")
  }

  private static func expanded(
    _ network: FeedForwardNetwork, _ weights: ParameterSlab
  ) -> ExpandedPolynomial? {
    let inputs = network.input.count
    var values = (0..<inputs).map { ExpandedPolynomial.input($0, of: inputs) }
    for case .layer(let layer) in network.nodes.map(\.work) {
      switch layer {
      case let layer as Convolution:
        let (matrix, bias) = (weights[layer.weights], layer.bias.map { weights[$0] })
        values = (0..<matrix.rows).map { row in
          .sum(
            values, weights: (0..<matrix.columns).map { Double(matrix[row, $0]) },
            bias: Double(bias?[row, 0] ?? 0), inputs: inputs)
        }
      case let layer as BatchNorm:
        values = values.enumerated().map { channel, value in
          let (scale, shift) = layer.line(channel, weights)
          return .sum([value], weights: [scale], bias: shift, inputs: inputs)
        }
      case let layer as SelfLearnableActivation:
        var next: [ExpandedPolynomial] = []
        for (channel, value) in values.enumerated() {
          let curve = layer.curve(ofChannel: channel, weights)
          let z = ExpandedPolynomial.sum(
            [value], weights: [curve.scale], bias: 0, inputs: inputs)
          guard let through = try? z.through(curve.curve) else { return nil }
          next.append(through)
        }
        values = next
      default: break
      }
    }
    return values.count == 2
      ? .sum([values[1], values[0]], weights: [1, -1], bias: 0, inputs: inputs) : values.first
  }
}

extension BatchNorm {
  /// What a channel is multiplied by in evaluation, and what is added.
  func line(_ channel: Int, _ weights: ParameterSlab) -> (scale: Double, shift: Double) {
    let deviation = (Double(weights[variance][channel, 0]) + Self.epsilon).squareRoot()
    let gain = scale.map { Double(weights[$0.gain][channel, 0]) } ?? 1
    let shift = scale.map { Double(weights[$0.shift][channel, 0]) } ?? 0
    let factor = gain / deviation
    return (factor, shift - factor * Double(weights[mean][channel, 0]))
  }
}
