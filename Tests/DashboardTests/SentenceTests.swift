import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct SentenceTests {
  @Test(arguments: [
    (EditError.unknownKnob("w.u"), ["w.u"]),
    (.wrongKind(knob: "w.h"), ["w of h"]),
    (.outOfRange(knob: "w.h", value: 70000, allowed: 0.5...65536), ["w of h", "70.0k", "0.500"]),
    (.unknownOption(knob: "kind", option: "x", allowed: ["off", "diffused"]), ["off, diffused"]),
    (
      .invalidSchedule(knob: "w.m", reason: .tooFew(field: "points", count: 0, minimum: 1)),
      ["w of m", "points", "needs 1"]
    ),
    (.tooLarge(needed: 3 << 30, available: 5 << 20), ["3072 MiB", "5 MiB"]),
    (.nothingToUndo, ["no edit to undo"]),
    (.nothingToRedo, ["no edit to redo"]),
  ])
  func `a refusal names what was asked, found and allowed`(error: EditError, facts: [String]) {
    var dashboard = Dashboard.training(width: 100, height: 24)
    dashboard.tell([.refused(.undo, error)])
    for fact in facts {
      #expect(dashboard.status?.text.contains(fact) == true, "\(dashboard.status?.text ?? "")")
    }
    #expect(dashboard.log.last?.kind == .error)
  }

  @Test func `an edit of a rule says so, and a held value is named once`() {
    var dashboard = Dashboard.training(width: 100, height: 24)
    let run = ScriptedRun()
    let change = EditRecord.Change(knob: "w.h", from: 2, to: 2)
    let record = EditRecord(step: 9, source: .rule, edit: .hold(knob: "w.*"), changes: [change])
    dashboard.tell([run.event(.edited(record), step: 9)])
    #expect(dashboard.status?.text == "Rule: Held: w of h 2.00")
  }

  @Test func `a run that diverged says so in the first line and as an error`() {
    var dashboard = Dashboard.training(width: 100, height: 24)
    let conclusion = Conclusion(
      outcome: .diverged, reason: "the loss is not finite", epochs: 3, metrics: [])
    dashboard.tell([ScriptedRun().event(.ended(conclusion), step: 120)])
    #expect(dashboard.frame.rowText(0).contains("diverged"))
    #expect(dashboard.status?.text == "Diverged after 3 epochs: the loss is not finite")
    #expect(dashboard.status?.kind == .error)
  }

  @Test func `a run without quantizers shows its non-spiking scores`() {
    var dashboard = Dashboard(size: Size(width: 100, height: 24))
    let run = ScriptedRun()
    let gauges = run.gauges.filter { $0.regime != .spiking && $0.site == nil }
    dashboard.tell([
      .began(RunBeginning(summary: run.summary, progress: run.progress(0), gauges: gauges))
    ])
    dashboard.tell(run.reports(0..<ScriptedRun.stepsPerEpoch))
    let titles = dashboard.frame.rowText(2)
    #expect(titles.contains("val "))
    #expect(titles.contains("w=∞ "))
    #expect(!titles.contains("spiking"))
  }
}
