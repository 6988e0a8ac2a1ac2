import Engine
import TestSupport
import Testing

/// The scripted study must keep the contract that the runner is tested against.
@Suite struct ScriptedStudyTests {
  private func run(_ script: Script) throws -> [StudyEvent] {
    var study = ScriptedStudy(script)
    var events: [StudyEvent] = []
    while true {
      let more = try study.advance(within: .milliseconds(30))
      if more.isEmpty { return events }
      events += more
    }
  }

  @Test func `a whole script steps, validates after each epoch and ends once`() throws {
    let events = try run(Script())
    let steps = events.filter { if case .stepped = $0 { true } else { false } }
    let evaluations = events.filter { if case .evaluated = $0 { true } else { false } }
    let ends = events.filter { if case .ended = $0 { true } else { false } }
    #expect((steps.count, evaluations.count, ends.count) == (40, 4, 1))
    guard case .ended(let conclusion) = events.last else {
      Issue.record("the last event is not the end")
      return
    }
    #expect(conclusion.outcome == .completed)
    #expect(conclusion.metrics.contains { $0.gauge == "test.spiking.accuracy" })
  }

  @Test func `one script gives the same events twice`() throws {
    #expect(try run(Script()) == run(Script()))
  }

  @Test func `an edit of all resolutions is undone and redone as one`() throws {
    var study = ScriptedStudy()
    let record = try study.apply(.scale(knob: "w.*", factor: 0.5))
    #expect(record.changes.map(\.knob) == ["w.h", "w.m"])
    #expect(record.changes.allSatisfy { $0.from == 64 && $0.to == 32 })
    let undone = try study.apply(.undo)
    #expect(undone.changes.allSatisfy { $0.to == 64 })
    let redone = try study.apply(.redo)
    #expect(redone.changes == record.changes)
    #expect(throws: EditError.nothingToRedo) { try study.apply(.redo) }
    #expect(throws: EditError.unknownKnob("q")) { try study.apply(.hold(knob: "q")) }
  }
}
