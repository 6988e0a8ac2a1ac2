/// Why recordings could not be read. The cases carry facts; ``description(of:)-(RecordingError)``
/// makes the sentence.
package enum RecordingError: Error, Sendable, Equatable {
  /// The operating system refused to open or read the file or folder.
  case unreadable(file: String, reason: String)
  /// More bytes than are read.
  case tooLarge(file: String, found: Int, largest: Int)
  /// The file ends before what it announces.
  case truncated(file: String, foundBytes: Int, expectedBytes: Int)
  /// The first bytes are not those of a kind of file that is read here.
  case foreign(file: String, found: [UInt8], expected: String)
  /// Something that must be in the file is not: a chunk, a field of the header, a group.
  case absent(file: String, field: String)
  /// Something in the file is not what it should be.
  case wrong(file: String, field: String, found: String, expected: String)
  /// A file whose name does not tell what it holds.
  case name(file: String, expected: String)
  /// A folder or an archive without a single recording.
  case noRecordings(place: String, expected: String)
}

extension RecordingError {
  /// The file that the error is about.
  package var file: String {
    switch self {
    case .unreadable(let file, _), .tooLarge(let file, _, _), .truncated(let file, _, _),
      .foreign(let file, _, _), .absent(let file, _), .wrong(let file, _, _, _),
      .name(let file, _), .noRecordings(let file, _):
      file
    }
  }
}
