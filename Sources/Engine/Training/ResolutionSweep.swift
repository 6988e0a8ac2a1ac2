/// How the same weights do over a grid of resolutions: what a conversion after training would give
/// (specification, sections 2.3 and 3.5).
package struct ResolutionSweep: Sendable, Equatable {
  /// One point of the grid.
  package struct Row: Sendable, Equatable {
    /// Where the point lies along the sweep: w where one site is swept, else what the trained w
    /// are multiplied by.
    package var position: Double
    /// w of each site of the sweep.
    package var resolutions: [Double]
    /// Whether these are the resolutions that were trained last.
    package var isTrained: Bool
    /// Scores as in an ``Evaluation``: of the spiking regime, or of the other at w = infinity.
    package var metrics: [Reading]

    package init(
      position: Double, resolutions: [Double], isTrained: Bool, metrics: [Reading]
    ) {
      self.position = position
      self.resolutions = resolutions
      self.isTrained = isTrained
      self.metrics = metrics
    }

    package subscript(metric: String) -> Double? {
      metrics.first { $0.gauge == metric }?.last
    }

    package var accuracy: Double? { self["spiking.accuracy"] ?? self["nonSpiking.accuracy"] }
    package var spread: Double? {
      (self["spiking.draws"] ?? 0) > 1 ? self["spiking.spread"] : nil
    }
    package var loss: Double? { self["spiking.loss"] ?? self["nonSpiking.loss"] }
    /// Whether no site is quantized.
    package var isNonSpiking: Bool { resolutions.allSatisfy { !$0.isFinite } }
  }

  package var epoch: Int
  package var step: Int
  package var split: Gauge.Split
  /// Samples that every row was measured on.
  package var samples: Int
  /// The quantized sites, in the order of the network.
  package var sites: [String]
  /// Those whose w was varied; the others kept theirs.
  package var swept: [String]
  /// With rising w; the last is w = infinity.
  package var rows: [Row]

  package init(
    epoch: Int, step: Int, split: Gauge.Split, samples: Int, sites: [String], swept: [String],
    rows: [Row]
  ) {
    self.epoch = epoch
    self.step = step
    self.split = split
    self.samples = samples
    self.sites = sites
    self.swept = swept
    self.rows = rows
  }
}

/// What a sweep is to go over, and on which data.
package struct SweepPlan: Sendable, Equatable {
  package enum Grid: Sendable, Equatable {
    /// What the trained w of each swept site is multiplied by.
    case multiples([Double])
    /// w of the one swept site.
    case resolutions([Double])
  }

  /// The swept sites; empty for all.
  package var sites: [String]
  package var grid: Grid
  package var split: Gauge.Split
  package var draws: Int
  /// Most samples to measure on, the first of the split; `nil` for all.
  package var limit: Int?

  package init(
    sites: [String] = [], grid: Grid = .standard, split: Gauge.Split, draws: Int,
    limit: Int? = nil
  ) {
    self.sites = sites
    self.grid = grid
    self.split = split
    self.draws = draws
    self.limit = limit
  }
}

extension SweepPlan.Grid {
  /// From three bits below the trained resolution to five above.
  package static let standard = SweepPlan.Grid.multiples(standardFactors)
  package static let standardFactors = (-3...5).map {
    Double(sign: .plus, exponent: $0, significand: 1)
  }
  package static let standardRange = 0.125...32.0

  /// `count` values from the lower to the upper bound whose ratios are equal.
  package static func geometric(_ range: ClosedRange<Double>, count: Int) -> [Double] {
    let ratio = range.upperBound / range.lowerBound
    guard count > 1, ratio > 1 else { return [range.lowerBound] }
    let schedule = ScheduleShape.geometric(start: range.lowerBound, end: range.upperBound)
    return (0..<count).map { index in
      let progress = Double(index) / Double(count - 1)
      return index == count - 1
        ? range.upperBound : schedule.value(progress: progress, elapsed: 0)
    }
  }
}
