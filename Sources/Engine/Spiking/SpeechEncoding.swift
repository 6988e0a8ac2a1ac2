/// How sound becomes spikes in the speech experiments (specification of the spiking networks, 3.7):
/// ``LyonEar``, then ``BSAEncoder`` in each of its channels.
package struct SpeechEncoding: Sendable, Equatable {
  /// Samples of a frame of the ear.
  package var decimation: Int
  package var spiker: BSAEncoder
  /// T; what comes later in a recording is cut off.
  package var steps: Int

  package init(decimation: Int, spiker: BSAEncoder = BSAEncoder(), steps: Int = 700) {
    self.decimation = decimation
    self.spiker = spiker
    self.steps = steps
  }

  /// Frames of 16 ms at that rate, as at 12,500 and 8,000 samples a second in the specification.
  package init(sampleRate: Int, steps: Int = 700) {
    self.init(decimation: max(sampleRate * 16 / 1000, 1), steps: steps)
  }

  package func trains(_ recording: AudioRecording) -> SpikeTrains {
    trains(recording, by: LyonEar(sampleRate: recording.rate, decimation: decimation))
  }

  private func trains(_ recording: AudioRecording, by ear: LyonEar) -> SpikeTrains {
    // What is heard after the last step and the kernel that begins there changes no spike.
    let frames = (steps + BSAEncoder.kernel.count) / max(spiker.holding, 1) + 1
    let samples = recording.scaled.prefix(frames * decimation)
    return spiker.trains(ear.cochleagram(of: Array(samples)), steps: steps)
  }

  /// The trains of all recordings, made on all cores.
  ///
  /// - Parameter faults: whether a file that cannot be read ends all, or is left out
  package func encode(
    _ set: RecordingSet, faults: RecordingFaults = .stop
  ) throws(RecordingError) -> EncodedSpikes {
    let ear = LyonEar(sampleRate: set.sampleRate, decimation: decimation)
    var encoded = try SpikeEncodingWork.run(
      title: set.id, classNames: set.classNames, channels: ear.channels, steps: steps,
      members: set.items.map { .init(label: $0.label, tests: $0.tests) }, faults: faults
    ) { (index: Int) throws(RecordingError) -> SpikeTrains in
      trains(try set.recording(index), by: ear)
    }
    encoded.skipped = set.skipped + encoded.skipped
    return encoded
  }

  /// All that the trains depend on, beside the recordings.
  var settings: String {
    "lyon-bsa decimation \(decimation) holding \(spiker.holding) scale \(spiker.scale) "
      + "threshold \(spiker.threshold) steps \(steps)"
  }

  /// The same, from a file in `cache` where it is there.
  package func encode(
    _ set: RecordingSet, faults: RecordingFaults = .stop, cache: String?
  ) throws(RecordingError) -> SpikeCache.Spikes {
    let cache = SpikeCache(
      folder: cache, name: set.id,
      settings: "\(set.id) rate \(set.sampleRate) \(settings)", fingerprint: set.fingerprint)
    return try cache.spikes { () throws(RecordingError) in try encode(set, faults: faults) }
  }
}
