import Foundation
import Testing

@testable import RunStore

@Suite struct SummaryTests {
  private func read(_ lines: [String], ending: String = "\n") -> RunSummary {
    RunSummary.read(
      events: Array((lines.joined(separator: "\n") + ending).utf8), folder: "/runs/a")
  }

  @Test func `a run is summed up from its events`() {
    let summary = read([
      EventLine.began(at: 0, parent: "older"), EventLine.evaluated(0.8, step: 10, at: 10),
      EventLine.evaluated(0.9, step: 20, bits: 1.25, at: 20), EventLine.edited(step: 25, at: 22),
      EventLine.evaluated(0.85, step: 30, bits: 1, at: 30),
      EventLine.saved(step: 30, "best", at: 31), EventLine.ended(test: 0.87, at: 40),
    ])
    #expect(summary.name == "a" && summary.experiment == "digits" && summary.model == "LMU 128/64")
    #expect(summary.seed == 7 && summary.parameters == 26315)
    #expect(summary.created == "2026-11-27T18:00:00.500Z")
    #expect(summary.ended == "2026-11-27T18:00:40.500Z")
    #expect(summary.outcome == "completed" && summary.reason == "done" && summary.seconds == 41)
    #expect(summary.step == 100 && summary.steps == 100)
    #expect(summary.epoch == 10 && summary.epochs == 10)
    #expect(summary.parent == "older" && summary.parentStep == 20)
    let accuracy = summary.metric("validation.spiking.accuracy")
    #expect(accuracy?.last == 0.85 && accuracy?.best == 0.9)
    #expect(summary.metric("validation.spiking.loss")?.best == 1 - 0.9)
    // Bits have no better or worse: those at the best accuracy.
    #expect(summary.metric("validation.sites.h.bitsRange")?.best == 1.25)
    #expect(summary.metric("validation.sites.h.bitsRange")?.last == 1)
    #expect(summary.metric("validation.epoch") == nil)
    #expect(
      summary.scores == .init(best: 0.9, last: 0.85, test: 0.87, infinity: nil, bits: nil))
    #expect(summary.edits.count == 1 && summary.edits.last.first?.json == #"{"undo":{}}"#)
    #expect(summary.savedReasons == [30: "best"])
    #expect(summary.damagedLines == 0)
    #expect(summary.trace.values == [0.8, 0.9, 0.85])
  }

  @Test func `the course of a long run is kept in few values, from its start to near its end`() {
    var trace = AccuracyTrace()
    for index in 0..<1000 { trace.append(Double(index) / 1000) }
    #expect((17...32).contains(trace.values.count))
    #expect(trace.values[0] == 0 && trace.values.last ?? 0 > 0.9)
    let distances = zip(trace.values.dropFirst(), trace.values).map { $0 - $1 }
    #expect(distances.allSatisfy { abs($0 - distances[0]) < 1e-9 })
    let kept = AccuracyTrace(trace.text).values
    #expect(kept == trace.values)
    #expect(AccuracyTrace("nan x 5000").values == [1])
  }

  @Test func `settings have types and dotted keys`() {
    let summary = read([EventLine.began(batch: 100)])
    #expect(summary.setting("training.batch") == .integer(100))
    #expect(summary.setting("model.kind") == .text("lmu"))
    #expect(summary.setting("model.gated") == .text("true"))
    #expect(summary.setting("schedule.points") == .text("[0, 0.5]"))
  }

  @Test func `what was given up at a resume does not count`() {
    let summary = read([
      EventLine.began(at: 0), EventLine.evaluated(0.8, step: 10, at: 10),
      EventLine.evaluated(0.99, step: 20, at: 20), EventLine.edited(step: 22, at: 21),
      EventLine.resumed(step: 12, at: 100), EventLine.evaluated(0.7, step: 20, at: 110),
    ])
    let accuracy = summary.metric("validation.spiking.accuracy")
    #expect(accuracy?.last == 0.7 && accuracy?.best == 0.8)
    #expect(summary.edits.last.map(\.isAbandoned) == [true])
    #expect(summary.resumes == [12] && summary.step == 20 && summary.outcome == nil)
    // 21 seconds before the interruption and 10 after it.
    #expect(summary.seconds == 31)
  }

  @Test func `a run that ended and goes on has not ended`() {
    let lines = [
      EventLine.began(at: 0), EventLine.evaluated(0.8, step: 40, at: 5),
      EventLine.ended("stopped", test: 0.9, seconds: 6, at: 6),
      EventLine.resumed(step: 30, at: 100), EventLine.edited(step: 35, at: 104),
    ]
    let summary = read(lines)
    #expect(summary.outcome == nil && summary.ended == nil && summary.seconds == 10)
    #expect(summary.metric("test.spiking.accuracy") == nil)
    let later = read(lines + [EventLine.ended("diverged", seconds: 12, at: 105)])
    #expect(later.outcome == "diverged" && later.seconds == 12)
  }

  @Test func `damaged lines are skipped and counted, and a cut last line is none of them`() {
    let good = EventLine.evaluated(0.8, step: 10, at: 10)
    let summary = read(
      [
        EventLine.began(), "no event", String(good.dropLast(30)), good, "", "\u{0}\u{0}",
        #"{"event":"evaluated","step":1e99,"epoch":-4,"split":3}"#, #"{"event":"later"}"#,
        #"{"event":"ended","outcome":7}"#, String(good.prefix(40)),
      ], ending: "")
    #expect(summary.damagedLines == 3)
    #expect(summary.metric("validation.spiking.accuracy")?.last == 0.8)
    #expect(summary.step == 10)
  }

  @Test func `a line that is too long is left out without being held`() throws {
    let store = StoreFolder()
    let long = #"{"event":"edited","edit":""# + String(repeating: "x", count: 17 << 20) + "\"}"
    let folder = try store.write(
      "a", events: [EventLine.began(), long, EventLine.evaluated(0.8, step: 10, at: 10)])
    let summary = RunSummary.read(folder: folder)
    #expect(summary.damagedLines == 1)
    #expect(summary.metric("validation.spiking.accuracy")?.last == 0.8)
  }

  @Test func `a run without events is known by its experiment`() throws {
    let store = StoreFolder()
    let folder = try store.write(
      "a", experiment: "name = \"mine\"\n[training]\nseed = 3\nbatch = 4\n",
      about: #"{"note":"n","tags":["keep","a b","keep",3],"colour":1}"#)
    let summary = RunSummary.read(folder: folder)
    #expect(!summary.hasEvents && summary.seconds == nil)
    #expect(summary.experiment == "mine" && summary.seed == 3)
    #expect(summary.setting("training.batch") == .integer(4))
    #expect(summary.created?.hasPrefix("20") == true)
    #expect(summary.note == "n" && summary.tags == ["keep"])
    #expect(!summary.isAboutDamaged)
    try store.write("{", to: folder + "/about.json")
    #expect(RunSummary.read(folder: folder).isAboutDamaged)
    #expect(RunSummary.read(folder: "/no/such/folder").metrics.isEmpty)
  }
}
