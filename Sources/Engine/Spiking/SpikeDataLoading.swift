/// The data sets of recordings that become spike trains.
package enum RecordedDataSet: String, Sendable, Codable, CaseIterable {
  case fsdd
  case ti46Digits = "ti46-digits"
  case ti46Letters = "ti46-letters"
  case nTIDIGITS = "n-tidigits"
  case nMNIST = "n-mnist"

  /// T of the published runs.
  package var publishedSteps: Int { self == .nMNIST ? 600 : 700 }

  package var entry: DataSetEntry {
    switch self {
    case .fsdd: DataCatalogue.fsdd
    case .ti46Digits, .ti46Letters: DataCatalogue.ti46
    case .nTIDIGITS: DataCatalogue.nTIDIGITS
    case .nMNIST: DataCatalogue.nMNIST
    }
  }

  /// What is in the folder of the data set, for errors.
  fileprivate var contents: String {
    switch self {
    case .fsdd: "\(FSDD.archiveName) or recordings/*.wav"
    case .ti46Digits: TI46.Vocabulary.digits.folder
    case .ti46Letters: TI46.Vocabulary.letters.folder
    case .nTIDIGITS: NTIDIGITS.fileName
    case .nMNIST: "Train and Test"
    }
  }
}

/// How a data set of recordings is read and made into spike trains.
package struct RecordedSpikes: Sendable, Equatable {
  package var dataSet: RecordedDataSet
  /// T.
  package var steps: Int
  /// Length of a step of N-TIDIGITS in seconds; the others have fixed ones.
  package var stepSeconds = 0.002
  /// Which recordings of N-TIDIGITS test; the others have fixed parts.
  package var parts = NTIDIGITS.Parts.file
  package var faults = RecordingFaults.stop

  package init(_ dataSet: RecordedDataSet, steps: Int? = nil) {
    self.dataSet = dataSet
    self.steps = steps ?? dataSet.publishedSteps
  }

  /// - Parameters:
  ///   - locations: where the folder of the data set is looked for
  ///   - cache: folder for the trains, if they are to be kept
  package func load(
    from locations: DataLocations, cache: String? = nil
  ) throws(DataError) -> SpikeCache.Spikes {
    let folder = try locations.folder(of: dataSet.entry, expected: dataSet.contents)
    do throws(RecordingError) {
      return try load(folder, cache)
    } catch {
      throw .recordings(error)
    }
  }

  private func load(
    _ folder: String, _ cache: String?
  ) throws(RecordingError) -> SpikeCache.Spikes {
    switch dataSet {
    case .fsdd: try encode(FSDD.recordings(in: folder, faults: faults), cache)
    case .ti46Digits: try encode(TI46.recordings(of: .digits, in: folder, faults: faults), cache)
    case .ti46Letters: try encode(TI46.recordings(of: .letters, in: folder, faults: faults), cache)
    case .nTIDIGITS:
      try NTIDIGITS.spikes(
        folder + "/" + NTIDIGITS.fileName,
        bins: NTIDIGITS.bins(steps: steps, seconds: stepSeconds), parts: parts, faults: faults,
        cache: cache)
    case .nMNIST:
      try NMNIST.spikes(
        in: folder, bins: NMNIST.bins(steps: steps), faults: faults, cache: cache)
    }
  }

  private func encode(
    _ set: RecordingSet, _ cache: String?
  ) throws(RecordingError) -> SpikeCache.Spikes {
    try SpeechEncoding(sampleRate: set.sampleRate, steps: steps)
      .encode(set, faults: faults, cache: cache)
  }
}
