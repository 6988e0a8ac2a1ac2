import Foundation

/// N-MNIST (G. Orchard and others, 2015): MNIST images before an event camera that is moved three
/// times, as files of events in `Train/0` to `Train/9` and `Test/0` to `Test/9`. An event has five
/// bytes: column, row, then 24 bits, the highest first: polarity and 23 bits of time in
/// microseconds.
///
/// The published runs take bins of 600 "time units" (specification of the spiking networks, 3.7):
/// with microseconds a recording of about 0.31 s fills some 520 of the 600 steps. So the unit is
/// the microsecond.
package enum NMNIST {
  package static let id = "n-mnist"
  package static let side = 34
  /// A channel for each pixel and polarity: (polarity x 34 + row) x 34 + column.
  package static let channels = 2 * side * side
  private static let eventBytes = 5

  package static func bins(steps: Int = 600, microseconds: Double = 600) -> EventBins {
    EventBins(channels: channels, steps: steps, length: microseconds)
  }

  package struct Event: Sendable, Equatable {
    package var column, row: Int
    /// 1 where it became brighter.
    package var polarity: Int
    package var microseconds: Int

    package init(column: Int, row: Int, polarity: Int, microseconds: Int) {
      (self.column, self.row) = (column, row)
      (self.polarity, self.microseconds) = (polarity, microseconds)
    }

    package var channel: Int { (polarity * NMNIST.side + row) * NMNIST.side + column }
  }

  /// The events in the bytes of a file, whose name errors give.
  package static func events(_ bytes: [UInt8], file: String) throws(RecordingError) -> [Event] {
    guard bytes.count.isMultiple(of: eventBytes) else {
      throw .truncated(
        file: file, foundBytes: bytes.count,
        expectedBytes: (bytes.count / eventBytes + 1) * eventBytes)
    }
    var events: [Event] = []
    events.reserveCapacity(bytes.count / eventBytes)
    for place in stride(from: 0, to: bytes.count, by: eventBytes) {
      let event = Event(
        column: Int(bytes[place]), row: Int(bytes[place + 1]), polarity: Int(bytes[place + 2] >> 7),
        microseconds: Int(bytes[place + 2] & 0x7F) << 16 | Int(bytes[place + 3]) << 8
          | Int(bytes[place + 4]))
      guard event.column < side, event.row < side else {
        throw .wrong(
          file: file, field: "event \(place / eventBytes) (counted from 0)",
          found: "column \(event.column), row \(event.row)", expected: "0 to \(side - 1) each")
      }
      events.append(event)
    }
    return events
  }

  /// The trains of all files below a folder, made on all cores. Those of the whole data set take
  /// about half a gigabyte, and up to three times that while they are made and kept.
  ///
  /// - Parameters:
  ///   - faults: whether a file that cannot be read ends all, or is left out
  ///   - cache: folder of the file that keeps the trains, if they are to be kept
  package static func spikes(
    in folder: String, bins: EventBins = bins(), faults: RecordingFaults = .stop,
    cache: String? = nil
  ) throws(RecordingError) -> SpikeCache.Spikes {
    precondition(bins.channels == channels)
    let files = try Self.files(in: folder)
    let cache = SpikeCache(
      folder: cache, name: id, settings: "\(id) steps \(bins.steps) bins \(bins.length)",
      fingerprint: FileFingerprint.of(files.map { $0.path }))
    return try cache.spikes { () throws(RecordingError) in
      try SpikeEncodingWork.run(
        title: id, classNames: FSDD.digitNames, channels: channels, steps: bins.steps,
        members: files.map { $0.member }, faults: faults
      ) { (index: Int) throws(RecordingError) -> SpikeTrains in
        let path = files[index].path
        let events = try Self.events(try RecordingBytes.read(path), file: path)
        return bins.trains(
          events.lazy.map { (channel: $0.channel, time: Double($0.microseconds)) })
      }
    }
  }

  private struct File: Sendable {
    var path: String
    var member: StoredSpikes.Member
  }

  private static func files(in folder: String) throws(RecordingError) -> [File] {
    var files: [File] = []
    for (part, tests) in [("Train", false), ("Test", true)] {
      for digit in 0...9 {
        let place = "\(folder)/\(part)/\(digit)"
        for name in try RecordingBytes.names(in: place) where name.hasSuffix(".bin") {
          files.append(
            File(path: place + "/" + name, member: .init(label: digit, tests: tests)))
        }
      }
    }
    guard !files.isEmpty else {
      throw .noRecordings(place: folder, expected: "Train/0/00002.bin and others")
    }
    return files
  }
}
