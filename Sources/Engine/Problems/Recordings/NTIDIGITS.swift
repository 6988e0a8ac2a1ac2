/// N-TIDIGITS18 (J. Anumula and others, 2018): spikes of a silicon cochlea of 64 channels that
/// listens to spoken digits, in an HDF5 file (``NTIDIGITSFile``). Those of a single digit are told
/// apart: o (oh), 1 to 9 and z (zero).
///
/// The length of a step was not published; 2 ms is what the specification of the spiking networks
/// (5.2) proposes. Nor were the halves into which the authors split the single digits.
package enum NTIDIGITS {
  package static let id = "n-tidigits"
  package static let fileName = "n-tidigits.hdf5"
  package static let channels = 64
  package static let classNames = ["o", "1", "2", "3", "4", "5", "6", "7", "8", "9", "z"]

  /// Steps of `seconds`, 700 as in the published runs.
  package static func bins(steps: Int = 700, seconds: Double = 0.002) -> EventBins {
    EventBins(channels: channels, steps: steps, length: seconds)
  }

  /// Which recordings test.
  package enum Parts: Sendable, Equatable, Codable {
    /// Those that the file says.
    case file
    /// Half of all, drawn by the seed, which is as many as the authors have.
    case halves(seed: UInt64)

    var name: String {
      switch self {
      case .file: "of the file"
      case .halves(let seed): "halves \(seed)"
      }
    }
  }

  /// The spikes of one recording.
  package struct Recording: Sendable, Equatable {
    /// Sex, speaker, utterance and digits: `man-im-a-7557`.
    package var key: String
    /// Whether it is in the file's test part.
    package var tests: Bool
    /// Seconds.
    package var times: [Double]
    /// The channel of each spike.
    package var channels: [Int]

    package init(key: String, tests: Bool, times: [Double], channels: [Int]) {
      (self.key, self.tests, self.times, self.channels) = (key, tests, times, channels)
    }

    /// What was spoken.
    package var digits: String { NTIDIGITS.digits(of: key) }
  }

  static func digits(of key: String) -> String {
    String(key.split(separator: "-", omittingEmptySubsequences: false).last ?? "")
  }

  /// The trains of the single digits in a file.
  ///
  /// - Parameters:
  ///   - faults: whether a recording that is not what it should be ends all, or is left out
  ///   - cache: folder of the file that keeps the trains, if they are to be kept
  package static func spikes(
    _ path: String, bins: EventBins = bins(), parts: Parts = .file,
    faults: RecordingFaults = .stop, cache: String? = nil
  ) throws(RecordingError) -> SpikeCache.Spikes {
    precondition(bins.channels == channels)
    let cache = SpikeCache(
      folder: cache, name: id,
      settings: "\(id) steps \(bins.steps) seconds \(bins.length) parts \(parts.name)",
      fingerprint: FileFingerprint.of([path]))
    return try cache.spikes { () throws(RecordingError) in
      let (recordings, skipped) = try NTIDIGITSFile.recordings(
        path, faults: faults, of: { digits(of: $0).count == 1 })
      guard !recordings.isEmpty else {
        throw .noRecordings(place: path, expected: "keys such as man-im-a-7, of a single digit")
      }
      return try encode(recordings, bins, parts, skipped, faults, path)
    }
  }

  private static func encode(
    _ recordings: [Recording], _ bins: EventBins, _ parts: Parts, _ skipped: [RecordingError],
    _ faults: RecordingFaults, _ path: String
  ) throws(RecordingError) -> EncodedSpikes {
    var members: [StoredSpikes.Member] = []
    var kept: [Recording] = []
    var collector = FaultCollector(faults)
    for recording in recordings {
      let label = try collector.attempt { () throws(RecordingError) in
        guard let label = classNames.firstIndex(of: recording.digits) else {
          throw .wrong(
            file: path, field: recording.key, found: recording.digits,
            expected: "1 to 9, z or o in the end")
        }
        return label
      }
      guard let label else { continue }
      members.append(.init(label: label, tests: recording.tests))
      kept.append(recording)
    }
    if case .halves(let seed) = parts { Self.halve(&members, seed: seed) }
    let spoken = kept
    var encoded = try SpikeEncodingWork.run(
      title: id, classNames: classNames, channels: channels, steps: bins.steps,
      members: members, faults: faults
    ) { (index: Int) throws(RecordingError) -> SpikeTrains in
      let recording = spoken[index]
      return bins.trains(
        zip(recording.channels, recording.times).lazy.map { (channel: $0, time: $1) })
    }
    encoded.skipped = skipped + collector.skipped
    return encoded
  }

  /// Has half of the samples test, rounded down.
  private static func halve(_ members: inout [StoredSpikes.Member], seed: UInt64) {
    var order = Array(members.indices)
    var stream = RandomStream(seed: seed, purpose: .partition)
    order.shuffle(with: &stream)
    for (place, sample) in order.enumerated() {
      members[sample].tests = place >= (members.count + 1) / 2
    }
  }
}
