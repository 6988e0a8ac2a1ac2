extension GoldenSuite {
  /// The checks of the Kolmogorov network of Gaussian-process activations.
  package static let gaussianProcessChecks: [any GoldenCheck] = [
    CovarianceKernelCheck(), GaussianProcessCurveCheck(), KnownFunctionsCheck(),
    KolmogorovNetworkCheck(), ProductNetworkCheck(), BanknoteReferenceCheck(), CurveTableCheck(),
    AnchorsCheck(),
  ]
}
