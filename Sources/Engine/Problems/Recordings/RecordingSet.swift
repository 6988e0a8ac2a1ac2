/// Labelled recordings that are read when they are needed, so that only those at work are in
/// memory.
package struct RecordingSet: Sendable {
  package struct Item: Sendable, Equatable {
    /// Where the file is.
    enum Place: Sendable, Equatable {
      case file(String)
      /// Its bytes in ``RecordingSet/archive``.
      case archived(Range<Int>)
    }

    /// Of the file, in errors.
    package var name: String
    var place: Place
    package var label: Int
    package var speaker: String
    /// Whether it tests; it trains otherwise.
    package var tests: Bool
  }

  /// Short name, also of files made from it.
  package var id: String
  package var classNames: [String]
  /// Of every recording, a second.
  package var sampleRate: Int
  package var items: [Item]
  /// What tells this state of the files from any other.
  package var fingerprint: UInt64
  /// Files that could not be taken in and were passed over.
  package var skipped: [RecordingError]
  /// The archive that holds the files, where they are not on their own.
  var archive: [UInt8] = []

  /// Reads recording `index`.
  package func recording(_ index: Int) throws(RecordingError) -> AudioRecording {
    let item = items[index]
    let bytes =
      switch item.place {
      case .file(let path): try RecordingBytes.read(path)
      case .archived(let range): Array(archive[range])
      }
    return try AudioRecording(bytes, file: item.name).checked(rate: sampleRate, file: item.name)
  }
}

/// Whether a file that is not what it should be ends the reading of its folder.
package enum RecordingFaults: String, Sendable, Codable {
  /// The first one is thrown.
  case stop
  /// They are collected, and the rest goes on.
  case skip
}

/// Collects the faults of single files, or throws the first.
struct FaultCollector {
  let faults: RecordingFaults
  private(set) var skipped: [RecordingError] = []

  init(_ faults: RecordingFaults) { self.faults = faults }

  /// What `body` gives; `nil` where it throws and is passed over.
  mutating func attempt<Result>(
    _ body: () throws(RecordingError) -> Result
  ) throws(RecordingError) -> Result? {
    do throws(RecordingError) {
      return try body()
    } catch {
      guard faults == .skip else { throw error }
      skipped.append(error)
      return nil
    }
  }
}
