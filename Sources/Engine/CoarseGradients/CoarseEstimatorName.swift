/// The estimators that a theory study may be asked for, by the words of experiment files.
package enum CoarseEstimatorName: String, Sendable, Codable, CaseIterable {
  case identity, relu, clippedReLU, hardTanh, leakyReLU, reverseReLU, arctan, triangular

  package var estimator: CoarseEstimator {
    switch self {
    case .identity: .identity
    case .relu: .relu
    case .clippedReLU: .clippedReLU
    case .hardTanh: .hardTanh
    case .leakyReLU: CoarseEstimator(name: rawValue, .leakyReLU(slope: 0.1))
    case .reverseReLU: CoarseEstimator(name: rawValue, .reverseReLU)
    case .arctan:
      CoarseEstimator(
        name: rawValue, .general(.init { 1 / (1 + (.pi * $0) * (.pi * $0)) }))
    case .triangular:
      CoarseEstimator(
        name: rawValue, .general(.init(breakpoints: [-1, 1]) { max(0, 1 - abs($0)) }))
    }
  }
}
