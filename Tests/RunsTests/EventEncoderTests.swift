import Engine
import Foundation
import Runs
import TestSupport
import Testing

/// Lines compared letter by letter with the contract that other programs read.
@Suite struct EventEncoderTests {
  private let encoder = EventEncoder(version: "0.1.0", run: "r\"1", experiment: #"{"epochs":60}"#)

  private func timed(_ event: StudyEvent, seconds: Double = 12.10004) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: seconds, samplesPerSecond: 3170.04,
        progress: StudyProgress(
          step: 1200, steps: 2700, epoch: 2, epochs: 60, stepsPerEpoch: 45, samples: 38400),
        event: event))
  }

  private func stepped(_ values: [Reading]) -> RunnerReport {
    timed(.stepped(Readings(epoch: 3, step: 1200, samples: 38400, values: values)))
  }

  private func line(_ report: RunnerReport) throws -> String {
    var encoder = encoder
    let line = encoder.line(for: report)
    return try #require(line)
  }

  @Test func `the beginning names version, run, seed, experiment and sizes`() throws {
    let summary = StudySummary(
      name: "digits", model: "LMU", seed: .max, parameters: 102_027, state: 468, sites: [])
    let progress = StudyProgress(
      step: 0, steps: 1, epoch: 0, epochs: 1, stepsPerEpoch: 1, samples: 0)
    let line = try line(
      .began(RunBeginning(summary: summary, progress: progress, gauges: [])))
    #expect(
      line
        == #"{"event":"began","version":"0.1.0","run":"r\"1","seed":18446744073709551615,"#
        + #""experiment":{"epochs":60},"parameters":102027,"state":468,"form":"stepwise"}"#)
  }

  @Test func `a step has the contract's keys in order and further readings after them`() throws {
    let line = try line(
      stepped([
        Reading("bits.h", 1.5), Reading("rate.h", 0.61), Reading("w.h", 2.1),
        Reading("learningRate", 0.003), Reading("loss", 0.41), Reading("w.m", .infinity),
        Reading("rate.m", 2.4), Reading("bits.m", 1e-5), Reading("clip", 1e300),
      ]))
    #expect(
      line
        == #"{"event":"stepped","epoch":3,"step":1200,"samples":38400,"seconds":12.1,"loss":0.41,"#
        + #""learningRate":0.003,"w":{"h":2.1,"m":null},"rate":{"h":0.61,"m":2.4},"#
        + #""samplesPerSecond":3170,"bits":{"h":1.5,"m":1e-05},"clip":1e+300}"#)
  }

  @Test func `a reading whose place is taken goes under its whole id`() throws {
    let line = try line(stepped([Reading("loss", 1), Reading("loss.extra", 2)]))
    #expect(line.contains(#""loss":1,"loss.extra":2,"#))
    let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
    #expect((parsed as? [String: Any])?.count == 8)
  }

  @Test func `numbers read back as they were`() throws {
    for value in [
      0.1, 1.0 / 3, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.25, 3, 1e16, 123456789.125,
    ] {
      let line = try line(stepped([Reading("loss", value)]))
      let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect((parsed?["loss"] as? NSNumber)?.doubleValue == value)
    }
  }

  @Test func `an evaluation nests regimes and sites in the contract's order`() throws {
    let evaluation = Evaluation(
      epoch: 3, step: 1200, split: .validation,
      metrics: [
        Reading("sites.h.zeroFraction", 0.38), Reading("sites.h.bitsRange", 1.585),
        Reading("sites.h.popcount", 0.7), Reading("nonSpiking.loss", 0.27),
        Reading("nonSpiking.accuracy", 0.93), Reading("spiking.loss", 0.33),
        Reading("spiking.spread", 0.006), Reading("spiking.accuracy", 0.91),
        Reading("sites.h.spikeRate", 0.62), Reading("sites.h.bitsEntropy", 1.52),
        Reading("sites.h.significantBits", 0.62),
      ])
    #expect(
      try line(timed(.evaluated(evaluation)))
        == #"{"event":"evaluated","epoch":3,"step":1200,"split":"validation","#
        + #""spiking":{"accuracy":0.91,"spread":0.006,"loss":0.33},"#
        + #""nonSpiking":{"accuracy":0.93,"loss":0.27},"sites":{"h":{"bitsRange":1.585,"#
        + #""bitsEntropy":1.52,"significantBits":0.62,"spikeRate":0.62,"zeroFraction":0.38,"#
        + #""popcount":0.7}}}"#)
  }

  @Test func `an edit is written as it is decoded and says if a rule made it`() throws {
    let edits: [Edit] = [
      .set(knob: "w.m", value: 4), .scale(knob: "w.*", factor: 0.8), .undo,
      .choose(knob: "a/b", option: "x"), .perform(action: "validate"),
      .schedule(knob: "w.h", schedule: Schedule(.geometric(start: 64, end: 1), hold: 0.5)),
    ]
    for edit in edits {
      let change = EditRecord.Change(knob: "w.m", from: nil, to: 4)
      let record = EditRecord(step: 1250, source: .user, edit: edit, changes: [change])
      let line = try line(timed(.edited(record)))
      let start = #"{"event":"edited","step":1250,"edit":"#
      let end = #","changes":[{"knob":"w.m","to":4}]}"#
      #expect(line.hasPrefix(start) && line.hasSuffix(end))
      let json = line.dropFirst(start.count).dropLast(end.count)
      #expect(try JSONDecoder().decode(Edit.self, from: Data(json.utf8)) == edit)
    }
    let rule = EditRecord(step: 7, source: .rule, edit: .redo, changes: [])
    #expect(
      try line(timed(.edited(rule)))
        == #"{"event":"edited","step":7,"edit":{"redo":{}},"changes":[],"source":"rule"}"#)
  }

  @Test func `the end carries the metrics of the final test`() throws {
    let conclusion = Conclusion(
      outcome: .completed, reason: "all epochs\nare done", epochs: 60,
      metrics: [
        Reading("test.spiking.accuracy", 0.968), Reading("test.spiking.spread", 0.003),
        Reading("test.spiking.draws", 5), Reading("test.nonSpiking.accuracy", 0.977),
        Reading("test.operations.events", 98), Reading("test.sites.h.bitsRange", 1.585),
      ])
    #expect(
      try line(timed(.ended(conclusion), seconds: 41))
        == #"{"event":"ended","outcome":"completed","reason":"all epochs\nare done","epochs":60,"#
        + #""seconds":41,"metrics":{"test":{"spiking":{"accuracy":0.968,"spread":0.003,"#
        + #""draws":5},"nonSpiking":{"accuracy":0.977},"sites":{"h":{"bitsRange":1.585}},"#
        + #""operations":{"events":98}}}}"#)
  }

  @Test func `energy comes with what it assumes`() throws {
    let conclusion = Conclusion(
      outcome: .completed, reason: "", epochs: 1,
      metrics: [
        Reading("test.energy.compute45nm.denseFloat", 8.832e-10),
        Reading("test.energy.devices.loihi.total", 2.5e-9),
        Reading("test.energy.withMemory.dense", 1e-9),
        Reading("test.energy.withMemory.picojoules.weightRead", 5),
        Reading("test.energy.withMemory.picojoules.multiply", 3.1),
      ])
    let line = try line(timed(.ended(conclusion), seconds: 1))
    #expect(line.contains(#""energy":{"compute45nm":{"assumptions":"arithmetic alone at 45 nm"#))
    #expect(line.contains(#""denseFloat":8.832e-10},"devices":{"assumptions":"keras-spiking's"#))
    #expect(line.contains(#""loihi":{"total":2.5e-09}},"withMemory":{"assumptions":"#))
    #expect(line.contains("weight read 5 pJ, multiply 3.1 pJ; one sequence at a time"))
    #expect(line.contains(#""dense":1e-09,"picojoules":{"weightRead":5,"multiply":3.1}}}}}}"#))
    let evaluation = Evaluation(
      epoch: 1, step: 1, split: .validation,
      metrics: [Reading("energy.compute45nm.denseInt", 1e-9)])
    let other = try self.line(timed(.evaluated(evaluation)))
    #expect(other.contains(#""energy":{"compute45nm":{"assumptions":"arithmetic alone"#))
    #expect(!other.contains("devices"))
  }

  @Test func `a failed run ends with what was last heard of it`() {
    var encoder = encoder
    _ = encoder.line(for: stepped([]))
    let line = encoder.line(for: .failed(reason: "no memory"))
    #expect(
      line
        == #"{"event":"ended","outcome":"failed","reason":"no memory","epochs":2,"#
        + #""seconds":12.1,"metrics":{}}"#)
  }

  @Test func `every line of a whole run is one JSON object with its event first`() throws {
    var harness = RunnerHarness(.with { $0.ruleAtStep = 3 }, paused: false)
    var encoder = encoder
    let lines = try harness.wait(for: .ended).compactMap { encoder.line(for: $0) }
    #expect(lines.count == 1 + 40 + 4 + 1 + 1)
    for line in lines {
      #expect(line.hasPrefix(#"{"event":""#) && !line.contains("\n"))
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
  }
}
