/// Sequences whose classes are not known, for a network to tell them. All are in the test part.
package struct UnlabelledProblem: Problem {
  package let title = "sequences without labels"
  package let inputs: InputDescription
  /// The value of channel c at step t of sample i is `values[(i * steps + t) * channels + c]`.
  private let values: [Float]

  package var steps: Int { inputs.steps }
  package var channels: Int { inputs.channels }
  package var classes: Int { inputs.classes.count }
  /// Sequences.
  package var count: Int { values.count / (steps * channels) }

  init(inputs: InputDescription, values: [Float]) {
    self.inputs = inputs
    self.values = values
  }

  /// Reads a CSV or NPY file and normalizes its values as those that the network was trained on.
  ///
  /// - Parameter limit: bytes that the file and what is made of it may take
  /// - Throws: ``DataError`` with the first mistake and its place
  package static func load(
    _ path: String, like inputs: InputDescription, limit: Int = SequenceProblem.standardLimit
  ) throws(DataError) -> UnlabelledProblem {
    var found = try values(
      of: path, width: inputs.steps * inputs.channels, channels: inputs.channels, limit: limit)
    try found.shape.check(like: inputs, file: path)
    if let scaling = inputs.scaling { try scaling.apply(to: &found, file: path) }
    return UnlabelledProblem(inputs: inputs, values: found.values)
  }

  /// The values in a file of samples of `width` values, NPY or CSV by its first bytes.
  static func values(
    of path: String, width: Int, channels: Int, limit: Int
  ) throws(DataError) -> SequenceValues {
    let bytes = try SequenceBytes.read(path, limit: limit)
    return NPYHeader.isNPY(bytes)
      ? try NPYFile.values(bytes, file: path, channels: channels, limit: limit)
      : try CSVFile.unlabelled(bytes, file: path, width: width, channels: channels)
  }

  package func count(in split: Gauge.Split) -> Int { split == .test ? count : 0 }

  package func label(_ index: Int, in split: Gauge.Split) -> Int { 0 }

  package func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let first = index * steps * channels
    for step in 0..<steps {
      for channel in 0..<channels {
        destination[step * stride + channel] = values[first + step * channels + channel]
      }
    }
  }
}

extension SequenceShape {
  /// Refuses sequences that a network does not take.
  func check(like inputs: InputDescription, file: String) throws(DataError) {
    guard steps == inputs.steps, channels == inputs.channels else {
      throw .sequences(
        file,
        .otherShape(found: [steps, channels], expected: [inputs.steps, inputs.channels]))
    }
  }
}
