/// What a study asks of a checkpoint.
extension Checkpoint {
  /// Throws where it was saved by a run of another seed, or where no seed is told.
  func check(seed: UInt64) throws(CheckpointError) {
    guard let found = metadata["seed"] else { throw .missingMetadata("seed") }
    guard found == String(seed) else {
      throw .wrongMetadata(key: "seed", found: found, expected: String(seed))
    }
  }

  /// The numbers of a tensor that must have this shape.
  func values(_ name: String, shape: [Int]) throws(CheckpointError) -> [Float] {
    guard let tensor = tensors.first(where: { $0.name == name }) else {
      throw .missingTensor(name)
    }
    guard tensor.shape == shape, tensor.values.count == shape.reduce(1, *) else {
      throw .wrongShape(tensor: name, expected: shape, found: tensor.shape)
    }
    return tensor.values
  }

  /// A number from 0 on in the metadata.
  func count(_ key: String) throws(CheckpointError) -> Int {
    guard let text = metadata[key] else { throw .missingMetadata(key) }
    guard let value = Int(text), 0...(1 << 48) ~= value else {
      throw .wrongMetadata(key: key, found: text, expected: "a number from 0 on")
    }
    return value
  }
}
