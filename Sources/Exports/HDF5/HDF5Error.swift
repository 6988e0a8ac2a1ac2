/// Why an HDF5 file could not be made or read.
package enum HDF5Error: Error, Sendable, Equatable {
  package enum Action: String, Sendable {
    case makeFile, makeGroup, makeArray, writeArray
    case openFile, readGroup, readArray
  }

  /// The library refused; `name` is the member that it was about.
  case failed(Action, name: String)
  /// A member is not what it should be.
  case unexpected(name: String, expected: String)
  /// An array claims more numbers than the file could hold.
  case tooLarge(name: String)
}
