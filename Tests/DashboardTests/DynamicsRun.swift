import Dashboard
import Engine
import Foundation
import Runs
import Terminal

/// The reports of a simulated network, as the runner would send them: made up, always the same, and
/// with volleys of which the most excitable neurons fire first.
struct DynamicsRun {
  var neurons = 400
  var isGlobal = false
  var coupling = ScheduleJournal(Schedule(.hold(1)), steps: Self.steps)
  var delay = 0.3
  var chosen = 380...399
  var influences: [DynamicsReport.Influence] = []

  static let interval = 0.5
  static let transient = 100.0
  static let end = 400.0
  static let steps = 800

  var summary: StudySummary {
    var summary = StudySummary(
      name: "inhibitory", model: "\(neurons) LIF neurons", seed: 1, parameters: 0, state: neurons,
      form: StudySummary.simulationForm, sites: [])
    summary.dynamics = DynamicsOutline(
      neurons: neurons, inDegree: isGlobal ? neurons - 1 : 20, isGlobal: isGlobal,
      transient: Self.transient, end: Self.end, interval: Self.interval)
    return summary
  }

  var gauges: [Gauge] {
    [
      Gauge(id: "rate", title: "mean rate", group: .rate),
      Gauge(id: "activeFraction", title: "active fraction", group: .other, limits: 0...1),
      Gauge(id: "order", title: "order parameter", group: .other, limits: 0...1),
      Gauge(id: "field", title: "mean potential", group: .other),
      Gauge(id: "variation", title: "CV", group: .other),
      Gauge(id: "modulation", title: "rate modulation", group: .other),
      Gauge(id: "freeFraction", title: "free intervals", group: .other),
      Gauge(id: "coupling", title: "coupling", group: .other, scale: .logarithmic),
    ]
  }

  var knobs: [Knob] {
    typealias Knobs = InhibitoryKnobs
    let number = { (id: String, value: Double, range: ClosedRange<Double>, step: Knob.NotchStep) in
      Knob(id: id, title: id, kind: .number(value: value, range: range, step: step))
    }
    let ranks = 1...Double(neurons)
    let common = [
      Knob(id: Knobs.coupling, title: "coupling", kind: .schedule(coupling, range: 0...1e6)),
      number(Knobs.delay, delay, 0...100, .multiply(1.25)),
      number(Knobs.highest, 1.5, 1...100, .add(0.05)),
      number(Knobs.speed, 20, 0.1...1e6, .multiply(2)),
      number(Knobs.first, Double(chosen.lowerBound + 1), ranks, .add(1)),
      number(Knobs.last, Double(chosen.upperBound + 1), ranks, .add(1)),
    ]
    return isGlobal
      ? common : common + [number(Knobs.inDegree, 20, 1...Double(neurons - 1), .multiply(1.25))]
  }

  func progress(_ step: Int) -> StudyProgress {
    StudyProgress(
      step: step, steps: Self.steps, epoch: step / 200, epochs: 4, stepsPerEpoch: 200,
      samples: step)
  }

  var beginning: [RunnerReport] {
    [
      .began(RunBeginning(summary: summary, progress: progress(0), gauges: gauges)),
      .knobs(knobs), .state(.training),
    ]
  }

  func event(_ event: StudyEvent, step: Int) -> RunnerReport {
    .event(
      TimedEvent(
        seconds: Double(step) * Self.interval / 20, samplesPerSecond: 40,
        progress: progress(step), event: event))
  }

  /// Readings up to a step; the modulation has none yet.
  func reports(until step: Int) -> [RunnerReport] {
    (1...max(1, step)).map { step in
      let wave = sin(Double(step) / 9)
      let values = [
        Reading("rate", 0.27 + 0.02 * wave), Reading("activeFraction", 0.7625),
        Reading("order", 0.35 + 0.05 * wave), Reading("field", -0.2 + 0.1 * wave),
        Reading("variation", 0.27), Reading("freeFraction", 0.02), Reading("coupling", 1),
      ]
      return event(
        .stepped(
          Readings(epoch: (step - 1) / 200 + 1, step: step, samples: step, values: values)),
        step: step)
    }
  }

  // MARK: Looks

  static let period = 2.5

  /// A look at a time, over a span.
  func look(at time: Double, span: Double = 20) -> DynamicsReport {
    let trace = { (value: (Double) -> Double) in
      let interval = span / 400
      return DynamicsReport.Trace(
        interval: interval,
        values: (0..<400).map { Float(value(time - Double(399 - $0) * interval)) })
    }
    let rows = min(neurons, 128)
    let byRow = (0..<rows).map { row -> Float in
      let share = Double(row) / Double(rows)
      return share < 0.25 ? 0 : Float(0.5 * share)
    }
    return DynamicsReport(
      time: time, span: span, raster: raster(at: time, span: span, rows: rows),
      field: trace { -0.2 + 0.3 * sin(2 * .pi * $0 / Self.period) },
      rate: trace { pow(max(0, cos(2 * .pi * $0 / Self.period)), 3) },
      rates: DynamicsReport.Rates(
        histogram: [12, 30, 44, 61, 80, 58, 20], highest: 0.5, silent: 95, byRow: byRow,
        predictedByRow: byRow.map { $0 * 1.1 + 0.02 }),
      comparisons: comparisons,
      places: [
        DynamicsReport.Place(coupling: 0.3, delay: 0.3, order: 0.05),
        DynamicsReport.Place(coupling: 10, delay: 1, order: 0.9),
        DynamicsReport.Place(coupling: 1, delay: delay, order: 0.35),
      ],
      boundaries: [
        DynamicsReport.Boundary(title: "onset", points: [SIMD2(0.3, 0.01), SIMD2(0.3, 100)]),
        DynamicsReport.Boundary(
          title: "one cluster", points: [SIMD2(200, 0.1), SIMD2(10, 0.3), SIMD2(1, 1)]),
      ],
      influences: influences, chosen: chosen)
  }

  private var comparisons: [DynamicsReport.Comparison] {
    [
      .init(
        id: "rate", title: "mean rate", measured: 0.2706, predicted: 0.2714, theory: "shot noise"),
      .init(
        id: "activeFraction", title: "active fraction", measured: 0.7625, predicted: 0.94,
        theory: "shot noise"),
      .init(id: "order", title: "order parameter", measured: 0.352),
      .init(
        id: "variation", title: "CV", measured: 0.274, predicted: 0.46, theory: "shot noise"),
      .init(id: "modulation", title: "rate modulation", measured: nil),
      .init(id: "period", title: "period", measured: 2.5, predicted: 2.55, theory: "one cluster"),
    ]
  }

  /// A neuron of rank r fires in each volley that it takes part in, the sooner the higher it is.
  private func raster(at time: Double, span: Double, rows: Int) -> DynamicsReport.Raster {
    let columns = 400
    var filled: Set<UInt32> = []
    for row in 0..<rows where row >= rows / 4 {
      let lag = 0.6 * (1 - Double(row) / Double(rows))
      var volley = Int((time - span) / Self.period)
      while Double(volley) * Self.period + lag < time {
        defer { volley += 1 }
        let place = (Double(volley) * Self.period + lag - (time - span)) / span
        let takesPart = row > rows / 2 || (row + volley) % 3 == 0
        guard takesPart, place >= 0, place < 1 else { continue }
        filled.insert(UInt32(row * columns + Int(place * Double(columns))))
      }
    }
    return DynamicsReport.Raster(rows: rows, columns: columns, filled: filled.sorted())
  }
}

extension Dashboard {
  /// A dashboard that looks at a simulated network.
  static func dynamics(
    width: Int, height: Int, time: Double = 123, glyphs: Glyphs = .unicode, mode: Mode = .run,
    _ change: (inout DynamicsRun) -> Void = { _ in }
  ) -> Dashboard {
    var run = DynamicsRun()
    change(&run)
    var dashboard = Dashboard(
      size: Size(width: width, height: height), glyphs: glyphs, experiment: "inhibitory",
      mode: mode)
    dashboard.tell(run.beginning + run.reports(until: Int(time / DynamicsRun.interval)))
    dashboard.tell([.probe(.dynamics(run.look(at: time)))])
    _ = dashboard.update(.tick(seconds: 60))
    return dashboard
  }
}
