import Engine
import Foundation
import TestSupport
import Testing

@testable import Runs

/// The record of a run tells it again.
@Suite final class ReplayTests {
  private let run = NSTemporaryDirectory() + "replay-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: run) }

  /// Records a scripted study to its end and returns what it reported.
  private func record() throws -> [StudyEvent] {
    let recorder = RunRecorder(
      RunFolder(at: run, experiment: ""),
      encoder: EventEncoder(version: "1", run: "r", experiment: "{}"))
    var study = ScriptedStudy()
    recorder.begin(
      RunBeginning(summary: study.summary, progress: study.progress, gauges: study.gauges),
      at: .zero)
    var told: [StudyEvent] = []
    while true {
      let events = try study.advance(within: .zero)
      guard !events.isEmpty else { return told }
      for event in events {
        recorder.note(
          TimedEvent(
            seconds: Double(study.progress.step) / 4, samplesPerSecond: 0,
            progress: study.progress, event: event), at: .zero)
        if case .evaluating = event { continue }
        told.append(event)
      }
    }
  }

  private func replay() throws -> Replay { try #require(Replay(try RunPast(run: run))) }

  private func steps(_ events: [StudyEvent]) -> [Int: [String: Double]] {
    var steps: [Int: [String: Double]] = [:]
    for case .stepped(let readings) in events {
      for reading in readings.values {
        steps[readings.step, default: [:]][reading.gauge] = reading.last
      }
    }
    return steps
  }

  private func events(_ reports: [RunnerReport]) -> [StudyEvent] {
    reports.compactMap { if case .event(let timed) = $0 { timed.event } else { nil } }
  }

  @Test func `all that happened is told in its order, in one piece or in many`() throws {
    let told = try record()
    let replay = try replay()
    let whole = events(replay.reports(after: 0, upTo: replay.lastStep))
    #expect(steps(whole) == steps(told))
    #expect(whole.count == told.count)
    guard case .ended(let found)? = whole.last, case .ended(let expected)? = told.last else {
      Issue.record("no end")
      return
    }
    let sorted = { (end: Conclusion) in end.metrics.sorted { $0.gauge < $1.gauge } }
    #expect(found.outcome == expected.outcome && sorted(found) == sorted(expected))
    var pieces: [StudyEvent] = []
    for step in stride(from: 0, to: replay.lastStep, by: 7) {
      pieces += events(replay.reports(after: step, upTo: min(step + 7, replay.lastStep)))
    }
    #expect(pieces == whole)
  }

  @Test func `any moment can be gone to`() throws {
    _ = try record()
    let replay = try replay()
    #expect(replay.step(at: 0) == 0 && replay.step(at: 2.6) == 10)
    #expect(replay.step(at: 1e9) == replay.lastStep)
    guard case .recalled(let past)? = replay.reports(upTo: 10).dropFirst().first else {
      Issue.record("nothing is recalled")
      return
    }
    #expect(past.columns["loss"]?.points.last?.step == 10)
    #expect(past.entries.allSatisfy { $0.step <= 10 })
  }
}
