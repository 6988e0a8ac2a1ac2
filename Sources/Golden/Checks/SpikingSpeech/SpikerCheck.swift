import Engine
import Foundation

/// `bsa`: the spikes of single channels, and of the cochleagram that `lyon_ear` has of a recording.
struct SpikerCheck: GoldenCheck {
  var name: String { "bsa" }

  /// T of the file, as its text says.
  private static let steps = 700

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.compare(
      BSAEncoder.kernel, try file.value("kernel").doubles(), .double, at: "kernel")
    tally.compare(
      BSAEncoder.kernel.reduce(0, +), try file.value("kernel_sum").double(), .double,
      at: "kernel_sum")
    let holding = try file.value("upsample")
    let encoder = BSAEncoder(
      holding: try holding.integer(), scale: try file.value("scale").double(),
      threshold: try file.value("threshold").double())
    guard 1...1000 ~= encoder.holding else {
      throw holding.invalid("1 to 1000", found: "\(encoder.holding)")
    }
    for item in try file.value("cases").elements() {
      tally.countCase()
      let found = encoder.spikes(try item.value("frames").doubles(), steps: Self.steps)
      tally.compare(
        found.map(Double.init), try item.value("spikes").doubles(), .exact,
        at: "\(item.path).spikes")
    }
    try checkRecording(file.value("recording"), encoder, into: &tally)
  }

  private func checkRecording(
    _ item: GoldenValue, _ encoder: BSAEncoder, into tally: inout GoldenTally
  ) throws {
    tally.countCase()
    let ear = try GoldenValue(
      contentsOf: GoldenCompanion.url("lyon_ear.json", beside: item, folder: "st-rsbp"))
    let rows = try ear.value("recording").value("cochleagram").rows()
    let spikes = rows.map { encoder.spikes($0, steps: Self.steps) }
    let expected = try item.value("spikes").rows()
    let facts: [(String, Int)] = [
      ("channels", rows.count), ("steps", (rows.first?.count ?? 0) * encoder.holding),
      ("total_spikes", spikes.reduce(0) { $0 + $1.count }),
    ]
    for (key, found) in facts {
      tally.compare(
        Double(found), try item.value(key).double(), .exact, at: "\(item.path).\(key)")
    }
    tally.require(
      spikes.map(\.count) == expected.map(\.count), at: "\(item.path).spikes",
      "other numbers of spikes are listed")
    tally.compare(
      spikes.flatMap { $0.map(Double.init) }, expected.flatMap { $0 }, .exact,
      at: "\(item.path).spikes")
    let name = try item.value("file").text()
    guard let recording = SpokenDigit.recording(name) else {
      tally.note("SKIPPED: no \(name) in ../shared/data/fsdd")
      return
    }
    let own = SpeechEncoding(decimation: 128, spiker: encoder, steps: Self.steps)
      .trains(recording)
    tally.compare(
      (0..<own.channels).flatMap { own.times(of: $0).map { Double($0) } },
      expected.flatMap { $0 }, .exact, at: "\(item.path).spikes, own cochleagram")
  }
}
