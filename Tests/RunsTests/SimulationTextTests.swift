import Engine
import Runs
import Testing

/// A simulation as it is printed for reading: it has no loss and no epochs.
@Suite struct SimulationTextTests {
  private static let gauges = [
    Gauge(id: "rate", title: "rate", group: .rate),
    Gauge(id: "activeFraction", title: "active", group: .other),
    Gauge(id: "order", title: "order parameter", group: .other),
    Gauge(id: "variation", title: "CV", group: .other),
    Gauge(id: "field", title: "mean potential", group: .other),
  ]

  private static func progress(_ step: Int) -> StudyProgress {
    StudyProgress(
      step: step, steps: 400, epoch: step / 200, epochs: 2, stepsPerEpoch: 200, samples: step)
  }

  private static func beginning(isGlobal: Bool = false) -> RunnerReport {
    var summary = StudySummary(
      name: "inhibitory", model: "400 LIF neurons", seed: 7, parameters: 0, state: 400,
      form: StudySummary.simulationForm, sites: [])
    summary.dynamics = DynamicsOutline(
      neurons: 400, inDegree: 20, isGlobal: isGlobal, transient: 100, end: 200)
    return .began(RunBeginning(summary: summary, progress: progress(0), gauges: gauges))
  }

  private static func event(_ step: Int, _ event: StudyEvent) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: Double(step) / 40, samplesPerSecond: 123, progress: progress(step), event: event))
  }

  private static func stepped(_ step: Int) -> RunnerReport {
    event(
      step,
      .stepped(
        Readings(
          epoch: (step - 1) / 200 + 1, step: step, samples: step,
          values: [
            Reading("rate", 0.25), Reading("activeFraction", 0.7625), Reading("order", 0.0646),
          ])))
  }

  @Test func `a simulation reads as a table of its time and of observables`() {
    var printer = PlainPrinter { "\($0)" }
    var lines = printer.lines(for: Self.beginning())
    for step in [80, 200, 400] { lines += printer.lines(for: Self.stepped(step)) }
    let metrics = [
      Reading("observables.activeFraction", 0.7625), Reading("observables.rate", 0.27063),
      Reading("observables.predicted.rate", 0.2714),
      Reading("observables.predicted.period", 2.55),
    ]
    lines += printer.lines(
      for: Self.event(
        400, .ended(Conclusion(outcome: .completed, reason: "", epochs: 2, metrics: metrics))))
    let expected = """
      inhibitory: 400 LIF neurons, seed 7
      400 neurons, each inhibited by 20 others, 200 units of time, results after 100

           time      rate    active     order        CV     time/s
           40.0      0.25    0.7625    0.0646         -         20
          100.0      0.25    0.7625    0.0646         -         20
          200.0      0.25    0.7625    0.0646         -         20

      completed after 200 units of time and 10.0 s of work

      observables               measured      theory
      activeFraction              0.7625           -
      rate                        0.2706      0.2714
      period                           -        2.55
      """
    #expect(lines.joined(separator: "\n") == expected)
  }

  @Test func `a global network says so, and without theory there is no column for it`() {
    var printer = PlainPrinter { "\($0)" }
    let header = printer.lines(for: Self.beginning(isGlobal: true))
    #expect(header.last?.contains("each inhibited by all others") == true)
    let conclusion = Conclusion(
      outcome: .stopped, reason: "", epochs: 0, metrics: [Reading("observables.order", 0.5)])
    let lines = printer.lines(for: Self.event(10, .ended(conclusion)))
    #expect(lines.contains("stopped after 5 units of time and 0.2 s of work"))
    #expect(lines.last == "order                          0.5")
    #expect(!lines.joined().contains("theory"))
  }

  @Test func `what a simulation itself tells of theory stands beside what it measured`() throws {
    var configuration = InhibitoryConfiguration()
    (configuration.neurons, configuration.inDegree) = (60, 8)
    (configuration.transient, configuration.duration, configuration.window) = (20, 30, 10)
    var study = try InhibitoryStudy(name: "network", configuration: configuration, seed: 1)
    var printer = PlainPrinter { "\($0)" }
    _ = printer.lines(for: Self.beginning())
    var lines: [String] = []
    while lines.isEmpty {
      for event in try study.advance(within: .zero) {
        if case .ended = event { lines = printer.lines(for: Self.event(100, event)) }
      }
    }
    let cells = { (title: String) -> ArraySlice<Substring> in
      lines.map { $0.split(separator: " ") }.first { $0.first == title[...] }?.dropFirst() ?? []
    }
    #expect(cells("observables") == ["measured", "theory"])
    #expect(cells("rate").count == 2 && cells("activeFraction").count == 2, "\(lines)")
    for title in ["rate", "activeFraction"] {
      #expect(!cells(title).contains("-"), "\(lines)")
    }
    #expect(!lines.joined().contains("predicted"), "\(lines)")
  }
}
