/// The trained state of a study as named arrays of floats, independent of any file format.
package struct Checkpoint: Sendable, Equatable {
  /// One array, row-major.
  package struct Tensor: Sendable, Equatable {
    package var name: String
    package var shape: [Int]
    package var values: [Float]
    /// The same numbers in full where they need double precision.
    package var doubles: [Double]?

    package init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }

    package init(name: String, shape: [Int], doubles: [Double]) {
      self.init(name: name, shape: shape, values: doubles.map { Float($0) })
      self.doubles = doubles
    }
  }

  package var tensors: [Tensor]
  /// Everything that is not an array: counters, seed, versions.
  package var metadata: [String: String]

  package init(tensors: [Tensor], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }
}

/// Why a checkpoint does not fit the study it should be restored into.
package enum CheckpointError: Error, Sendable, Equatable {
  case missingTensor(String)
  case wrongShape(tensor: String, expected: [Int], found: [Int])
  case missingMetadata(String)
  case wrongMetadata(key: String, found: String, expected: String)
  /// The weights were trained on data that were prepared in another way.
  case otherData(field: String, found: String, expected: String)
}
