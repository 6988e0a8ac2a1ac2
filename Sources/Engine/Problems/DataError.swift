/// Why a data set could not be read. The cases carry facts; ``description(of:)-(DataError)`` makes
/// the sentence.
package enum DataError: Error, Sendable, Equatable {
  /// No directory holds all files of the data set; `looked` says what is missing where.
  case missing(dataSet: String, looked: [MissingFiles])
  /// The operating system refused to open or read the file.
  case unreadable(file: String, reason: String)
  /// The gzip stream is damaged, as zlib says in `reason`.
  case damagedCompression(file: String, reason: String)
  /// The first four bytes are not those of the expected kind of IDX file.
  case wrongMagic(file: String, found: UInt32, expected: UInt32)
  /// The sizes in the header are not those of the data set.
  case wrongDimensions(file: String, found: [Int], expected: [Int])
  /// The file ends before its header or its values do. Sizes are those after decompression.
  case truncated(file: String, foundBytes: Int, expectedBytes: Int)
  /// The file goes on after its last value.
  case trailingBytes(file: String, expectedBytes: Int)
  /// A label is no class of the data set; `index` counts the file's labels from 0.
  case labelOutOfRange(file: String, index: Int, found: Int, largest: Int)
  /// The images of the data set cannot be given with this side.
  case unsupportedSide(dataSet: String, found: Int, allowed: [Int])
  /// A file of the user's own sequences is not what it should be.
  case sequences(SequenceError)
  /// A table of the user is not what it should be.
  case table(TableError)
  /// Recordings are not what they should be.
  case recordings(RecordingError)
  /// Data embedded in the program are not what was built in.
  case damagedResource(name: String)
}

/// A directory where a data set was looked for, and the files that were not there.
package struct MissingFiles: Sendable, Equatable {
  package var directory: String
  package var files: [String]

  package init(directory: String, files: [String]) {
    self.directory = directory
    self.files = files
  }
}
