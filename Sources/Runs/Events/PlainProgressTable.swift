import Engine

/// The table of a run's progress: which columns there are and what stands in a row.
struct PlainProgressTable {
  /// What a column shows.
  private enum Content {
    case epoch, step, spiking, nonSpiking, samplesPerSecond
    case loss(Gauge?)
    /// Of a simulation: its time, a gauge, and simulated time a second.
    case time(interval: Double)
    case gauge(Gauge)
    case pace(interval: Double)
    case resolution(StudySummary.Site)
    case bits(StudySummary.Site)
    case rate(StudySummary.Site)
  }

  /// The bit metric of the table; the results at the end show all.
  private static let metric = BitMetric.bitsRange

  /// As many sites as have room for their resolutions beside the scores.
  private static let mostSites = 6

  private static let lossWidth = 6
  private static let numberWidth = 5

  private let columns: [(content: Content, column: PlainColumn)]
  private let gauges: [Gauge]
  /// Bits per site as last evaluated, for sites whose bits are not measured while training.
  private var evaluatedBits: [String: Double] = [:]

  init(_ beginning: RunBeginning, width: Int) {
    if let network = beginning.summary.dynamics {
      gauges = beginning.gauges
      columns = Self.columns(of: network, beginning.gauges)
      return
    }
    gauges = beginning.gauges.filter { $0.split == .training }
    let sites = beginning.summary.sites
    var columns: [(Content, PlainColumn)] = [
      (.epoch, PlainColumn("epoch", width: 5)),
      (.step, PlainColumn("step", width: String(beginning.progress.steps).count)),
    ]
    columns += Self.scoreColumns(beginning.summary, gauges)
    columns += beginning.summary.hasResolutions ? Self.columns(of: sites) : Self.rates(of: sites)
    let speed = beginning.summary.theory == nil ? "samples/s" : "steps/s"
    columns.append((.samplesPerSecond, PlainColumn(speed, width: 9)))
    let kept = Set(PlainColumn.fitting(columns.map(\.1), into: width).map(\.title))
    self.columns = columns.filter { kept.contains($0.1.title) }
  }

  /// The loss and what is scored, or the losses of all estimators of a theory.
  private static func scoreColumns(
    _ summary: StudySummary, _ gauges: [Gauge]
  ) -> [(Content, PlainColumn)] {
    guard summary.theory == nil else {
      return gauges.filter { $0.group == .loss }.map { gauge in
        let weight: PlainColumn.Weight = gauge.id == "loss" ? .needed : .useful
        return (.loss(gauge), PlainColumn(gauge.title, width: 8, weight: weight))
      }
    }
    let spiking: [(Content, PlainColumn)] = [
      (.loss(nil), PlainColumn("loss", width: lossWidth)),
      (.spiking, PlainColumn(summary.regimeNames.spiking, width: 7)),
    ]
    if summary.form == StudySummary.spikeTrainForm { return spiking }
    return spiking + [(.nonSpiking, PlainColumn(summary.regimeNames.nonSpiking, width: 7))]
  }

  /// Of units that are quantized at no w.
  private static func rates(of sites: [StudySummary.Site]) -> [(Content, PlainColumn)] {
    sites.map { (.rate($0), PlainColumn("rate \($0.id)", width: numberWidth, weight: .useful)) }
  }

  private static func columns(of sites: [StudySummary.Site]) -> [(Content, PlainColumn)] {
    let resolution: PlainColumn.Weight = sites.count > mostSites ? .useful : .needed
    var columns: [(Content, PlainColumn)] = sites.map {
      (.resolution($0), PlainColumn("w \($0.id)", width: numberWidth, weight: resolution))
    }
    columns += sites.map {
      (.bits($0), PlainColumn("bits \($0.id)", width: numberWidth, weight: .useful))
    }
    columns += sites.map {
      (.rate($0), PlainColumn("rate \($0.id)", width: numberWidth, weight: .extra))
    }
    return columns
  }

  /// A simulation has no loss and no epochs: its time, and what was observed in the window before.
  private static func columns(
    of network: DynamicsOutline, _ gauges: [Gauge]
  ) -> [(content: Content, column: PlainColumn)] {
    let shown = [
      ("rate", "rate"), ("activeFraction", "active"), ("order", "order"), ("variation", "CV"),
    ]
    let observed = shown.compactMap { id, title in
      gauges.first { $0.id == id }.map {
        (content: Content.gauge($0), column: PlainColumn(title, width: Self.observableWidth))
      }
    }
    let ends: [(content: Content, column: PlainColumn)] = [
      (.time(interval: network.interval), PlainColumn("time", width: 9)),
      (.pace(interval: network.interval), PlainColumn("time/s", width: 9)),
    ]
    return [ends[0]] + observed + [ends[1]]
  }

  private static let observableWidth = 8

  var titles: String {
    joined(columns.map { $0.column.cell($0.column.title) })
  }

  /// Remembers the bits of an evaluation.
  mutating func note(_ evaluation: Evaluation) {
    evaluatedBits = [:]
    for metric in evaluation.metrics {
      let parts = metric.gauge.split(separator: ".")
      if parts.count == 3, parts[0] == "sites", parts[2] == Self.metric.rawValue {
        evaluatedBits[String(parts[1])] = metric.last
      }
    }
  }

  /// A row for the readings of a step, with the accuracies of an evaluation made after it.
  func row(of timed: TimedEvent, with evaluation: Evaluation?) -> String {
    joined(columns.map { $0.column.cell(text(of: $0.content, timed, evaluation)) })
  }

  private func joined(_ cells: [String]) -> String {
    cells.joined(separator: String(repeating: " ", count: PlainColumn.gap))
  }

  /// The accuracy, or the error where values are told.
  private func score(_ regime: String, in evaluation: Evaluation?) -> String? {
    evaluation?["\(regime).accuracy"].map(PlainText.percent)
      ?? evaluation?["\(regime).rmse"].map { PlainText.significant($0) }
  }

  private func text(
    of content: Content, _ timed: TimedEvent, _ evaluation: Evaluation?
  ) -> String {
    var readings: Readings?
    if case .stepped(let value) = timed.event { readings = value }
    let unknown = "-"
    switch content {
    case .epoch: return String(readings?.epoch ?? timed.progress.epoch)
    case .step: return String(readings?.step ?? timed.progress.step)
    case .time(let interval):
      return PlainText.fixed(Double(readings?.step ?? timed.progress.step) * interval, 1)
    case .pace(let interval):
      // Since the beginning: it is turned while it goes on.
      let time = Double(timed.progress.step) * interval
      return timed.seconds > 0 ? PlainText.significant(time / timed.seconds, 3) : unknown
    case .gauge(let gauge):
      return readings?.values.first { $0.gauge == gauge.id }.map {
        PlainText.significant($0.last)
      } ?? unknown
    case .loss(let gauge?):
      return readings?.values.first { $0.gauge == gauge.id }.map {
        PlainText.significant($0.last)
      } ?? unknown
    case .loss(nil):
      return value(.loss, in: readings).map { PlainText.short($0, Self.lossWidth) } ?? unknown
    case .spiking:
      return score("spiking", in: evaluation) ?? unknown
    case .nonSpiking:
      return score("nonSpiking", in: evaluation) ?? unknown
    case .samplesPerSecond:
      let rate = timed.samplesPerSecond
      return rate > 0 ? PlainText.fixed(rate, 0) : unknown
    case .resolution(let site):
      return value(.resolution, of: site, in: readings).map {
        PlainText.short($0, Self.numberWidth)
      } ?? unknown
    case .bits(let site):
      let bits = value(.bits, of: site, in: readings) ?? evaluatedBits[site.id]
      return bits.map { PlainText.fixed($0, 2) } ?? unknown
    case .rate(let site):
      return value(.rate, of: site, in: readings).map { PlainText.short($0, Self.numberWidth) }
        ?? unknown
    }
  }

  private func value(
    _ group: Gauge.Group, of site: StudySummary.Site? = nil, in readings: Readings?
  ) -> Double? {
    let gauge = gauges.first {
      $0.group == group && $0.site == site?.id && (group != .bits || $0.metric == Self.metric)
    }
    guard let gauge else { return nil }
    return readings?.values.first { $0.gauge == gauge.id }?.last
  }
}
