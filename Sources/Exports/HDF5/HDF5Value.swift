/// What a member of an HDF5 group holds, as far as it is used here.
package enum HDF5Value: Sendable, Equatable {
  case text(String)
  /// A single number.
  case number(Double)
  /// An array of single precision, row-major.
  case floats(shape: [Int], [Float])
  case integers(shape: [Int], [Int])
  case texts(shape: [Int], [String])
}

/// A group of an HDF5 file: members by their names.
package indirect enum HDF5Member: Sendable, Equatable {
  case value(HDF5Value)
  case group([String: HDF5Member])
}
