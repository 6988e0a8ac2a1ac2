/// How the weights of dense layers and convolutions begin.
package enum WeightStart: Sendable, Equatable, Codable {
  /// Normal numbers of variance 2 / inputs (He et al. 2015), no bias.
  case normal
  /// Uniform numbers within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), no bias.
  case uniform
  /// Normal numbers of this deviation, drawn anew beyond twice of it, and biases of the same size
  /// (specification of self-learnable activations, 5: 0.1).
  case truncated(deviation: Double)

  /// Weights of a layer with so many inputs, and what its biases begin with.
  func fill(_ weights: Matrix, inputs: Int, outputs: Int, _ stream: inout RandomStream) -> Float {
    switch self {
    case .normal:
      let deviation = (2 / Double(inputs)).squareRoot()
      weights.set((0..<weights.count).map { _ in Float(deviation * stream.nextNormal()) })
      return 0
    case .uniform:
      let reach = (6 / Double(inputs + outputs)).squareRoot()
      weights.set((0..<weights.count).map { _ in Float(reach * (2 * stream.nextUniform() - 1)) })
      return 0
    case .truncated(let deviation):
      weights.set((0..<weights.count).map { _ in Float(deviation * Self.truncated(&stream)) })
      return Float(deviation)
    }
  }

  private static func truncated(_ stream: inout RandomStream) -> Double {
    while true {
      let number = stream.nextNormal()
      if abs(number) <= 2 { return number }
    }
  }
}
