import Engine
import Foundation

/// `expected`: what the readers of recordings find in the made files beside it.
struct RecordingLoadersCheck: GoldenCheck {
  var name: String { "expected" }

  private static let folder = "st-rsbp/loaders"

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    try checkEvents(file.value("n_tidigits"), into: &tally)
    var known: [String: [Double]] = [:]
    for item in try file.value("sphere").elements() {
      try checkSpeech(item, &known, into: &tally)
    }
    try checkWave(file.value("riff"), into: &tally)
  }

  private func path(_ item: GoldenValue) throws -> String {
    try GoldenCompanion.url(
      item.value("file").text(), beside: item.value("file"), folder: Self.folder
    ).path
  }

  // MARK: Events

  private func checkEvents(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let found = try NTIDIGITSFile.recordings(path(item)).recordings
    for part in ["train", "test"] {
      let recordings = found.filter { $0.tests == (part == "test") }
      let listed = try item.value(part).elements()
      tally.require(
        recordings.count == listed.count, at: "\(item.path).\(part)",
        "\(recordings.count) recordings are in the file")
      for entry in listed {
        tally.countCase()
        let key = try entry.value("key")
        guard let recording = recordings.first(where: { (try? key.text()) == $0.key }) else {
          throw key.invalid("a key of the file", found: try key.text())
        }
        try compare(recording, entry, into: &tally)
      }
    }
  }

  private func compare(
    _ recording: NTIDIGITS.Recording, _ entry: GoldenValue, into tally: inout GoldenTally
  ) throws {
    tally.require(
      recording.digits == (try entry.value("digits").text()), at: "\(entry.path).digits",
      "the key says \(recording.digits)")
    tally.require(
      (recording.digits.count == 1) == (try entry.value("single").truth()),
      at: "\(entry.path).single", "the key says otherwise")
    tally.compare(
      recording.times, try entry.value("timestamps").doubles(), .exact,
      at: "\(entry.path).timestamps")
    tally.compare(
      recording.channels.map(Double.init), try entry.value("addresses").doubles(), .exact,
      at: "\(entry.path).addresses")
  }

  // MARK: Sound

  private func checkSpeech(
    _ item: GoldenValue, _ known: inout [String: [Double]], into tally: inout GoldenTally
  ) throws {
    tally.countCase()
    let path = try path(item)
    let name = try TI46Name(path: path)
    let samples = try samples(item, known)
    known[try item.value("file").text()] = samples
    try compare(AudioRecording(path: path), samples, item, into: &tally)
    tally.require(
      name.speaker == (try item.value("speaker").text()), at: "\(item.path).speaker",
      "the name says \(name.speaker)")
    tally.require(
      (name.session == nil ? "train" : "test") == (try item.value("part").text()),
      at: "\(item.path).part", "the name says otherwise")
    tally.compare(
      Double(name.token), try item.value("token").double(), .exact, at: "\(item.path).token")
    if let session = try item.optional("session") {
      tally.compare(
        Double(name.session ?? 0), try session.double(), .exact, at: session.path)
    }
    switch name.word {
    case .digit(let digit):
      tally.compare(
        Double(digit), try item.value("class_digits").double(), .exact,
        at: "\(item.path).class_digits")
    case .letter(let letter):
      tally.compare(
        Double(letter), try item.value("class_alpha").double(), .exact,
        at: "\(item.path).class_alpha")
    case .other: tally.require(false, at: item.path, "the name is that of a command")
    }
  }

  /// Those that are listed, or those of another file.
  private func samples(_ item: GoldenValue, _ known: [String: [Double]]) throws -> [Double] {
    let value = try item.value("samples")
    guard case .text(let text) = value.json else { return try value.doubles() }
    let other = text.split(separator: " ").last.map(String.init) ?? ""
    guard let samples = known[other] else {
      throw value.invalid("samples, or the name of a file before", found: text)
    }
    return samples
  }

  private func compare(
    _ recording: AudioRecording, _ samples: [Double], _ item: GoldenValue,
    into tally: inout GoldenTally
  ) throws {
    tally.compare(
      Double(recording.rate), try item.value("rate").double(), .exact, at: "\(item.path).rate")
    tally.compare(
      recording.samples.map(Double.init), samples, .exact, at: "\(item.path).samples")
  }

  private func checkWave(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let path = try path(item)
    try compare(
      AudioRecording(path: path), try item.value("samples").doubles(), item, into: &tally)
    let spoken = try FSDD.Spoken(name: path, shown: path)
    tally.compare(
      Double(spoken.digit), try item.value("digit").double(), .exact, at: "\(item.path).digit")
    tally.compare(
      Double(spoken.index), try item.value("index").double(), .exact, at: "\(item.path).index")
    tally.require(
      spoken.speaker == (try item.value("speaker").text()), at: "\(item.path).speaker",
      "the name says \(spoken.speaker)")
  }
}
