/// A measurement of the network over a whole split, done batch by batch: once without
/// quantizers, then several times with them (one draw of the initial voltages each).
struct EvaluationTask {
  /// One run over the split.
  private struct Run {
    /// `nil` for the run without quantizers.
    var draw: Int?
    var loss = 0.0
    var correct = 0
  }

  let split: Gauge.Split
  /// Resolutions at which the quantizers are measured.
  let resolutions: [Float]
  private let total: Int
  private var runs: [Run]
  private var run = 0
  private var position = 0

  /// `draws` is 0 where the network has no quantizers; the run without them may be left out where
  /// there are draws.
  init(
    split: Gauge.Split, count: Int, draws: Int, resolutions: [Float], hasNonSpiking: Bool = true
  ) {
    self.split = split
    self.resolutions = resolutions
    total = count
    // Spikes last, so that what can be looked at afterwards shows them.
    runs = (0..<draws).map { Run(draw: $0) }
    if hasNonSpiking || draws == 0 { runs.insert(Run(draw: nil), at: 0) }
  }

  var isDone: Bool { run == runs.count || total == 0 }

  var progress: EvaluationProgress {
    EvaluationProgress(split: split, done: run * total + position, total: runs.count * total)
  }

  /// Runs one batch. The counts of the first draw are metered.
  mutating func advance(_ trainer: Trainer) {
    guard !isDone else { return }
    if run == 0 && position == 0 { trainer.resetMeters() }
    let end = min(position + trainer.configuration.batch, total)
    let draw = runs[run].draw
    let bypass = resolutions.map { _ in Float.infinity }
    let result = trainer.evaluate(
      position..<end, split: split, draw: draw ?? 0,
      resolutions: draw == nil ? bypass : resolutions, isMetered: draw == 0)
    runs[run].loss += result.loss
    runs[run].correct += result.correct
    position = end
    if position == total {
      position = 0
      run += 1
    }
  }

  /// The scores, with the metrics of every quantized site; call when done.
  func metrics(_ trainer: Trainer) -> [Reading] {
    guard total > 0 else { return [] }
    let spiking = runs.filter { $0.draw != nil }
    var readings: [Reading] = []
    if !spiking.isEmpty {
      let accuracies = spiking.map { Double($0.correct) / Double(total) }
      let mean = accuracies.reduce(0, +) / Double(accuracies.count)
      readings += [
        Reading("spiking.accuracy", mean),
        Reading("spiking.spread", Self.deviation(accuracies, mean)),
        Reading("spiking.draws", Double(accuracies.count)),
        Reading(
          "spiking.loss", spiking.reduce(0) { $0 + $1.loss } / Double(total * spiking.count)),
      ]
    }
    for run in runs where run.draw == nil {
      readings += [
        Reading("nonSpiking.accuracy", Double(run.correct) / Double(total)),
        Reading("nonSpiking.loss", run.loss / Double(total)),
      ]
    }
    return readings + siteMetrics(trainer)
  }

  /// Standard deviation of the draws' accuracies (of a sample; 0 for a single draw).
  private static func deviation(_ values: [Double], _ mean: Double) -> Double {
    guard values.count > 1 else { return 0 }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  private func siteMetrics(_ trainer: Trainer) -> [Reading] {
    var readings: [Reading] = []
    var weighted: [WeightedMetrics.Site] = []
    for (index, signal) in trainer.network.recurrent.sites.enumerated() {
      guard resolutions[index].isFinite, let metrics = trainer.metrics(ofSite: index) else {
        continue
      }
      readings += metrics.values.map { Reading("sites.\(signal.id).\($0)", $1) }
      if let capacity = signal.capacity(at: Double(resolutions[index])) {
        readings.append(Reading("sites.\(signal.id).\(BitMetric.bitsCapacity)", capacity))
      }
      weighted.append(
        WeightedMetrics.Site(metrics: metrics, units: signal.units, fanOut: signal.fanOut))
    }
    return readings + weightedMetrics(weighted) + operations(trainer)
  }

  private func weightedMetrics(_ sites: [WeightedMetrics.Site]) -> [Reading] {
    guard !sites.isEmpty else { return [] }
    let metrics = WeightedMetrics(sites)
    return sites[0].metrics.values.indices.map { index in
      Reading(
        "weighted.\(sites[0].metrics.values[index].0)",
        metrics.weighted { $0.values[index].1 })
    }
  }

  /// What one sequence takes, and the energy of that.
  private func operations(_ trainer: Trainer) -> [Reading] {
    let sites = trainer.network.recurrent.sites.enumerated().map {
      index, signal -> OperationCounts.Site? in
      guard resolutions[index].isFinite, let metrics = trainer.metrics(ofSite: index),
        let lastStep = trainer.lastStepMetrics(ofSite: index)
      else { return nil }
      return OperationCounts.Site(
        units: signal.units, kind: signal.site.kind, metrics: metrics, lastStep: lastStep)
    }
    let counts = OperationCounts(
      trainer.network.work, sites: sites, steps: trainer.problem.steps)
    let energy = EnergyEstimates(
      counts, constants: trainer.configuration.evaluation.energy)
    return counts.readings.map { Reading("operations.\($0.path)", $0.count) }
      + energy.readings.map { Reading("energy.\($0.path)", $0.value) }
  }
}

extension QuantizedSignal {
  /// bitsCapacity: log2 of ceil(w hi) - floor(w lo) + 1, for bounded activities and the kinds of
  /// quantizers whose counts are the integers around w a.
  func capacity(at w: Double) -> Double? {
    guard let bounds, w.isFinite, [.diffused, .stochastic].contains(site.kind) else { return nil }
    return Quantizer.capacity(w: w, bounds: bounds)
  }
}
