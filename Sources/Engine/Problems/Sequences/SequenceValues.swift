/// How many sequences there are, how long they are, and how many values a time step has.
struct SequenceShape: Sendable, Equatable {
  var samples: Int
  var steps: Int
  var channels: Int

  /// Samples are drawn with indices of 32 bits; the rest is more than networks can be trained on.
  static let largest = (samples: Int(Int32.max), steps: 1_000_000, channels: 4096)

  /// - Throws: ``DataError`` for a size that is 0 or too large.
  init(samples: Int, steps: Int, channels: Int, file: String) throws(DataError) {
    let sizes = [
      ("samples", samples, Self.largest.samples), ("steps", steps, Self.largest.steps),
      ("channels", channels, Self.largest.channels),
    ]
    for (name, found, largest) in sizes where !(1...largest).contains(found) {
      throw .sequences(file, .size(name: name, found: found, largest: largest))
    }
    (self.samples, self.steps, self.channels) = (samples, steps, channels)
  }

  /// The shape of an array of samples x values, `channels` of them a step, or of samples x steps x
  /// channels, where `channels` is 1 or the same.
  init(_ sizes: [Int], channels: Int, file: String) throws(DataError) {
    switch sizes.count {
    case 2:
      guard sizes[1] % channels == 0 else {
        throw .sequences(file, .unevenChannels(values: sizes[1], channels: channels))
      }
      try self.init(
        samples: sizes[0], steps: sizes[1] / channels, channels: channels, file: file)
    case 3:
      guard channels == 1 || channels == sizes[2] else {
        throw .sequences(file, .channels(found: sizes[2], expected: channels))
      }
      try self.init(samples: sizes[0], steps: sizes[1], channels: sizes[2], file: file)
    default:
      throw .sequences(
        file,
        .dimensions(found: sizes, expected: "samples x steps or samples x steps x channels"))
    }
  }

  /// The mistake of the value at `index` of the whole array, sample by sample.
  func notFinite(_ found: String, at index: Int) -> SequenceMistake {
    .notFinite(
      found: found, sample: index / (steps * channels), step: index / channels % steps,
      channel: index % channels)
  }
}

/// Sequences without labels: the value of channel c at step t of sample i is
/// `values[(i * steps + t) * channels + c]`. All are finite.
struct SequenceValues: Sendable, Equatable {
  var shape: SequenceShape
  var values: [Float]
}

/// Labels as texts, each with its place in the file.
struct SequenceLabels: Sendable, Equatable {
  let file: String
  private(set) var names: [String] = []
  private(set) var places: [SequenceError.Place] = []

  /// Memory of a label, without the characters of long ones.
  static let bytesPerLabel =
    MemoryLayout<String>.stride + MemoryLayout<SequenceError.Place>.stride

  init(file: String) { self.file = file }

  mutating func append(_ name: String, at place: SequenceError.Place) {
    names.append(name)
    places.append(place)
  }
}
