/// Which samples of a file train, validate and test: shares drawn with the seed, without regard to
/// the classes, each in the order of the file.
struct SequenceParts: Sendable, Equatable {
  let training: [Int]
  let validation: [Int]
  /// Empty where the test part is a file of its own.
  let test: [Int]

  /// - Throws: ``DataError`` where a share comes to no sample; `file` is named then.
  init(
    of samples: Int, _ configuration: SequenceConfiguration, file: String, seed: UInt64
  ) throws(DataError) {
    let hasTestFile = !configuration.testValues.isEmpty
    let count = { (share: Double) in min(samples, Int((Double(samples) * share).rounded())) }
    let tests = hasTestFile ? 0 : count(configuration.testShare)
    let validations = min(samples - tests, count(configuration.validationShare))
    let sizes = [
      ("training", samples - tests - validations), ("validation", validations),
      ("test", hasTestFile ? 1 : tests),
    ]
    for (name, size) in sizes where size == 0 {
      throw .sequences(file, .emptyPart(name: name, samples: samples))
    }
    var stream = RandomStream(seed: seed, purpose: .partition)
    var order = Array(0..<samples)
    order.shuffle(with: &stream)
    test = order[..<tests].sorted()
    validation = order[tests..<(tests + validations)].sorted()
    training = order[(tests + validations)...].sorted()
  }
}

/// Mean and standard deviation of each channel over some samples, in Double.
package struct ChannelScaling: Sendable, Equatable, Codable {
  private(set) var means: [Double]
  /// 1 for a channel that does not vary.
  private(set) var deviations: [Double]

  init(of values: SequenceValues, samples: [Int]) {
    let channels = values.shape.channels
    let count = Double(samples.count * values.shape.steps)
    func sums(_ term: (Double, Int) -> Double) -> [Double] {
      let length = values.shape.steps * channels
      var sums = [Double](repeating: 0, count: channels)
      for sample in samples {
        for offset in 0..<length {
          let channel = offset % channels
          sums[channel] += term(Double(values.values[sample * length + offset]), channel)
        }
      }
      return sums
    }
    let means = sums { value, _ in value }.map { $0 / count }
    let squares = sums { value, channel in
      (value - means[channel]) * (value - means[channel])
    }
    self.means = means
    deviations = squares.map { $0 > 0 ? ($0 / count).squareRoot() : 1 }
  }

  /// - Throws: ``DataError`` where a value becomes infinite; `file` is named then.
  func apply(to values: inout SequenceValues, file: String) throws(DataError) {
    let channels = means.count
    for index in values.values.indices {
      let channel = index % channels
      let value = Float((Double(values.values[index]) - means[channel]) / deviations[channel])
      guard value.isFinite else { throw .sequences(file, .normalized(channel: channel)) }
      values.values[index] = value
    }
  }
}
