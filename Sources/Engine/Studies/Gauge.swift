/// One named series of numbers that a study shows while it advances.
///
/// The `id` is a dotted path. Readings of training steps carry it as it is (`loss`, `w.m`,
/// `rate.h`); results of an evaluation carry it without the leading split
/// (`validation.spiking.accuracy` arrives as `spiking.accuracy` of split `validation`).
package struct Gauge: Sendable, Equatable, Codable {
  /// What a gauge measures; a view shows the gauges of one group in one panel.
  package enum Group: String, Sendable, Codable, CaseIterable {
    case loss, accuracy, rate, bits, resolution, learningRate, other
  }

  /// Which data a gauge is measured on.
  package enum Split: String, Sendable, Codable, CaseIterable {
    case training, validation, test
  }

  /// Whether the network was run with its quantizers (`spiking`) or at infinite resolution.
  package enum Regime: String, Sendable, Codable {
    case spiking, nonSpiking
  }

  /// The axis that suits the values.
  package enum Scale: String, Sendable, Codable {
    case linear, logarithmic
  }

  package var id: String
  package var title: String
  /// Unit as shown beside a value, empty for pure numbers.
  package var unit: String
  package var group: Group
  package var split: Split
  package var regime: Regime?
  /// The quantized signal (`h`, `m`, `u`) that the gauge belongs to, if to one.
  package var site: String?
  /// For gauges of group `bits`: which bit metric of ``BitMetric`` it is.
  package var metric: BitMetric?
  package var scale: Scale
  /// Natural limits of the values, such as 0...1 for an accuracy.
  package var limits: ClosedRange<Double>?

  package init(
    id: String, title: String, unit: String = "", group: Group, split: Split = .training,
    regime: Regime? = nil, site: String? = nil, metric: BitMetric? = nil,
    scale: Scale = .linear, limits: ClosedRange<Double>? = nil
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    self.group = group
    self.split = split
    self.regime = regime
    self.site = site
    self.metric = metric
    self.scale = scale
    self.limits = limits
  }
}

/// The measures of how much a quantized activation says, as defined on its integer counts `n`.
///
/// Names and definitions are those of the hybrid-spiking specification, section 6.1. All are
/// means over the units of a site.
package enum BitMetric: String, Sendable, Codable, CaseIterable {
  /// log2(max n - min n + 1) per unit.
  case bitsRange
  /// log2 of the number of distinct values per unit.
  case bitsDistinct
  /// Entropy of the empirical distribution of n per unit.
  case bitsEntropy
  /// log2 of the levels that the resolution allows; needs no data.
  case bitsCapacity
  /// Mean bit length of |n|.
  case significantBits
  /// Mean bit length of |n| plus a sign bit on non-zero values of signed sites.
  case significantBitsSigned
  /// Mean number of one-bits of |n|.
  case popcount
  /// Mean |n| per unit and step.
  case spikeRate
  /// Share of n = 0.
  case zeroFraction
}
