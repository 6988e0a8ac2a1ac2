import Engine
import Terminal
import Testing

@testable import Dashboard

/// How runs were looked at, taken from one dashboard to the next.
@Suite struct ViewStateTests {
  private func dashboard(
    _ view: ViewState, mode: Mode = .run, hasSites: Bool = true
  ) -> Dashboard {
    var dashboard = Dashboard(size: Size(width: 120, height: 36), mode: mode, view: view)
    let run = ScriptedRun()
    dashboard.tell(hasSites ? run.beginning : run.beginningWithoutSites)
    dashboard.tell(run.reports(0..<500))
    return dashboard
  }

  @Test func `what was looked at is what is looked at again`() {
    var first = dashboard(ViewState())
    #expect(first.view == ViewState())
    first.press(.character("x"), .character("x"), .character("X"), .character("M"))
    for key in "/bits" { first.press(.character(key)) }
    first.press(.enter, .character(":"))
    for key in "lr 1e-3" { first.press(.character(key)) }
    first.press(.enter)
    first.press(.character("6"))
    let view = first.view
    #expect(view.axis == .samples && view.hasLogarithmicTime && view.smoothing == [.loss: 1])
    #expect(view.gaugeFilter == "bits" && view.commands == ["lr 1e-3"])
    var second = dashboard(view)
    #expect(second.view == view && second.page == .train && second.showsGrid)
    #expect(second.window.axis == .samples)
    second.press(.character(":"), .up)
    #expect(second.frame.text.contains(":lr 1e-3"))
  }

  @Test(arguments: ChartWindow.Axis.allCases)
  func `curves over an axis from the start are those of one chosen later`(
    axis: ChartWindow.Axis
  ) {
    var view = ViewState()
    view.axis = axis
    let early = dashboard(view)
    var late = dashboard(ViewState())
    while late.window.axis != axis { late.press(.character("x")) }
    for gauge in late.history.gauges {
      #expect(early.history.values(of: gauge) == late.history.values(of: gauge), "\(gauge.id)")
    }
  }

  @Test func `an axis that a run has not stays remembered until another is chosen`() {
    var view = ViewState()
    view.axis = .w
    var dashboard = dashboard(view, hasSites: false)
    #expect(dashboard.window.axis == .epoch && dashboard.view.axis == .w)
    dashboard.press(.character("x"))
    #expect(dashboard.window.axis == .step && dashboard.view.axis == .step)
    view.axis = .samples
    #expect(self.dashboard(view, mode: .replay).window.axis == .epoch)
  }

  @Test func `so many commands are kept and no more`() {
    var view = ViewState()
    view.commands = (0..<600).map { "run \($0)" }
    var dashboard = Dashboard(size: Size(width: 80, height: 24), view: view)
    #expect(dashboard.view.commands.count == 500 && dashboard.view.commands.first == "run 100")
    dashboard.press(.character(":"), .character("w"), .enter)
    #expect(dashboard.view.commands.count == 500 && dashboard.view.commands.last == "w")
  }
}
