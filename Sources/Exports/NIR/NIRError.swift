package import Runs

/// What is wrong with a file of NIR.
package enum NIRError: Error, Sendable, Equatable {
  case file(FileError)
  case hdf5(path: String, HDF5Error)
  /// A part of the graph is missing or is not what NIR asks for.
  case malformed(path: String, part: String, expected: String)
  /// A node of a type that is not read here.
  case unsupportedType(path: String, node: String, found: String, supported: [String])
  /// An edge from or to a node that there is not.
  case unknownNode(path: String, edge: String, node: String)
  /// An edge between nodes of different sizes.
  case mismatch(path: String, edge: String, emitted: Int, expected: Int)
  /// The file that was written reads back as another graph.
  case notAsWritten(path: String)
}
