import Foundation

/// The base activations of the golden files, as functions of one Double.
package enum ReferenceActivation: String, Sendable, CaseIterable {
  case linear, relu, tanh, sigmoid

  package func value(_ x: Double) -> Double {
    switch self {
    case .linear: x
    case .relu: max(x, 0)
    case .tanh: Foundation.tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    }
  }

  /// f'(x); that of relu at 0 is 0.
  package func derivative(_ x: Double) -> Double {
    switch self {
    case .linear: return 1
    case .relu: return x > 0 ? 1 : 0
    case .tanh:
      let y = Foundation.tanh(x)
      return 1 - y * y
    case .sigmoid:
      let y = 1 / (1 + exp(-x))
      return y * (1 - y)
    }
  }
}
