import Engine
import Foundation
import Runs
import TestSupport
import Testing

@testable import Exports

/// Stored runs for other programs.
@Suite final class ExportTests {
  private let root = NSTemporaryDirectory() + "exports-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// A run of twelve steps that went back from step 8 to step 5 once.
  private func record() throws -> RunPast {
    let encoder = EventEncoder(version: "1", run: "r", experiment: "{}")
    let beginning = RunBeginning(
      summary: StudySummary(
        name: "x", model: "y", seed: 1, parameters: 1, state: 1, sites: []),
      progress: StudyProgress(
        step: 0, steps: 12, epoch: 0, epochs: 3, stepsPerEpoch: 4, samples: 0),
      gauges: [
        Gauge(id: "loss", title: "train", group: .loss),
        Gauge(id: "w.h", title: "h", group: .resolution),
      ])
    func record(_ steps: ClosedRange<Int>, _ origin: RunRecorder.Origin) {
      let recorder = RunRecorder(
        origin == .new
          ? RunFolder(at: root + "/run", experiment: "")
          : RunFolder(existing: root + "/run", experiment: ""),
        encoder: encoder, origin: origin)
      recorder.begin(beginning, at: .zero)
      for step in steps {
        var values = [Reading("loss", 1 / Double(step))]
        if step % 4 == 0 { values.append(Reading("w.h", step == 4 ? .infinity : 2)) }
        recorder.note(
          TimedEvent(
            seconds: Double(step) / 2, samplesPerSecond: 0, progress: beginning.progress,
            event: .stepped(Readings(epoch: 1, step: step, samples: step, values: values))),
          at: .zero)
      }
      let evaluation = Evaluation(
        epoch: 1, step: 4, split: .validation, metrics: [Reading("spiking.accuracy", 0.75)])
      recorder.note(
        TimedEvent(
          seconds: 2.25, samplesPerSecond: 0, progress: beginning.progress,
          event: .evaluated(evaluation)), at: .zero)
    }
    record(1...8, .new)
    record(6...12, .resumed(step: 5, epoch: 1, checkpoint: "c"))
    return try RunPast(run: root + "/run")
  }

  private func rows(_ work: ((String) throws -> Void) throws -> Void) rethrows -> [[String]] {
    var text = ""
    try work { text += $0 }
    return text.components(separatedBy: "\r\n").dropLast().map {
      $0.components(separatedBy: ",")
    }
  }

  @Test func `a table has every value, abandoned ones as branches`() throws {
    let export = CSVExport(try record())
    let table = try rows { try export.writeReadings($0) }
    #expect(table[0] == ["step", "epoch", "seconds", "branch", "loss", "w.h"])
    #expect(table.count == 1 + 12 + 3)
    #expect(table[4] == ["4", "1", "2.0", "0", "0.25", "inf"])
    #expect(table[5] == ["5", "2", "2.5", "0", "0.2", ""])
    #expect(table[13...].map { $0[0] } == ["6", "7", "8"])
    #expect(table[13...].allSatisfy { $0[3] == "1" })
    let results = try rows { try export.writeEvaluations($0) }
    #expect(results[0] == ["step", "epoch", "seconds", "split", "spiking.accuracy"])
    #expect(results[1] == ["4", "1", "2.25", "validation", "0.75"])
  }

  @Test func `smoothed columns are right from their start`() throws {
    let table = try rows { try CSVExport(record(), smoothing: 0.5).writeReadings($0) }
    #expect(table[0].contains("loss.smooth"))
    #expect(table[1][5] == "1.0")
    let second = try #require(Double(table[2][5]))
    #expect(abs(second - (0.5 * 1 + 1 * 0.5) / 1.5) < 1e-12)
  }

  @Test func `fields with commas, quotes and line ends are quoted`() {
    #expect(CSVExport.line(["a,b", "c\"d", "e\nf", "g"]) == "\"a,b\",\"c\"\"d\",\"e\nf\",g\r\n")
  }

  @Test func `the checksum is that of the standard`() {
    #expect(RecordChecksum.crc(Array("123456789".utf8)) == 0xE306_9283)
    #expect(RecordChecksum.crc([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  /// The records of an event file, with their checksums checked.
  private func records(_ path: String) throws -> [[UInt8]] {
    let bytes = try DurableFile.read(path)
    var (records, place): ([[UInt8]], Int) = ([], 0)
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    while place < bytes.count {
      let length = Int(number(place..<place + 8))
      #expect(
        number(place + 8..<place + 12) == UInt64(RecordChecksum.masked(bytes[place..<place + 8])))
      let event = Array(bytes[place + 12..<place + 12 + length])
      place += 12 + length
      #expect(number(place..<place + 4) == UInt64(RecordChecksum.masked(event)))
      place += 4
      records.append(event)
    }
    return records
  }

  @Test func `event files hold a version and every value, and two runs do not share one`() throws {
    let past = try record()
    let writer = try TensorBoardWriter(folder: root + "/tb", seconds: 1000)
    try writer.write(past, began: 1000)
    let events = try records(writer.path)
    // Losses, resolutions, seconds and a result that was told twice.
    #expect(events.count == 1 + 12 + 3 + 12 + 2)
    #expect(String(decoding: events[0], as: UTF8.self).contains("brain.Event:2"))
    let first = events[1]
    #expect(first[0] == 0x09 && Array(first[9..<11]) == [0x10, 1])
    #expect(String(decoding: first, as: UTF8.self).contains("loss"))
    #expect(try TensorBoardWriter(folder: root + "/tb", seconds: 1000).path != writer.path)
  }

  @Test func `weights come without what only a training needs`() {
    let checkpoint = Checkpoint(
      tensors: ["lmu.bias", "optimizer.first.lmu.bias", "meters.h"].map {
        Checkpoint.Tensor(name: $0, shape: [1, 1], values: [1])
      }, metadata: ["step": "3", "state": "{}", "w.h": "1"])
    let weights = WeightsExport.weights(of: checkpoint)
    #expect(weights.tensors.map(\.name) == ["lmu.bias"])
    #expect(weights.metadata == ["step": "3", "w.h": "1"])
    #expect(WeightsExport.weights(of: checkpoint, withOptimizer: true).tensors.count == 2)
  }

  @Test func `curves of earlier epochs are no weights`() throws {
    var configuration = KolmogorovConfiguration()
    (configuration.units, configuration.epochs, configuration.everyEpochs) = (1, 2, 1)
    let study = try KolmogorovStudy(
      name: "product", configuration: configuration,
      table: configuration.load(from: DataLocations(option: nil, environment: [:]), seed: 1),
      seed: 1)
    let weights = WeightsExport.weights(of: study.snapshot()).tensors.map(\.name)
    var isEnded = false
    while !isEnded {
      for event in try study.advance(within: .zero) { if case .ended = event { isEnded = true } }
    }
    let checkpoint = study.snapshot()
    for prefix in ["past.", "kept."] {
      #expect(checkpoint.tensors.contains { $0.name.hasPrefix(prefix) })
    }
    #expect(!weights.isEmpty)
    #expect(WeightsExport.weights(of: checkpoint).tensors.map(\.name) == weights)
  }
}
