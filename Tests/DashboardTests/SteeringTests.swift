import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct SteeringTests {
  @Test func `space pauses, says so in the first line, and goes on again`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character(" ")) == [.send(.pause)])
    #expect(dashboard.frame.rowText(0).contains("❚❚ paused"))
    #expect(dashboard.press(.character(" ")) == [.send(.resume)])
    #expect(!dashboard.frame.rowText(0).contains("paused"))
  }

  @Test func `the runner has the last word on the state`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell([.state(.paused)])
    #expect(dashboard.run.phase == .paused)
    #expect(dashboard.press(.character(" ")) == [.send(.resume)])
  }

  @Test func `step keys, validation, saving and stopping go to the runner`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character(".")) == [.send(.stepBatch)])
    #expect(dashboard.press(.character(",")) == [.send(.stepEpoch)])
    #expect(dashboard.press(.character("v")) == [.send(.validate)])
    #expect(dashboard.press(.character("s")) == [.send(.save)])
    #expect(dashboard.press(.character("S")) == [.send(.stop)])
    #expect(dashboard.frame.rowText(0).contains("stopping"))
  }

  @Test func `brackets turn all resolutions by half a bit, braces the learning rate`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    let half = 2.0.squareRoot()
    #expect(
      dashboard.press(.character("[")) == [.send(.edit(.scale(knob: "w.*", factor: 1 / half)))])
    #expect(
      dashboard.press(.character("]")) == [.send(.edit(.scale(knob: "w.*", factor: half)))])
    #expect(
      dashboard.press(.character("}"))
        == [.send(.edit(.scale(knob: "learningRate", factor: half.squareRoot())))])
    #expect(dashboard.press(.character("u")) == [.send(.edit(.undo))])
    #expect(dashboard.press(.control("r")) == [.send(.edit(.redo))])
  }

  @Test func `an edit is a mark on every curve, a sentence and a line of the log`() {
    var run = ScriptedRun()
    var dashboard = Dashboard.training(width: 120, height: 36, steps: 500)
    #expect(!dashboard.frame.text.contains("┊"))
    dashboard.tell(run.turnResolutions(by: 0.5, at: 500))
    #expect(dashboard.frame.rowText(35).contains("w of h"))
    #expect(dashboard.log.last?.kind == .edit)
    dashboard.tell(run.reports(500..<900))
    let frame = dashboard.frame
    // Loss and accuracy side by side, then rate and bits, then the schedule.
    #expect((3..<14).contains { frame.rowText($0).count { $0 == "┊" } == 2 })
    #expect((16..<28).contains { frame.rowText($0).count { $0 == "┊" } == 2 })
    #expect((30..<34).contains { frame.rowText($0).contains("┊") })
  }

  @Test func `backslash holds the schedules and, once they are held, releases them`() {
    var run = ScriptedRun()
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character("\\")) == [.send(.edit(.hold(knob: "w.*")))])
    run.resolutionH.hold(at: 10)
    run.resolutionM.hold(at: 10)
    dashboard.tell([.knobs(run.knobs)])
    #expect(dashboard.frame.text.contains("held"))
    #expect(dashboard.press(.character("\\")) == [.send(.edit(.release(knob: "w.*")))])
  }

  @Test func `keys without a knob say so and send nothing`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell([.knobs([])])
    for key in ["[", "]", "\\", "{", "}"] {
      #expect(dashboard.press(.character(Character(key))).isEmpty)
      #expect(dashboard.frame.rowText(23).contains("This run has no"))
      _ = dashboard.update(.tick(seconds: dashboard.now + 10))
      #expect(!dashboard.frame.rowText(23).contains("This run has no"))
    }
  }

  @Test func `a refused edit is explained in the status line`() {
    var dashboard = Dashboard.training(width: 100, height: 24)
    let error = EditError.outOfRange(knob: "w.h", value: 0.0005, allowed: 0.001...65536)
    dashboard.tell([.refused(.scale(knob: "w.*", factor: 0.5), error)])
    #expect(dashboard.frame.rowText(23).contains("w of h cannot be 0.000500: 0.00100 to 65.5k"))
    #expect(dashboard.status?.kind == .error)
  }

  @Test func `keys before the first report and after the end explain themselves`() {
    var dashboard = Dashboard(size: Size(width: 80, height: 24))
    #expect(dashboard.press(.character(" "), .character("["), .character("u")).isEmpty)
    #expect(dashboard.frame.rowText(23).contains("still being prepared"))
    dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell(ScriptedRun().ending)
    #expect(dashboard.press(.character(" "), .character("["), .character("u")).isEmpty)
    #expect(dashboard.frame.rowText(23).contains("The run is over"))
    #expect(dashboard.press(.character("s")) == [.send(.save)])
  }

  @Test func `keys of a kind that come at once are one turn, others keep their order`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    let effects = dashboard.update(
      .keys([.character("]"), .character("]"), .character("["), .character(" ")]))
    let down = Edit.scale(knob: "w.*", factor: 1 / 2.0.squareRoot())
    #expect(effects.count == 3)
    guard case .send(.edit(.scale(_, let factor))) = effects[0] else {
      Issue.record("\(effects)")
      return
    }
    #expect(abs(factor - 2) < 1e-12)
    #expect(effects[1...] == [.send(.edit(down)), .send(.pause)])
  }

  @Test func `what the program has to say is a status and a line of the log`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    _ = dashboard.update(.noticed(Notice("night.toml:3: no such colour", .error)))
    #expect(dashboard.status?.kind == .error)
    #expect(dashboard.log.last?.text == "night.toml:3: no such colour")
    #expect(dashboard.press(.character("T")) == [.nextTheme])
    _ = dashboard.update(.themed(name: "night", marks: [SeriesMark("x", .dotted)]))
    #expect(dashboard.theme == "night")
    #expect(dashboard.glyphs.mark(ofSeries: 5) == SeriesMark("x", .dotted))
  }
}
