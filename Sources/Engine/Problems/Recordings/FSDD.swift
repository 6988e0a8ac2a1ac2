/// The Free Spoken Digit Dataset (Z. Jackson and contributors, CC BY-SA 4.0): digits spoken by six
/// people at 8000 samples a second. Files are called `{digit}_{speaker}_{index}.wav`; the
/// recordings 0 to 4 of each digit and speaker test, the others train.
package enum FSDD {
  package static let id = "fsdd"
  package static let sampleRate = 8000
  package static let digitNames = (0...9).map(String.init)
  static let archiveName = "fsdd.tar"
  static let archiveDigest =
    "52bb9a389801be89bc0945a595555bc92bbbe841219a694b0686920f02a4c6f0"
  static let indexName = "index.csv"
  private static let testing = 5

  /// The recordings in a folder: those of the archive `fsdd.tar` where it is there, checked against
  /// `index.csv` beside it if there is one, or else the wav files in the folder or in
  /// `recordings/` below, as the data set is published.
  ///
  /// - Throws: ``RecordingError``; of single files only where `faults` says so.
  package static func recordings(
    in folder: String, faults: RecordingFaults = .stop
  ) throws(RecordingError) -> RecordingSet {
    let names = try RecordingBytes.names(in: folder)
    if names.contains(archiveName) {
      return try archived(
        folder + "/" + archiveName,
        index: names.contains(indexName) ? folder + "/" + indexName : nil, faults)
    }
    let inner = folder + "/recordings"
    return try loose(in: names.contains("recordings") ? inner : folder, faults)
  }

  private static func archived(
    _ path: String, index: String?, _ faults: RecordingFaults
  ) throws(RecordingError) -> RecordingSet {
    let bytes = try RecordingBytes.read(path)
    let archive = try TarArchive(bytes, file: path)
    if let index { try FSDDIndex(path: index).check(archive, bytes, file: path) }
    var collector = FaultCollector(faults)
    var items: [RecordingSet.Item] = []
    for entry in archive.entries where entry.name.hasSuffix(".wav") {
      let item = try collector.attempt { () throws(RecordingError) in
        try makeItem(entry.name, .archived(entry.bytes), shown: path + ":" + entry.name)
      }
      if let item { items.append(item) }
    }
    var set = try makeSet(items, FNV1a.hash(bytes), collector.skipped, in: path)
    set.archive = bytes
    return set
  }

  private static func loose(
    in folder: String, _ faults: RecordingFaults
  ) throws(RecordingError) -> RecordingSet {
    var collector = FaultCollector(faults)
    var items: [RecordingSet.Item] = []
    for name in try RecordingBytes.names(in: folder) where name.hasSuffix(".wav") {
      let path = folder + "/" + name
      let item = try collector.attempt { () throws(RecordingError) in
        try makeItem(name, .file(path), shown: path)
      }
      if let item { items.append(item) }
    }
    let paths = items.map { $0.name }
    return try makeSet(items, FileFingerprint.of(paths), collector.skipped, in: folder)
  }

  private static func makeSet(
    _ items: [RecordingSet.Item], _ fingerprint: UInt64, _ skipped: [RecordingError],
    in place: String
  ) throws(RecordingError) -> RecordingSet {
    guard !items.isEmpty else {
      throw .noRecordings(place: place, expected: Self.form)
    }
    return RecordingSet(
      id: id, classNames: digitNames, sampleRate: sampleRate, items: items,
      fingerprint: fingerprint, skipped: skipped)
  }

  private static let form = "files such as 7_jackson_32.wav: digit, speaker and number"

  private static func makeItem(
    _ name: String, _ place: RecordingSet.Item.Place, shown: String
  ) throws(RecordingError) -> RecordingSet.Item {
    let spoken = try Spoken(name: name, shown: shown)
    return RecordingSet.Item(
      name: shown, place: place, label: spoken.digit, speaker: spoken.speaker,
      tests: spoken.index < testing)
  }

  /// What the name of a file says.
  package struct Spoken: Sendable, Equatable {
    package let digit: Int
    package let speaker: String
    package let index: Int

    /// - Parameter shown: the file in errors
    package init(name: String, shown: String) throws(RecordingError) {
      let file = name.split(separator: "/").last ?? ""
      let parts = file.dropLast(4).split(separator: "_", omittingEmptySubsequences: false)
      guard file.hasSuffix(".wav"), parts.count == 3, let digit = Int(parts[0]),
        !parts[1].isEmpty, let index = Int(parts[2]), index >= 0
      else { throw .name(file: shown, expected: form) }
      guard 0...9 ~= digit else {
        throw .wrong(
          file: shown, field: "digit in the name", found: "\(digit)", expected: "0 to 9")
      }
      self.digit = digit
      speaker = String(parts[1])
      self.index = index
    }
  }
}
