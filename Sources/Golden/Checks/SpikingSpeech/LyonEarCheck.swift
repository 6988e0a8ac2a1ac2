import Engine
import Foundation

/// `lyon_ear`: filters, gain control and outputs of the ear model, the last also of a spoken digit
/// where the recordings are.
struct LyonEarCheck: GoldenCheck {
  var name: String { "lyon_ear" }

  private static let tolerance = GoldenTolerance.relative(1e-8)

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    for (key, design) in try file.value("designs").members() {
      tally.countCase()
      try compare(design, try Self.rate(key, design), into: &tally)
    }
    try checkSingleGain(file.value("agc_one_channel"), into: &tally)
    try checkGain(file.value("agc_three_channels"), into: &tally)
    try checkTones(file.value("two_tones"), into: &tally)
    try checkRecording(file.value("recording"), into: &tally)
  }

  // MARK: Filters

  private static func rate(_ text: String, _ value: GoldenValue) throws -> Int {
    guard let rate = Int(text), LyonFilters.allowedRates.contains(rate) else {
      throw value.invalid("a sample rate as the key", found: text)
    }
    return rate
  }

  private func compare(
    _ design: GoldenValue, _ rate: Int, into tally: inout GoldenTally
  ) throws {
    let filters = LyonFilters(sampleRate: rate)
    let rows = filters.sections.map(\.coefficients)
    let ear = LyonEar(sampleRate: rate, decimation: 1)
    for (key, found) in [("rows", rows.count), ("channels_kept", ear.channels)] {
      tally.compare(
        Double(found), try design.value(key).double(), .exact, at: "\(design.path).\(key)")
    }
    for key in ["first_rows", "last_rows"] {
      let expected = try design.value(key).rows()
      let part = key == "first_rows" ? rows.prefix(expected.count) : rows.suffix(expected.count)
      tally.compare(
        part.flatMap { $0 }, expected.flatMap { $0 }, Self.tolerance, at: "\(design.path).\(key)")
    }
    for key in ["centre_first", "centre_last"] {
      let expected = try design.value(key).doubles()
      let centres = filters.centres
      let part =
        key == "centre_first" ? centres.prefix(expected.count) : centres.suffix(expected.count)
      tally.compare(Array(part), expected, Self.tolerance, at: "\(design.path).\(key)")
    }
    tally.compare(
      rows.flatMap { $0 }.reduce(0) { $0 + abs($1) },
      try design.value("sum_abs_coefficients").double(), Self.tolerance,
      at: "\(design.path).sum_abs_coefficients")
  }

  // MARK: Gain

  private func checkSingleGain(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let expected = try item.value("outputs").doubles()
    let steps = try Self.steps(
      item, [try item.value("input").double()], count: expected.count)
    tally.compare(
      steps.map { $0.outputs[0] }, expected, Self.tolerance, at: "\(item.path).outputs")
  }

  private func checkGain(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let input = try item.value("input").doubles()
    guard !input.isEmpty else { throw item.invalid("inputs", found: "none") }
    let expected = try item.value("output_then_state").rows()
    let steps = try Self.steps(item, input, count: expected.count)
    tally.compare(
      steps.flatMap { $0.outputs + $0.state }, expected.flatMap { $0 }, Self.tolerance,
      at: "\(item.path).output_then_state")
  }

  /// Outputs and states of a stage of gain control that has the same input at each sample.
  private static func steps(
    _ item: GoldenValue, _ input: [Double], count: Int
  ) throws -> [(outputs: [Double], state: [Double])] {
    var gain = EarGain(
      epsilon: try item.value("epsilon").double(), target: try item.value("target").double(),
      channels: input.count)
    return (0..<count).map { _ in
      var outputs = input
      outputs.withUnsafeMutableBufferPointer { gain.apply($0) }
      return (outputs, gain.state)
    }
  }

  // MARK: The whole ear

  private func checkTones(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let rate = try Self.number(item, "sample_rate", in: LyonFilters.allowedRates)
    let count = try Self.number(item, "samples", in: 1...100_000)
    let samples = (0..<count).map { sample in
      let angle = 2 * Double.pi * Double(sample) / Double(rate)
      return sample < 1024 ? 0.3 * sin(500 * angle) + 0.2 * sin(1800 * angle) : 0
    }
    try compare(samples, rate, item, into: &tally)
  }

  private func checkRecording(_ item: GoldenValue, into tally: inout GoldenTally) throws {
    let name = try item.value("file").text().prefix { $0 != " " }
    guard let recording = SpokenDigit.recording(String(name)) else {
      tally.note("SKIPPED: no \(name) in ../shared/data/fsdd")
      return
    }
    tally.compare(
      Double(recording.rate), try item.value("sample_rate").double(), .exact,
      at: "\(item.path).sample_rate")
    try compare(recording.scaled, recording.rate, item, into: &tally)
  }

  private func compare(
    _ samples: [Double], _ rate: Int, _ item: GoldenValue, into tally: inout GoldenTally
  ) throws {
    tally.countCase()
    let decimation = try Self.number(item, "decimation", in: 1...10_000)
    let ear = LyonEar(sampleRate: rate, decimation: decimation)
    let expected = try item.value("cochleagram").rows()
    tally.compare(
      ear.cochleagram(of: samples).values, expected.flatMap { $0 }, Self.tolerance,
      at: "\(item.path).cochleagram")
  }

  private static func number(
    _ item: GoldenValue, _ key: String, in range: ClosedRange<Int>
  ) throws -> Int {
    let value = try item.value(key)
    let number = try value.integer()
    guard range.contains(number) else {
      throw value.invalid("\(range.lowerBound) to \(range.upperBound)", found: "\(number)")
    }
    return number
  }
}

/// The recordings of the spoken digits, where a developer has them.
enum SpokenDigit {
  private static let set = try? FSDD.recordings(in: GoldenCompanion.data + "/" + FSDD.id)

  static func recording(_ name: String) -> AudioRecording? {
    guard let set, let index = set.items.firstIndex(where: { $0.name.hasSuffix(name) }) else {
      return nil
    }
    return try? set.recording(index)
  }
}
