extension GoldenSuite {
  /// The checks of what theory says of inhibitory networks, and of what follows from listed
  /// ensembles alone.
  package static let inhibitoryTheoryChecks: [any GoldenCheck] = [
    InhibitoryTheoryCheck(), InhibitoryEnsemblesCheck(),
  ]

  /// The checks of simulated inhibitory networks.
  package static let inhibitorySimulationChecks: [any GoldenCheck] = [
    InhibitoryNetworkCheck(), TinyNetworkCheck(), InhibitoryCasesCheck(), WinnerTakesAllCheck(),
  ]
}
