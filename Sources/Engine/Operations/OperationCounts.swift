/// What one inference takes: sums over all time steps of a sequence, means over sequences
/// (hybrid-spiking specification, section 6.1).
package struct OperationCounts: Sendable, Equatable {
  /// What is known of the outputs of a site while its quantizer is on.
  package struct Site: Sendable {
    package var units: Int
    package var kind: Quantizer
    /// Over all steps, and at the last one alone.
    package var metrics: SiteMetrics
    package var lastStep: SiteMetrics

    package init(units: Int, kind: Quantizer, metrics: SiteMetrics, lastStep: SiteMetrics) {
      self.units = units
      self.kind = kind
      self.metrics = metrics
      self.lastStep = lastStep
    }
  }

  /// The same as ``ElementwiseWork``, over a sequence.
  package struct Elementwise: Sendable, Equatable {
    package var multiplies = 0.0
    package var additions = 0.0
    package var functions = 0.0

    init(_ work: ElementwiseWork, times: Double) {
      multiplies = Double(work.multiplies) * times
      additions = Double(work.additions) * times
      functions = Double(work.functions) * times
    }
  }

  /// Weights met by a count that is not zero.
  package private(set) var events = 0.0
  /// Additions when a count of n is n unit spikes.
  package private(set) var unitOps = 0.0
  /// Additions of shifted weights, one for each one-bit of |n|.
  package private(set) var shiftAdds = 0.0
  /// Multiply-accumulates of the same weights without spikes.
  package private(set) var dense = 0.0
  /// Multiply-accumulates of weights that meet numbers which are no counts.
  package private(set) var macs = 0.0
  /// Element by element, of the cell and of its quantizers.
  package let elementwise: Elementwise
  package let quantizers: Elementwise
  package let neuronUpdates: Double
  package let biasReads: Double
  /// State variables times steps, without and with what quantizers keep.
  package let plainStateUpdates: Double
  package let stateUpdates: Double
  /// Whether any site sends counts.
  package let isSpiking: Bool

  /// `sites` in the layer's order, `nil` where the quantizer is off or bypassed.
  package init(_ work: LayerWork, sites: [Site?], steps: Int) {
    let times = Double(steps)
    isSpiking = sites.contains { $0 != nil }
    elementwise = Elementwise(work.elementwise, times: times)
    let quantizing = sites.compactMap { $0 }.reduce(ElementwiseWork()) { sum, site in
      (0..<site.units).reduce(sum) { sum, _ in sum + site.kind.work }
    }
    quantizers = Elementwise(quantizing, times: times)
    neuronUpdates = Double(work.neurons) * times
    biasReads = Double(work.biases) * times
    plainStateUpdates = Double(work.plainState) * times
    let voltages = sites.reduce(0) { $0 + ($1?.kind == .diffused ? $1?.units ?? 0 : 0) }
    stateUpdates = Double(work.plainState + voltages) * times
    for connection in work.connections { add(connection, sites, times) }
  }

  private mutating func add(_ connection: Connection, _ sites: [Site?], _ steps: Double) {
    let weights = Double(connection.weights)
    guard case .site(let index) = connection.source, let site = sites[index] else {
      macs += weights * connection.use.sum(all: 1, last: 1, steps: steps)
      return
    }
    func sum(_ metric: (SiteMetrics) -> Double) -> Double {
      weights
        * connection.use.sum(all: metric(site.metrics), last: metric(site.lastStep), steps: steps)
    }
    events += sum { 1 - $0.zeroFraction }
    unitOps += sum(\.spikeRate)
    shiftAdds += sum(\.popcount)
    dense += sum { _ in 1 }
  }

  /// By dotted paths; those of spikes only where there are any.
  var readings: [(path: String, count: Double)] {
    let spikes = [
      ("events", events), ("unitOps", unitOps), ("shiftAdds", shiftAdds), ("dense", dense),
    ]
    let quantizing = [
      ("quantizers.multiplies", quantizers.multiplies),
      ("quantizers.additions", quantizers.additions),
    ]
    return (isSpiking ? spikes : []) + [
      ("macs", macs), ("elementwise.multiplies", elementwise.multiplies),
      ("elementwise.additions", elementwise.additions),
      ("elementwise.functions", elementwise.functions),
    ] + (isSpiking ? quantizing : []) + [
      ("neuronUpdates", neuronUpdates), ("stateUpdates", stateUpdates),
    ]
  }
}

extension Connection.Use {
  /// The sum over the steps at which weights see their source, given its mean over all steps and
  /// its value at the last one: what is used after the first step was sent before the last.
  fileprivate func sum(all: Double, last: Double, steps: Double) -> Double {
    switch self {
    case .everyStep: all * steps
    case .afterFirst: all * steps - last
    case .lastStep: last
    }
  }
}
