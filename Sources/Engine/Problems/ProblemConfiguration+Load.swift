extension ProblemConfiguration {
  /// Reads the data set and makes the sequences.
  ///
  /// The 8x8 digits are embedded; the MNIST family is read from the first of the locations that
  /// holds all four files; the user's own sequences are read from the paths that are given.
  ///
  /// - Parameter seed: decides which of the user's own sequences validate and test; the other data
  ///   sets have fixed parts.
  /// - Throws: ``DataError`` when the data set is not there, a file is not what it should be, or
  ///   the side is not one of ``allowedSides(of:)``.
  package func load(
    from locations: DataLocations, seed: UInt64 = 1
  ) throws(DataError) -> any Problem {
    let allowed = Self.allowedSides(of: dataSet)
    guard dataSet == .sequences || allowed.contains(side) else {
      throw .unsupportedSide(dataSet: dataSet.rawValue, found: side, allowed: allowed)
    }
    switch dataSet {
    case .digits:
      return try DigitsProblem.load(order: order)
    case .mnist:
      return try MNISTProblem.load(self, paths: locations.find(DataCatalogue.mnist))
    case .fashionMNIST:
      return try MNISTProblem.load(self, paths: locations.find(DataCatalogue.fashionMNIST))
    case .sequences:
      return try SequenceProblem.load(sequences, seed: seed)
    }
  }
}

extension ProblemConfiguration.Order {
  /// As it reads in the title of a problem.
  var title: String {
    switch self {
    case .rows: "row by row"
    case .permuted: "permuted"
    }
  }
}
