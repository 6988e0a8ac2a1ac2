package import Engine
import Runs
package import Terminal

/// The curves of a run: one series per gauge over optimizer steps, and the edits made to it.
package struct History: Sendable, Equatable {
  package internal(set) var gauges: [Gauge] = [] {
    didSet {
      percentages = Set(gauges.filter { $0.group == .accuracy }.map(\.id))
      groups = Set(gauges.map(\.group))
    }
  }
  /// The groups that any gauge belongs to.
  private(set) var groups: Set<Gauge.Group> = []
  /// The gauges whose values 0...1 are kept, and drawn, as percent.
  private var percentages: Set<String> = []
  /// By gauge id, the split included: `loss`, `validation.spiking.accuracy`.
  package internal(set) var series: [String: Series] = [:]
  /// What the run left behind when it went back to a checkpoint, by gauge id.
  package private(set) var abandoned: [String: [Series]] = [:]
  /// The steps at which edits were made, each once and in rising order: lines through all curves.
  package private(set) var marks: [Double] = []
  /// The steps at which checkpoints were written, and of those the best so far.
  private(set) var saves: [Double] = []
  private(set) var bests: [Double] = []
  /// Running means by gauge id: single batches scatter too much for the eye to see where they go.
  private var trends: [String: Trend] = [:]
  /// Seconds of work over steps.
  var clock = Series()
  /// The columns on the disk that the points of the curves go to.
  var recorded = RecordedColumns()
  /// The curves over seconds or w, while they are shown so.
  private var placed: PlacedCurves?

  /// The running mean of a gauge over the axis shown, if one is kept.
  func trend(of gauge: Gauge) -> Series? {
    trends[gauge.id].map { shown($0.series) }
  }

  /// The values of a gauge over the axis shown; empty when nothing was reported yet.
  func values(of gauge: Gauge) -> Series {
    series[gauge.id].map(shown) ?? Series()
  }

  /// A series over the axis shown.
  private func shown(_ series: Series) -> Series {
    guard let placed else { return series }
    return placed.places.isEmpty ? Series() : series.placed(at: placed.places)
  }

  /// The last value of a gauge, `nil` when nothing was reported yet.
  func latest(_ gauge: Gauge) -> Double? { series[gauge.id]?.lastY }

  /// The value of a gauge at a step, or the one before it.
  func value(of gauge: Gauge, at step: Double) -> Double? {
    series[gauge.id].flatMap { $0.value(at: step) }
  }

  func trendValue(of gauge: Gauge, at step: Double) -> Double? {
    trends[gauge.id].flatMap { $0.series.value(at: step) }
  }

  /// Seconds of work at a step.
  func seconds(at step: Double) -> Double? { clock.value(at: step) }

  /// Takes in what was read of a step that was done after so many seconds of work.
  mutating func append(_ readings: Readings, seconds: Double = 0) {
    let step = Double(readings.step)
    clock.append(x: step, y: seconds)
    if let w = placingValue(of: readings, seconds: seconds) { placed?.note(w, at: step) }
    for reading in readings.values {
      append(reading, id: reading.gauge, step: readings.step)
      guard trends[reading.gauge] != nil else { continue }
      // As percent, where the values are.
      let value = reading.last * factor(of: reading.gauge)
      trends[reading.gauge]?.append(value, step: readings.step)
    }
    release()
  }

  /// What tells where a step stands: the seconds, or w of the first site.
  private func placingValue(of readings: Readings, seconds: Double) -> Double? {
    switch placed?.axis {
    case .seconds: seconds
    case .w: readings.values.first { $0.gauge == leadingResolution }?.last
    default: nil
    }
  }

  private var leadingResolution: String? {
    gauges.first { $0.group == .resolution && $0.split == .training }?.id
  }

  // MARK: What is shown of it

  /// Keeps a running mean of a gauge that forgets over so many steps, or none where that is 0.
  mutating func smooth(_ gauge: Gauge, over steps: Double, isGeometric: Bool) {
    guard steps > 0 else {
      trends[gauge.id] = nil
      return
    }
    var trend = Trend(isGeometric: isGeometric, span: steps)
    series[gauge.id]?.forEach { trend.append($1, step: Int($0)) }
    trends[gauge.id] = trend
  }

  /// Has the curves stand over seconds or w, or over steps again.
  mutating func place(over axis: ChartWindow.Axis) {
    guard !axis.isLinear else {
      placed = nil
      return
    }
    var placed = PlacedCurves(axis)
    let values = axis == .seconds ? clock : leadingResolution.flatMap { series[$0] } ?? Series()
    values.forEach { placed.note($1, at: $0) }
    placed.marks = marks.compactMap { placed.place(of: $0) }
    placed.saves = saves.compactMap { placed.place(of: $0) }
    placed.bests = bests.compactMap { placed.place(of: $0) }
    self.placed = placed
  }

  /// The places of edits, checkpoints and bests on the axis shown, in rising order.
  var shownMarks: [Double] { placed?.marks ?? marks }
  var shownSaves: [Double] { placed?.saves ?? saves }
  var shownBests: [Double] { placed?.bests ?? bests }

  /// Where a step stands on the axis shown; `nil` where it has no place there.
  func place(of step: Double) -> Double? { placed == nil ? step : placed?.place(of: step) }

  /// The stretch of the axis that a stretch of steps takes.
  func places(of range: AxisRange) -> AxisRange? {
    guard let placed else { return range }
    guard let first = placed.places.first, let last = placed.place(of: range.upper) else {
      return nil
    }
    return AxisRange(placed.place(of: range.lower) ?? first, last)
  }

  mutating func noteSave(at step: Int, isBest: Bool) {
    let step = Double(step)
    if saves.last != step {
      saves.append(step)
      if let place = placed?.place(of: step) { placed?.saves.append(place) }
    }
    guard isBest, bests.last != step else { return }
    bests.append(step)
    if let place = placed?.place(of: step) { placed?.bests.append(place) }
  }

  // MARK: What was before

  /// Results of an evaluation go beside the readings of the step they were measured at.
  mutating func append(_ evaluation: Evaluation) {
    for metric in evaluation.metrics {
      append(metric, id: "\(evaluation.split.rawValue).\(metric.gauge)", step: evaluation.step)
    }
  }

  /// Takes in what was recorded of the run before; the gauges are known.
  mutating func recall(_ past: RunPast) {
    (series, abandoned, marks, saves, bests) = ([:], [:], [], [], [])
    let axis = placed?.axis
    placed = nil
    recorded = RecordedColumns(past)
    let seconds = past.columns[ReadingWriter.secondsGauge]?.points ?? StoredPoints()
    clock = Series(seconds, factor: 1)
    for (gauge, column) in past.columns where gauge != ReadingWriter.secondsGauge {
      series[gauge] = Series(column.points, factor: factor(of: gauge))
      let branches = column.abandoned.map { Series($0.points, factor: factor(of: gauge)) }
      if !branches.isEmpty { abandoned[gauge] = branches }
    }
    for entry in past.entries where !entry.isAbandoned {
      switch entry.happening {
      case .evaluated(let evaluation): append(evaluation)
      case .edited(let record): mark(record)
      case .saved(let step, let reason): noteSave(at: step, isBest: reason.isBest)
      case .stability, .resumed, .ended: break
      }
    }
    for (id, trend) in trends {
      guard let gauge = gauges.first(where: { $0.id == id }) else { continue }
      smooth(gauge, over: trend.span, isGeometric: trend.isGeometric)
    }
    if let axis { place(over: axis) }
  }

  func factor(of gauge: String) -> Double { percentages.contains(gauge) ? 100 : 1 }

  mutating func mark(_ record: EditRecord) {
    let step = Double(record.step)
    if let last = marks.last, step <= last {
      let place = marks.firstIndex { $0 >= step } ?? marks.count
      if marks[place] != step { marks.insert(step, at: place) }
    } else {
      marks.append(step)
      if let place = placed?.place(of: step) { placed?.marks.append(place) }
    }
  }

  /// A reading that stands for many steps keeps its extremes as points of their own.
  private mutating func append(_ reading: Reading, id: String, step: Int) {
    let x = Double(step)
    let factor = factor(of: id)
    let values =
      reading.minimum < reading.maximum
      ? [reading.minimum, reading.maximum, reading.last] : [reading.last]
    for value in values { series[id, default: Series()].append(x: x, y: value * factor) }
  }
}

extension History {
  /// The gauges of a group on a split, in their declared order.
  func gauges(
    _ group: Gauge.Group, _ split: Gauge.Split, regime: Gauge.Regime? = nil
  ) -> [Gauge] {
    gauges.filter { $0.group == group && $0.split == split && $0.regime == regime }
  }

  /// One gauge per site of a group, measured while training where it is, else while validating.
  func siteGauges(_ group: Gauge.Group, metric: BitMetric) -> [Gauge] {
    let candidates = gauges.filter {
      $0.group == group && $0.site != nil && ($0.metric ?? metric) == metric
    }
    var chosen: [Gauge] = []
    for split in [Gauge.Split.training, .validation] {
      for gauge in candidates where gauge.split == split {
        if !chosen.contains(where: { $0.site == gauge.site }) { chosen.append(gauge) }
      }
    }
    return chosen
  }

  /// The bit metrics that the study measures, in the order in which they are switched through.
  var bitMetrics: [BitMetric] {
    BitMetric.allCases.filter { metric in
      gauges.contains { $0.group == .bits && $0.metric == metric }
    }
  }
}

extension Series {
  /// The value of the last point at or before an x.
  func value(at x: Double) -> Double? {
    let end = indices(from: -.infinity, through: x).upperBound
    return end > 0 ? self[end - 1].y : nil
  }
}
