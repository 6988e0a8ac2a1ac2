import Foundation

/// What a checkpoint holds beside arrays and counters, as JSON in its metadata. Numbers that are not
/// finite are words.
enum StateText {
  static let key = "state"

  static func text(of state: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    return String(decoding: (try? encoder.encode(state)) ?? Data(), as: UTF8.self)
  }

  /// Throws where it is missing or no state of this program; `study` names the kind of study.
  static func state<State: Decodable>(
    _ checkpoint: Checkpoint, of study: String
  ) throws(CheckpointError) -> State {
    guard let text = checkpoint.metadata[key] else { throw .missingMetadata(key) }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    do {
      _ = try decoder.decode(BoundedNumbers.self, from: Data(text.utf8))
      return try decoder.decode(State.self, from: Data(text.utf8))
    } catch {
      throw .wrongMetadata(
        key: key, found: "a text of \(text.utf8.count) bytes",
        expected: "the state of \(study) as this version saves it")
    }
  }
}
