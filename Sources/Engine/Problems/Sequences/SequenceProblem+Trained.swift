extension SequenceProblem {
  /// Labelled sequences for a network that has been trained already, all of them in the test part:
  /// the rules of shape, classes and normalization are those of its training.
  ///
  /// - Parameters:
  ///   - labels: empty where a column of the CSV file has them
  ///   - limit: bytes that a file and what is made of it may take
  /// - Throws: ``DataError`` with the first mistake and its place
  package static func load(
    _ path: String, labels: String, like inputs: InputDescription,
    limit: Int = SequenceProblem.standardLimit
  ) throws(DataError) -> SequenceProblem {
    var set = try SequenceSet.read(path, labels: labels, channels: inputs.channels, limit: limit)
    try set.values.shape.check(like: inputs, file: path)
    let classes = SequenceClasses(trained: inputs.classes, file: "the training data")
    let indices = try classes.indices(of: set.labels)
    if let scaling = inputs.scaling { try scaling.apply(to: &set.values, file: path) }
    let none = Part(values: [], labels: [], indices: [])
    return SequenceProblem(
      title: "sequences, \(fileName(path))", inputs: inputs, training: none, validation: none,
      test: Part(
        values: set.values.values, labels: indices, indices: Array(0..<set.values.shape.samples)))
  }
}
