import Engine
import Foundation
import TestSupport
import Testing

@testable import Runs

/// What is kept of a run while it goes on.
@Suite final class RunRecorderTests {
  private let root = NSTemporaryDirectory() + "recorder-" + UUID().uuidString
  private let encoder = EventEncoder(version: "1", run: "r", experiment: "{}")
  private let checkpoint = Checkpoint(
    tensors: [.init(name: "w", shape: [2], values: [1, 2])], metadata: ["step": "3"])

  init() throws {
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit {
    chmod(root, 0o755)
    try? FileManager.default.removeItem(atPath: root)
  }

  private let beginning = RunBeginning(
    summary: StudySummary(
      name: "digits", model: "LMU", seed: 1, parameters: 2, state: 3,
      sites: [StudySummary.Site(id: "h", title: "hidden", units: 4, fanOut: 9)]),
    progress: StudyProgress(
      step: 0, steps: 100, epoch: 0, epochs: 10, stepsPerEpoch: 10, samples: 0),
    gauges: [Gauge(id: "loss", title: "train", group: .loss, limits: 0...1)])

  private func timed(_ event: StudyEvent, step: Int) -> TimedEvent {
    var progress = beginning.progress
    progress.step = step
    return TimedEvent(
      seconds: Double(step) / 10, samplesPerSecond: 0, progress: progress, event: event)
  }

  private func stepped(_ step: Int) -> TimedEvent {
    timed(
      .stepped(
        Readings(epoch: 1, step: step, samples: step, values: [Reading("loss", Double(step))])),
      step: step)
  }

  private func validated(_ accuracy: Double, step: Int) -> Evaluation {
    Evaluation(
      epoch: step / 10, step: step, split: .validation,
      metrics: [
        Reading("spiking.accuracy", accuracy), Reading("nonSpiking.accuracy", 0.5),
        Reading("sites.h.bitsRange", .nan),
      ])
  }

  /// Thirty steps and two validations of a run that is then left.
  private func record(at path: String) {
    let recorder = RunRecorder(RunFolder(at: path, experiment: ""), encoder: encoder)
    recorder.begin(beginning, at: .zero)
    for step in 1...30 { recorder.note(stepped(step), at: .zero) }
    for (step, accuracy) in [(10, 0.6), (20, 0.7)] {
      recorder.note(timed(.evaluated(validated(accuracy, step: step)), step: step), at: .zero)
    }
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func `a run is read as it was told`() throws {
    let folder = RunFolder(at: root + "/a", experiment: "")
    let recorder = RunRecorder(folder, encoder: encoder)
    recorder.begin(beginning, at: .zero)
    for step in 1...20 { recorder.note(stepped(step), at: .zero) }
    let edit = EditRecord(
      step: 20, source: .user, edit: .scale(knob: "w.*", factor: 0.5),
      changes: [.init(knob: "w.h", from: nil, to: 4)])
    recorder.note(timed(.edited(edit), step: 20), at: .zero)
    recorder.note(timed(.evaluated(validated(0.7, step: 20)), step: 20), at: .zero)
    let path = try folder.save(checkpoint, step: 20)
    recorder.noteSaved(path, reason: .best, step: 20, at: .zero)
    let end = Conclusion(
      outcome: .stopped, reason: "enough", epochs: 2,
      metrics: [Reading("validation.spiking.accuracy", 0.7)])
    recorder.note(timed(.ended(end), step: 20), at: .zero)

    let past = try RunPast(run: root + "/a")
    #expect(past.beginning == beginning)
    #expect(past.columns["loss"]?.points.map(\.step) == Array(1...20))
    #expect(past.seconds(at: 7) == 0.7)
    #expect(past.damaged == 0)
    let happenings = past.entries.map(\.happening)
    try #require(happenings.count == 4)
    #expect(happenings[0] == .edited(edit))
    guard case .evaluated(let evaluation) = happenings[1] else {
      Issue.record("no evaluation")
      return
    }
    #expect(evaluation["spiking.accuracy"] == 0.7)
    #expect(evaluation["sites.h.bitsRange"]?.isNaN == true)
    #expect(happenings[2] == .saved(step: 20, reason: .best))
    #expect(happenings[3] == .ended(end))
    #expect(!past.isCompleted && past.saved.first?.step == 20)
  }

  @Test func `a test of stability is read row by row as it was told`() throws {
    let folder = RunFolder(at: root + "/s", experiment: "")
    let recorder = RunRecorder(folder, encoder: encoder)
    recorder.begin(beginning, at: .zero)
    for step in 1...20 { recorder.note(stepped(step), at: .zero) }
    var report = StabilityReport(plan: StabilityPlan(epochs: 2), step: 12, samples: 64)
    var told = [report]
    for (epoch, loss) in [0.5, 0.75].enumerated() {
      report.test.append(StabilityTest.Row(epoch: epoch, loss: loss, accuracy: 0.5))
      told.append(report)
    }
    report.isCancelled = true
    for (index, report) in (told + [report]).enumerated() {
      recorder.note(timed(.stability(report), step: 12 + 4 * index), at: .zero)
    }
    let past = try RunPast(run: root + "/s")
    #expect(past.entries.map(\.happening) == (told + [report]).map { .stability($0) })
    #expect(past.entries.map(\.step) == [12, 16, 20, 24])
    #expect(past.stability == report && past.beginning?.summary.surrogates == [])
    let replay = try #require(Replay(past))
    let rows = replay.reports(after: 0, upTo: 20).filter {
      if case .event(let timed) = $0, case .stability = timed.event { true } else { false }
    }
    #expect(rows.count == 3)
  }

  @Test func `what came after the checkpoint that a run goes on from is abandoned`() throws {
    let path = root + "/b"
    record(at: path)
    let origin = RunRecorder.Origin.resumed(step: 15, epoch: 1, checkpoint: "c")
    let past = try RunPast(run: path, goingOnAt: 15)
    #expect(past.entries.map(\.isAbandoned) == [false, true])
    #expect(past.columns["loss"]?.abandoned.first?.points.count == 15)
    let second = RunRecorder(
      RunFolder(existing: path, experiment: ""), encoder: encoder, origin: origin, past: past)
    second.begin(beginning, at: .zero)
    second.note(stepped(16), at: .zero)
    second.note(timed(.evaluated(validated(0.8, step: 20)), step: 20), at: .zero)
    let all = try RunPast(run: path)
    #expect(all.columns["loss"]?.points.map(\.step) == Array(1...16))
    try #require(all.entries.map(\.isAbandoned) == [false, true, false, false])
    #expect(all.entries[2].happening == .resumed(step: 15))
  }

  @Test func `what happened after the checkpoint of its own step happens again`() throws {
    let folder = RunFolder(at: root + "/e", experiment: "")
    let recorder = RunRecorder(folder, encoder: encoder)
    recorder.begin(beginning, at: .zero)
    for step in 1...20 { recorder.note(stepped(step), at: .zero) }
    let edit = EditRecord(step: 20, source: .user, edit: .undo, changes: [])
    recorder.note(timed(.edited(edit), step: 20), at: .zero)
    recorder.noteSaved(
      try folder.save(checkpoint, step: 20), reason: .interval, step: 20, at: .zero)
    recorder.note(timed(.evaluated(validated(0.7, step: 20)), step: 20), at: .zero)
    let past = try RunPast(run: root + "/e", goingOnAt: 20)
    #expect(past.entries.map(\.isAbandoned) == [false, false, true])
  }

  @Test func `checkpoints that were never noted are deleted in their turn`() throws {
    let path = root + "/u"
    record(at: path)
    let left = RunFolder(existing: path, experiment: "")
    for step in [12, 13, 14] { _ = try left.save(checkpoint, step: step) }
    let past = try RunPast(run: path, goingOnAt: 14)
    let recorder = RunRecorder(
      left, encoder: encoder, origin: .resumed(step: 14, epoch: 1, checkpoint: "c"), past: past,
      rules: SavingRules(newest: 1))
    recorder.begin(beginning, at: .zero)
    let new = try left.save(checkpoint, step: 15)
    recorder.noteSaved(new, reason: .interval, step: 15, at: .zero)
    // The first of its tenth and the newest.
    #expect(try StoredRun(folder: path).checkpoints.map(\.step) == [12, 15])
  }

  @Test func `a fork begins with the curves and results of its parent`() throws {
    record(at: root + "/p")
    let child = RunRecorder(
      RunFolder(at: root + "/c", experiment: ""), encoder: encoder,
      origin: .forked(parent: "p", step: 15), past: try RunPast(run: root + "/p", goingOnAt: 15))
    child.begin(beginning, at: .zero)
    child.note(stepped(16), at: .seconds(2))
    let past = try RunPast(run: root + "/c")
    #expect(past.columns["loss"]?.points.map(\.step) == Array(1...16))
    #expect(past.columns["loss"]?.abandoned.isEmpty == true)
    #expect(past.entries.count == 1 && past.entries[0].step == 10)
    let text = try String(contentsOfFile: root + "/c/events.jsonl", encoding: .utf8)
    #expect(text.contains(#""parent":{"run":"p","step":15}"#))
  }

  @Test func `a folder that vanishes is made again, and what comes then is kept`() throws {
    let folder = RunFolder(at: root + "/v", experiment: "x")
    let recorder = RunRecorder(folder, encoder: encoder)
    recorder.begin(beginning, at: .zero)
    recorder.note(stepped(1), at: .seconds(2))
    try FileManager.default.removeItem(atPath: root + "/v")
    recorder.note(stepped(2), at: .seconds(4))
    recorder.note(timed(.evaluated(validated(0.6, step: 2)), step: 2), at: .seconds(6))
    let past = try RunPast(run: root + "/v")
    #expect(past.beginning == beginning)
    #expect(past.entries.count == 1)
    #expect(past.columns["loss"]?.points.map(\.step) == [2])
    #expect(try names(in: root + "/v").contains("experiment.toml"))
  }

  @Test func `a disk that fails is told once, and nothing is lost when it works again`() throws {
    // A file in the place of the folder's parent: nothing can be made below it.
    let parent = root + "/full"
    try "".write(toFile: parent, atomically: true, encoding: .utf8)
    let recorder = RunRecorder(RunFolder(at: parent + "/r", experiment: ""), encoder: encoder)
    recorder.begin(beginning, at: .zero)
    guard case .failed(.failed(.createDirectory, _, _))? = recorder.takeNotice() else {
      Issue.record("no notice of the failure")
      return
    }
    for step in 1...9 { recorder.note(stepped(step), at: .seconds(step)) }
    #expect(recorder.takeNotice() == nil)
    try FileManager.default.removeItem(atPath: parent)
    recorder.note(stepped(10), at: .seconds(20))
    #expect(recorder.takeNotice() == .recovered(lost: 0))
    let past = try RunPast(run: parent + "/r")
    #expect(past.beginning == beginning)
    #expect(past.columns["loss"]?.points.map(\.step) == Array(1...10))
  }

  @Test func `best checkpoints are those of validations, spiking ones once w has come to its end`()
  {
    let recorder = RunRecorder(RunFolder(at: root + "/s", experiment: ""), encoder: encoder)
    func reason(_ accuracy: Double, isAnnealed: Bool) -> SaveReason? {
      recorder.reasonToSave(after: validated(accuracy, step: 10), isAnnealed: isAnnealed)
    }
    #expect(reason(0.9, isAnnealed: false) == .best)
    #expect(reason(0.9, isAnnealed: false) == nil)
    #expect(reason(0.7, isAnnealed: true) == .bestSpiking)
    #expect(reason(0.6, isAnnealed: true) == nil)
    #expect(reason(0.95, isAnnealed: true) == .bestSpiking)
  }

  @Test func `one process trains a run at a time`() throws {
    let first = RunFolder(at: root + "/l", experiment: "")
    let path = try first.prepare()
    #expect(RunLock.isHeld(in: path))
    #expect(throws: FileError.busy(path: path)) {
      try RunFolder(existing: path, experiment: "").prepare()
    }
  }

  @Test func `damaged events are skipped and counted, never a trap`() throws {
    let folder = RunFolder(at: root + "/d", experiment: "")
    let recorder = RunRecorder(folder, encoder: encoder)
    recorder.begin(beginning, at: .zero)
    recorder.note(timed(.evaluated(validated(0.6, step: 10)), step: 10), at: .zero)
    let edit = EditRecord(step: 3, source: .rule, edit: .undo, changes: [])
    recorder.note(timed(.edited(edit), step: 20), at: .zero)
    let whole = try DurableFile.read(root + "/d/events.jsonl")
    #expect(StoredEvents(whole).events.count == 3)
    var generator = SeededGenerator(12)
    for _ in 0..<Trials.count(100_000) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(place..<min(place + 9, bytes.count))
        default: bytes.insert(contentsOf: bytes[..<min(place, 9)], at: place)
        }
      }
      let stored = StoredEvents(bytes)
      for event in stored.events {
        _ = (event.beginning, event.evaluation, event.edit, event.conclusion)
      }
      #expect(stored.events.count <= 12)
    }
  }
}
