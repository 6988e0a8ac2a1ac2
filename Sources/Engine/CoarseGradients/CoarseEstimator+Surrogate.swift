/// Curves of the catalogue as estimators of the two-layer model.
extension CoarseEstimator {
  /// The estimator whose coarse derivative is a surrogate's; of a random curve it is the mean one.
  package init(_ surrogate: Surrogate, name: String? = nil) {
    self.init(
      name: name ?? surrogate.kind.rawValue,
      .general(
        GeneralProxy(breakpoints: surrogate.breakpoints) { surrogate.derivative($0) }))
  }
}

extension Surrogate {
  /// What the expected coarse gradient of the two-layer model depends on, at norm r > 0 and angle t
  /// in 0...pi.
  package func moments(radius: Double, angle: Double) -> CoarseMoments {
    CoarseEstimator(self).moments(at: CoarsePlace(norm: radius, angle: angle))
  }
}
