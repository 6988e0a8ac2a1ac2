extension GoldenSuite {
  /// The checks of the theory of coarse gradients.
  package static let coarseGradientChecks: [any GoldenCheck] = [
    PopulationPointsCheck(), CoarseMomentsCheck(), CriticalPointsCheck(), BoundRatioPathCheck(),
    FiniteSampleCheck(), LineSearchCheck(), MonteCarloCheck(), TrajectoriesCheck(),
    BasinStatisticsCheck(),
  ]
}
