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
  package private(set) var series: [String: Series] = [:]
  /// What the run left behind when it went back to a checkpoint, by gauge id.
  package private(set) var abandoned: [String: [Series]] = [:]
  /// The steps at which edits were made, each once and in rising order: lines through all curves.
  package private(set) var marks: [Double] = []
  /// The running mean of every loss measured while training: single batches scatter too much
  /// for the eye to see where they go.
  private var trends: [String: Trend] = [:]
  /// Steps over which a trend forgets; set from the length of the run.
  package internal(set) var trendSteps = 20.0

  /// The running mean of a gauge, if one is kept.
  func trend(of gauge: Gauge) -> Series? { trends[gauge.id]?.series }

  /// The values of a gauge; empty when nothing was reported yet.
  func values(of gauge: Gauge) -> Series { series[gauge.id] ?? Series() }

  /// The last value of a gauge, `nil` when nothing was reported yet.
  func latest(_ gauge: Gauge) -> Double? { series[gauge.id]?.lastY }

  mutating func append(_ readings: Readings) {
    for reading in readings.values { append(reading, id: reading.gauge, step: readings.step) }
    for gauge in gauges where gauge.group == .loss && gauge.split == .training {
      guard let loss = readings.values.first(where: { $0.gauge == gauge.id }) else { continue }
      trends[gauge.id, default: Trend(isGeometric: gauge.scale == .logarithmic)]
        .append(loss.last, step: readings.step, forgettingOver: trendSteps)
    }
  }

  /// Results of an evaluation go beside the readings of the step they were measured at.
  mutating func append(_ evaluation: Evaluation) {
    for metric in evaluation.metrics {
      append(metric, id: "\(evaluation.split.rawValue).\(metric.gauge)", step: evaluation.step)
    }
  }

  /// Takes in what was recorded of the run before; the gauges are known.
  mutating func recall(_ past: RunPast) {
    (series, abandoned, trends, marks) = ([:], [:], [:], [])
    for (gauge, column) in past.columns where gauge != ReadingWriter.secondsGauge {
      series[gauge] = Series(column.points, factor: factor(of: gauge))
      let branches = column.abandoned.map { Series($0.points, factor: factor(of: gauge)) }
      if !branches.isEmpty { abandoned[gauge] = branches }
    }
    for gauge in gauges where gauge.group == .loss && gauge.split == .training {
      for point in past.columns[gauge.id]?.points ?? [] {
        trends[gauge.id, default: Trend(isGeometric: gauge.scale == .logarithmic)]
          .append(point.value, step: point.step, forgettingOver: trendSteps)
      }
    }
    for entry in past.entries where !entry.isAbandoned {
      switch entry.happening {
      case .evaluated(let evaluation): append(evaluation)
      case .edited(let record): mark(record)
      case .saved, .resumed, .ended: break
      }
    }
  }

  private func factor(of gauge: String) -> Double { percentages.contains(gauge) ? 100 : 1 }

  mutating func mark(_ record: EditRecord) {
    let step = Double(record.step)
    if let last = marks.last, step <= last {
      let place = marks.firstIndex { $0 >= step } ?? marks.count
      if marks[place] != step { marks.insert(step, at: place) }
    } else {
      marks.append(step)
    }
  }

  /// A reading that stands for many steps keeps its extremes as points of their own.
  private mutating func append(_ reading: Reading, id: String, step: Int) {
    let x = Double(step)
    let factor = factor(of: id)
    if reading.minimum < reading.maximum {
      series[id, default: Series()].append(x: x, y: reading.minimum * factor)
      series[id, default: Series()].append(x: x, y: reading.maximum * factor)
    }
    series[id, default: Series()].append(x: x, y: reading.last * factor)
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
  /// Stored points, their values multiplied.
  fileprivate init(_ points: [StoredColumn.Point], factor: Double) {
    self.init()
    reserveCapacity(points.count)
    for point in points { append(x: Double(point.step), y: point.value * factor) }
  }
}
