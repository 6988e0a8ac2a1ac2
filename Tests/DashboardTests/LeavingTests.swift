import Dashboard
import Engine
import Runs
import Terminal
import Testing

@Suite struct LeavingTests {
  @Test func `q asks while training and leaves at once when the run is over`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character("q")).isEmpty)
    #expect(dashboard.frame.text.contains("stop after this batch, save and quit"))
    dashboard.press(.escape)
    #expect(!dashboard.frame.text.contains("save and quit"))
    dashboard.tell(ScriptedRun().ending)
    #expect(dashboard.press(.character("q")) == [.quit])
  }

  @Test func `a result that is to be saved is saved at the end, and awaited`() {
    var dashboard = Dashboard(size: Size(width: 80, height: 24), savesAtEnd: true)
    let run = ScriptedRun()
    dashboard.tell(run.beginning + run.reports(0..<ScriptedRun.steps))
    #expect(dashboard.tell(run.ending).contains(.send(.save)))
    #expect(dashboard.press(.character("q")) == [.send(.save)])
    #expect(dashboard.tell([.saved(path: "/runs/a/checkpoints/last.safetensors")]) == [.quit])
    #expect(dashboard.farewell.last == "Saved /runs/a/checkpoints/last.safetensors")
    var failing = Dashboard(size: Size(width: 80, height: 24), savesAtEnd: true)
    failing.tell(run.beginning + run.reports(0..<ScriptedRun.steps) + run.ending)
    failing.tell([.saveFailed(reason: "disk full")])
    #expect(failing.press(.character("q")) == [.send(.save)])
    #expect(failing.press(.character("q")) == [.quit])
  }

  @Test func `who leaves a run before its end is told the last validation of both regimes`() {
    let dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.farewell[0] == "digits: Left at epoch 38 of 60")
    let scores = dashboard.farewell[1]
    #expect(scores.hasPrefix("validation spiking 9") && scores.contains(" %, w=∞ 9"), "\(scores)")
  }

  @Test func `the quit dialog is answered with arrows and Enter or with letters`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character("q"), .down, .enter) == [.quit])
    dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.character("q"), .up, .enter).isEmpty)
    #expect(dashboard.overlay == nil)
    #expect(dashboard.press(.character("q"), .character("x")) == [.quit])
  }

  @Test func `stop and save leaves when the run has ended, not before`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(
      dashboard.press(.character("q"), .character("s")) == [.send(.save), .send(.stop)])
    #expect(dashboard.tell([.saved(path: "checkpoints/last.safetensors")]).isEmpty)
    #expect(dashboard.tell(ScriptedRun().ending) == [.quit])
  }

  @Test func `Ctrl-C asks, then stops and saves, then leaves at once`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.control("c")).isEmpty)
    #expect(dashboard.overlay == .quit(selected: .stopAndSave))
    #expect(dashboard.press(.control("c")) == [.send(.save), .send(.stop)])
    #expect(dashboard.press(.control("c")) == [.quit])
  }

  @Test func `Ctrl-C works under the help as well`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.press(.character("?"), .control("c"))
    #expect(dashboard.overlay == .quit(selected: .stopAndSave))
  }

  @Test func `a request to end stops and saves without asking`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.update(.terminate) == [.send(.save), .send(.stop)])
    #expect(dashboard.tell([.failed(reason: "disk full")]) == [.quit])
  }

  @Test func `training rests while the program is in the background`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.control("z")) == [.send(.rest), .suspend])
    #expect(dashboard.update(.resumed) == [.repaint, .send(.wake)])
    #expect(dashboard.update(.suspend) == [.send(.rest), .suspend])
  }

  @Test func `a run that cannot be made says why and leaves at once`() {
    var dashboard = Dashboard(size: Size(width: 80, height: 24))
    #expect(dashboard.tell([.failed(reason: "no such file")]) == [.bell])
    #expect(dashboard.frame.rowText(23).contains("The run failed: no such file"))
    #expect(dashboard.press(.character("q")) == [.quit])
  }

  @Test func `asked to end after the run, it saves what is not saved yet and then leaves`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    dashboard.tell(ScriptedRun().ending)
    #expect(dashboard.update(.terminate) == [.send(.save)])
    #expect(dashboard.tell([.saved(path: "step.safetensors")]) == [.quit])

    var saved = Dashboard.training(width: 80, height: 24)
    saved.tell(ScriptedRun().ending)
    saved.tell([.saved(path: "step.safetensors")])
    #expect(saved.update(.terminate) == [.quit])

    var failing = Dashboard.training(width: 80, height: 24)
    failing.tell(ScriptedRun().ending)
    #expect(failing.update(.terminate) == [.send(.save)])
    #expect(failing.tell([.saveFailed(reason: "disk full")]) == [.quit])
  }

  @Test func `asked to end while it saves and stops, it goes on with that`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    #expect(dashboard.press(.control("c"), .control("c")) == [.send(.save), .send(.stop)])
    #expect(dashboard.update(.terminate).isEmpty)
    #expect(dashboard.tell(ScriptedRun().ending) == [.quit])
  }
}
