import Runs
import Terminal
import Testing

@testable import Dashboard

/// The screen of stored runs.
@Suite struct RunsScreenTests {
  private static func entry(
    _ name: String, spiking: Double?, bits: Double? = nil, state: String = "completed",
    tags: [String] = []
  ) -> RunEntry {
    RunEntry(
      name: name, folder: "/r/\(name)", experiment: "digits", state: state, step: 400, steps: 400,
      spiking: spiking, nonSpiking: 0.98, bits: bits, tags: tags, note: "", trace: [0.1, 0.5, 0.9])
  }

  private static let entries = [
    entry("c-new", spiking: 0.9, bits: 3, state: "running"),
    entry("b-best", spiking: 0.97, bits: 1.58, tags: ["keep"]), entry("a-old", spiking: nil),
  ]

  private static func dashboard(width: Int = 100, height: Int = 30) -> Dashboard {
    var dashboard = Dashboard.training(width: width, height: height)
    #expect(dashboard.press(.character("5")).contains(.listRuns))
    _ = dashboard.update(.listed(entries))
    return dashboard
  }

  private static func curves(_ name: String, rate: String) -> RunCurves {
    RunCurves(
      folder: "/r/\(name)", stepsPerEpoch: 40,
      curves: [
        "validation.spiking.accuracy": (1...10).map {
          .init(step: $0 * 40, value: 0.09 * Double($0))
        },
        "seconds": (1...400).map { .init(step: $0, value: Double($0) / 10) },
      ], settings: ["training.batch": "32", "optimizer.learningRate.start": rate])
  }

  private func names(_ dashboard: Dashboard) -> [String] { dashboard.runs.shown.map(\.name) }

  @Test func `runs are listed, sorted and filtered`() {
    var dashboard = Self.dashboard()
    #expect(names(dashboard) == ["c-new", "b-best", "a-old"])
    #expect(dashboard.frame.text.contains("▁▄█"))
    _ = dashboard.press(.character("O"))
    #expect(names(dashboard) == ["b-best", "c-new", "a-old"])
    for _ in 0..<2 { _ = dashboard.press(.character("O")) }
    #expect(names(dashboard) == ["b-best", "c-new", "a-old"])
    _ = dashboard.press(.character("O"))
    #expect(names(dashboard) == ["a-old", "b-best", "c-new"])
    // Letters are words now, not keys.
    _ = dashboard.press(
      .character("/"), .character("k"), .character("e"), .character("q"), .backspace)
    #expect(dashboard.overlay == .prompt(Prompt(.filter, "ke")))
    #expect(dashboard.frame.text.contains("/ke"))
    #expect(names(dashboard) == ["b-best"])
    _ = dashboard.press(.enter)
    #expect(dashboard.overlay == nil && names(dashboard) == ["b-best"])
    #expect(dashboard.frame.text.contains("/ke"))
    _ = dashboard.press(.character("/"), .escape)
    #expect(names(dashboard).count == 3)
  }

  @Test func `marked runs are read once, drawn over each other, and told apart by settings`() {
    var dashboard = Self.dashboard()
    #expect(dashboard.press(.character("a")) == [.readRun(folder: "/r/c-new")])
    #expect(dashboard.press(.character("j"), .character("a")) == [.readRun(folder: "/r/b-best")])
    _ = dashboard.update(.curves(Self.curves("c-new", rate: "0.001")))
    _ = dashboard.update(.curves(Self.curves("b-best", rate: "0.003")))
    let text = dashboard.frame.text
    #expect(text.contains("spiking accuracy %") && text.contains("90"))
    #expect(text.contains("optimizer.learning") && text.contains("0.003"))
    #expect(!text.contains("training.batch"))
    _ = dashboard.press(.character("x"))
    #expect(dashboard.frame.text.contains("by epoch"))
    _ = dashboard.press(.character("a"))
    #expect(dashboard.runs.marked == ["/r/c-new"])
    #expect(dashboard.press(.character("a")).isEmpty, "its curves are there")
  }

  @Test func `notes and tags are typed, and written with Enter alone`() {
    var dashboard = Self.dashboard()
    _ = dashboard.press(.character("j"), .character("t"))
    #expect(dashboard.overlay == .prompt(Prompt(.tags(folder: "/r/b-best"), "keep")))
    let more: [Key] = [.character(" "), .character("a"), .left, .character("b")]
    #expect(more.flatMap { dashboard.press($0) }.isEmpty)
    #expect(dashboard.press(.enter) == [.tag(folder: "/r/b-best", ["keep", "ba"])])
    _ = dashboard.press(.character("n"), .character("x"))
    #expect(dashboard.press(.escape).isEmpty && dashboard.overlay == nil)
    _ = dashboard.press(.character("n"), .character("o"), .character("k"))
    #expect(dashboard.frame.text.contains("note ok"))
    #expect(dashboard.press(.enter) == [.annotate(folder: "/r/b-best", note: "ok")])
  }

  @Test func `a text is edited as in a shell`() {
    var prompt = Prompt(.filter, "one two")
    prompt.take(.control("w"))
    #expect(prompt.text == "one ")
    for key in [Key.home, .delete, .right, .character("x"), .control("k")] { prompt.take(key) }
    #expect(prompt.text == "nx" && prompt.cursor == 2)
    prompt.take(.control("u"))
    #expect(prompt.text.isEmpty && prompt.cursor == 0)
  }

  @Test func `curves are compared over w too, in its rising order`() {
    var dashboard = Self.dashboard()
    _ = dashboard.press(.character("a"))
    var curves = Self.curves("c-new", rate: "0.001").curves
    curves["w.h"] = (1...400).map { .init(step: $0, value: $0 < 80 ? .infinity : 400 / Double($0)) }
    _ = dashboard.update(
      .curves(RunCurves(folder: "/r/c-new", stepsPerEpoch: 40, curves: curves, settings: [:])))
    for _ in 0..<3 { _ = dashboard.press(.character("x")) }
    #expect(dashboard.runs.axis == .w && dashboard.frame.text.contains("by w"))
    let drawn = dashboard.comparisonChart.lines
    #expect(drawn.first?.curve.series[0].x == 1 && drawn.first?.curve.series.count == 9)
  }

  @Test func `another run is opened only when none would be lost`() {
    var dashboard = Self.dashboard()
    #expect(dashboard.press(.character("p")).isEmpty)
    #expect(dashboard.status?.text == Sentence.stopFirst)
    dashboard.tell(ScriptedRun().ending)
    #expect(dashboard.press(.character("p")) == [.open(.replay, folder: "/r/c-new")])
    #expect(dashboard.press(.character("R")) == [.open(.resume, folder: "/r/c-new")])
    #expect(dashboard.press(.character("f")) == [.open(.fork, folder: "/r/c-new")])
  }

  @Test(arguments: [(0, 0), (1, 1), (12, 5), (40, 12), (60, 16), (80, 24), (200, 60)])
  func `the screen suits any size`(width: Int, height: Int) {
    var dashboard = Self.dashboard()
    _ = dashboard.press(.character("a"))
    _ = dashboard.update(.curves(Self.curves("c-new", rate: "0.001")))
    _ = dashboard.update(.resized(Size(width: width, height: height)))
    let frame = dashboard.frame
    #expect(frame.size == Size(width: width, height: height))
    if width >= 40 { #expect(frame.text.contains("b-best")) }
    _ = dashboard.press(.tab, .tab, .enter, .end, .home, .pageDown)
    #expect(dashboard.frame.size == frame.size)
  }

  @Test func `before and without runs it says so`() {
    var dashboard = Dashboard.training(width: 80, height: 24)
    _ = dashboard.press(.character("5"))
    #expect(dashboard.frame.text.contains("reading the runs"))
    _ = dashboard.update(.listed([]))
    #expect(dashboard.frame.text.contains("no run is stored yet"))
    #expect(dashboard.press(.character("a")).isEmpty)
  }
}
