/// A straight-through estimator: the proxy µ' that stands for the derivative of σ(x) = 1{x > 0} in
/// the backward pass only.
package struct CoarseEstimator: Sendable {
  package enum Proxy: Sendable {
    /// 1
    case identity
    /// 1{x > 0}
    case relu
    /// 1{0 < x <= clip}
    case clippedReLU(clip: Double)
    /// 1{|x| <= clip}
    case hardTanh(clip: Double)
    /// 1{x > 0}, else the slope
    case leakyReLU(slope: Double)
    /// 1{x < 0}, a negative control
    case reverseReLU
    /// Any other one.
    case general(GeneralProxy)
  }

  /// A proxy that is given as a function.
  package struct GeneralProxy: Sendable {
    package let derivative: @Sendable (Double) -> Double
    /// Where the function or one of its first derivatives jumps, other than at 0.
    package let breakpoints: [Double]

    package init(
      breakpoints: [Double] = [], derivative: @escaping @Sendable (Double) -> Double
    ) {
      self.derivative = derivative
      self.breakpoints = breakpoints
    }
  }

  /// How the estimator is called in lists and tables.
  package let name: String
  package let proxy: Proxy

  package init(name: String, _ proxy: Proxy) {
    self.name = name
    self.proxy = proxy
  }

  package static let identity = CoarseEstimator(name: "identity", .identity)
  package static let relu = CoarseEstimator(name: "relu", .relu)
  package static let clippedReLU = CoarseEstimator(name: "clipped_relu", .clippedReLU(clip: 1))
  package static let hardTanh = CoarseEstimator(name: "hard_tanh", .hardTanh(clip: 1))

  /// Whether its moments are closed forms, which are found fast enough for millions of steps a
  /// second.
  package var hasClosedForm: Bool {
    if case .general = proxy { return false }
    return true
  }

  /// µ'(x)
  package func derivative(_ x: Double) -> Double {
    switch proxy {
    case .identity: 1
    case .relu: x > 0 ? 1 : 0
    case .clippedReLU(let clip): x > 0 && x <= clip ? 1 : 0
    case .hardTanh(let clip): abs(x) <= clip ? 1 : 0
    case .leakyReLU(let slope): x > 0 ? 1 : slope
    case .reverseReLU: x < 0 ? 1 : 0
    case .general(let proxy): proxy.derivative(x)
    }
  }

  /// Its moments at |w| > 0 and an angle, exact to about 1e-15, by quadrature to 1e-12.
  package func moments(at place: CoarsePlace) -> CoarseMoments {
    switch proxy {
    case .identity: .identity(at: place)
    case .relu: .relu(at: place)
    case .clippedReLU(let clip): .clippedReLU(clip: clip, at: place)
    case .hardTanh(let clip): .hardTanh(clip: clip, at: place)
    case .leakyReLU(let slope): .relu(at: place) + slope * .reverseReLU(at: place)
    case .reverseReLU: .reverseReLU(at: place)
    case .general(let proxy): CoarseQuadrature(proxy).moments(at: place)
    }
  }
}
