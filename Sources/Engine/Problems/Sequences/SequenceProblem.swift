import Foundation

/// The user's own labelled sequences.
package final class SequenceProblem: Problem {
  /// Sequences of one split: `indices[i]` is the place of sample i in `values`.
  struct Part: Sendable {
    let values: [Float]
    let labels: [Int]
    let indices: [Int]
  }

  package let title: String
  package let steps: Int
  package let channels: Int
  package let inputs: InputDescription
  package var classes: Int { inputs.classes.count }
  private let training: Part
  private let validation: Part
  private let test: Part

  init(
    title: String, inputs: InputDescription, training: Part, validation: Part, test: Part
  ) {
    self.title = title
    (steps, channels) = (inputs.steps, inputs.channels)
    self.inputs = inputs
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Half of the machine's memory.
  package static let standardLimit = Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)

  /// Reads the files, draws the parts with the seed, and normalizes.
  ///
  /// - Parameter limit: bytes that a file and what is made of it may take
  /// - Throws: ``DataError`` with the first mistake and its place
  package static func load(
    _ configuration: SequenceConfiguration, seed: UInt64,
    limit: Int = SequenceProblem.standardLimit
  ) throws(DataError) -> SequenceProblem {
    var set = try SequenceSet.read(
      configuration.values, labels: configuration.labels, channels: configuration.channels,
      limit: limit)
    let classes = try SequenceClasses(of: set.labels)
    let labels = try classes.indices(of: set.labels)
    let shape = set.values.shape
    let parts = try SequenceParts(
      of: shape.samples, configuration, file: configuration.values, seed: seed)
    var testSet = try readTest(configuration, like: shape, limit: limit)
    let testLabels = if let testSet { try classes.indices(of: testSet.labels) } else { labels }
    var inputs = InputDescription(
      steps: shape.steps, channels: shape.channels, classes: classes.names)
    if configuration.normalization == .standardized {
      let scaling = ChannelScaling(of: set.values, samples: parts.training)
      inputs.scaling = scaling
      try scaling.apply(to: &set.values, file: configuration.values)
      if var test = testSet {
        try scaling.apply(to: &test.values, file: configuration.testValues)
        testSet = test
      }
    }
    let part = { (indices: [Int]) in
      Part(values: set.values.values, labels: labels, indices: indices)
    }
    return SequenceProblem(
      title: "sequences, \(fileName(configuration.values))", inputs: inputs,
      training: part(parts.training), validation: part(parts.validation),
      test: testSet.map {
        Part(
          values: $0.values.values, labels: testLabels,
          indices: Array(0..<$0.values.shape.samples))
      } ?? part(parts.test))
  }

  /// The sequences of the test file, if there is one.
  private static func readTest(
    _ configuration: SequenceConfiguration, like shape: SequenceShape, limit: Int
  ) throws(DataError) -> SequenceSet? {
    guard !configuration.testValues.isEmpty else { return nil }
    let set = try SequenceSet.read(
      configuration.testValues, labels: configuration.testLabels, channels: configuration.channels,
      limit: limit)
    let found = set.values.shape
    guard found.steps == shape.steps, found.channels == shape.channels else {
      throw .sequences(
        configuration.testValues,
        .otherShape(
          found: [found.steps, found.channels], expected: [shape.steps, shape.channels]))
    }
    return set
  }

  static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  private func part(_ split: Gauge.Split) -> Part {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }

  package func count(in split: Gauge.Split) -> Int { part(split).indices.count }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    let part = part(split)
    return part.labels[part.indices[index]]
  }

  package func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let part = part(split)
    let first = part.indices[index] * steps * channels
    for step in 0..<steps {
      for channel in 0..<channels {
        destination[step * stride + channel] = part.values[first + step * channels + channel]
      }
    }
  }
}
