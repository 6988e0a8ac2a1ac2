extension SpikingConfiguration {
  /// Reads the data and prepares their trains; the seed decides when pixels fire. Trains of recordings
  /// are kept in the user's cache.
  ///
  /// Throws ``DataError`` where the data are not what they should be.
  package func loadData(
    from locations: DataLocations, seed: UInt64
  ) throws(DataError) -> any SpikeData {
    if let recordings = dataSet.recordings {
      return try RecordedSpikes(recordings, steps: response.steps).load(
        from: locations, cache: locations.spikesFolder
      ).spikes
    }
    let encoder = PoissonEncoder(seed: seed, steps: response.steps)
    let (images, side): (ProblemConfiguration.DataSet, Int) =
      switch dataSet {
      case .mnist: (.mnist, 28)
      case .fashionMNIST: (.fashionMNIST, 28)
      default: (.digits, 8)
      }
    return try PoissonImages.load(images, from: locations, side: side, encoder: encoder)
  }
}
