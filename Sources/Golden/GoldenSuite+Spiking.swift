extension GoldenSuite {
  /// The checks of networks of spike trains.
  package static let spikingChecks: [any GoldenCheck] = [
    SpikeTrainNetworkCheck(), SpikePairCheck(), CountEffectCheck(), SpikeTrainingCheck(),
  ]
}
