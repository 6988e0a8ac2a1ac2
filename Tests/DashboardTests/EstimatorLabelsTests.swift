import Engine
import Terminal
import Testing

@testable import Dashboard

@Suite struct EstimatorLabelsTests {
  private let long = "leaky_relu(slope=0.2)"

  @Test(arguments: [
    (40, ["leaky_relu(slope=0.2)", "relu", "hard_tanh"]),
    (30, ["leaky_relu(0.2)", "relu", "hard_tanh"]), (24, ["leaky_relu", "relu", "hard_tanh"]),
    (16, ["leaky…", "relu", "hard_…"]), (12, ["lea…", "relu", "har…"]),
    (11, ["leaky_relu", "relu", "hard_tanh"]),
  ])
  func `names are shortened together, and numbers go first`(
    width: Int, expected: [String]
  ) {
    #expect(
      EstimatorLabels.fitting([long, "relu", "hard_tanh"], width: width, glyphs: .unicode)
        == expected)
  }

  @Test func `several numbers stay apart`() {
    #expect(
      EstimatorLabels.forms(of: "triangular(gamma=0.3, w=2)")
        == ["triangular(gamma=0.3, w=2)", "triangular(0.3,2)", "triangular"])
    #expect(EstimatorLabels.fitting([], width: 3, glyphs: .ascii) == [])
  }

  @Test(arguments: [(120, "●leaky_relu 0."), (200, "●leaky_relu(slope=0.2) 0.")])
  func `a long name pushes no other out of the border`(width: Int, name: String) throws {
    var run = try TheoryRun()
    var dashboard = Dashboard(size: Size(width: width, height: width * 3 / 10 + 4))
    dashboard.tell(run.beginning + (try run.reports(until: 20)))
    dashboard.tell(try run.edit(.choose(knob: "estimator", option: "leakyReLU(slope=0.2)")))
    dashboard.tell(try run.reports(until: 40))
    let border = try #require(
      dashboard.frame.text.split(separator: "\n").first { $0.contains("╭─ loss  log ─") })
    #expect(border.contains(name) && border.contains("▲relu 0."), "\(border)")
  }
}
