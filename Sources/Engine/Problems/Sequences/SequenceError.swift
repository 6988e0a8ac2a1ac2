/// A mistake in a file of the user's sequences, with its facts.
package struct SequenceError: Error, Sendable, Equatable {
  /// Where in the file the mistake is.
  package enum Place: Sendable, Equatable {
    case whole
    /// Counted from 1.
    case line(Int)
    /// Counted from 0, after decompression.
    case byte(Int)
  }

  package var file: String
  package var place: Place
  package var mistake: SequenceMistake

  package init(_ file: String, at place: Place = .whole, _ mistake: SequenceMistake) {
    self.file = file
    self.place = place
    self.mistake = mistake
  }
}

extension DataError {
  /// A mistake in a file of sequences.
  static func sequences(
    _ file: String, at place: SequenceError.Place = .whole, _ mistake: SequenceMistake
  ) -> DataError {
    .sequences(SequenceError(file, at: place, mistake))
  }
}

/// What can be wrong with a file of sequences.
package enum SequenceMistake: Sendable, Equatable {
  // Of any file
  /// More memory than there is for the data, both in bytes.
  case memory(needed: Int, limit: Int)
  /// A batch of training on the sequences takes at least `needed` bytes.
  case batchMemory(needed: Int, limit: Int, batch: Int)
  /// Sequences of fewer steps than the readout takes the mean over.
  case readout(found: Int, expected: Int)
  /// The values cannot be counted in 64 bits.
  case overflow
  /// One of the sizes is 0 or too large; `name` is that of the dimension.
  case size(name: String, found: Int, largest: Int)
  /// `sample`, `step` and `channel` count from 0.
  case notFinite(found: String, sample: Int, step: Int, channel: Int)

  // Of NPY files
  case version(major: Int, minor: Int)
  case headerTooLong(found: Int, largest: Int)
  case header(expected: String)
  case fortranOrder
  /// An element type that is not read.
  case type(found: String, expected: String)
  case dimensions(found: [Int], expected: String)
  /// The file has another number of channels than the experiment.
  case channels(found: Int, expected: Int)

  // Of text files
  case notText
  /// A quotation mark that does not close, or text beside a quoted field.
  case quotation
  /// `column` counts from 1.
  case notNumber(found: String, column: Int)
  case ragged(found: Int, expected: Int)
  case unevenChannels(values: Int, channels: Int)
  /// A row of a file without labels that is not as long as the sequences of the network.
  case width(found: Int, expected: Int)
  case noRows
  /// Labels both in a column and in a file of their own.
  case labelsTwice(labels: String)
  case twoLabelColumns

  // Of labels and parts
  case noLabels
  case emptyLabel
  case labelCount(found: Int, samples: Int, values: String)
  case unknownLabel(found: String, training: String)
  case classes(found: Int, largest: Int)
  case emptyPart(name: String, samples: Int)
  /// Sequences of the test file that are unlike those of the training file.
  case otherShape(found: [Int], expected: [Int])
  /// A value of an image that is none of a pixel; `sample` and `pixel` count from 0.
  case pixel(found: String, sample: Int, pixel: Int, white: Int)
  /// A normalized value that is too large; `channel` counts from 0.
  case normalized(channel: Int)
}
