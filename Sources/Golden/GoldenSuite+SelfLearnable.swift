extension GoldenSuite {
  /// The checks of self-learnable activations.
  package static let selfLearnableChecks: [any GoldenCheck] = [
    ActivationBasisCheck(), ActivationFitCheck(), PlainActivationCheck(),
    NormalizedActivationCheck(), MaximumScalingCheck(), PolynomialEquivalenceCheck(),
    QuantizedCurveCheck(), ExclusiveOrCheck(), SelfLearnableStepCheck(),
  ]
}
