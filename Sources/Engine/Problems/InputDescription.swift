import Foundation

/// What a network takes in and tells apart: with this, further samples can be given to it where the
/// data that it was trained on are not.
package struct InputDescription: Sendable, Equatable, Codable {
  /// Time steps of every sequence.
  package var steps: Int
  /// Inputs per time step.
  package var channels: Int
  /// The classes' own names, in their order.
  package var classes: [String]
  /// What the values of each channel are normalized by, if by anything.
  package var scaling: ChannelScaling?

  package init(
    steps: Int, channels: Int, classes: [String], scaling: ChannelScaling? = nil
  ) {
    self.steps = steps
    self.channels = channels
    self.classes = classes
    self.scaling = scaling
  }
}

extension Problem {
  package var inputs: InputDescription {
    InputDescription(
      steps: steps, channels: channels, classes: (0..<classes).map { String($0) })
  }
}

// MARK: In the metadata of checkpoints

extension InputDescription {
  static let metadataKey = "inputs"

  /// As JSON on one line.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = (try? encoder.encode(self)) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  /// The description that a checkpoint carries; `nil` where it carries none.
  package init?(of checkpoint: Checkpoint) throws(CheckpointError) {
    guard let text = checkpoint.metadata[Self.metadataKey] else { return nil }
    guard let found = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)), found.isSound
    else {
      throw .wrongMetadata(
        key: Self.metadataKey, found: String(text.prefix(40)),
        expected: "steps, channels, classes and their normalization")
    }
    self = found
  }

  /// Whether the numbers are ones that a problem may have.
  private var isSound: Bool {
    let largest = SequenceShape.largest
    guard (1...largest.steps).contains(steps), (1...largest.channels).contains(channels),
      (2...SequenceClasses.largest).contains(classes.count), Set(classes).count == classes.count
    else { return false }
    return scaling?.isSound(channels: channels) ?? true
  }
}

extension ChannelScaling {
  fileprivate func isSound(channels: Int) -> Bool {
    means.count == channels && deviations.count == channels && means.allSatisfy(\.isFinite)
      && deviations.allSatisfy { $0.isFinite && $0 > 0 }
  }
}
