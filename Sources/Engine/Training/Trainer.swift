/// A network, its data and its optimizer: does one optimizer step, or runs a batch for
/// evaluation, over shards that are joined in fixed order.
///
/// A training step allocates nothing of its own; oneDNN takes a work buffer for each product.
/// Results depend on the number of shards, never on the number of threads.
package final class Trainer: @unchecked Sendable {
  package let network: Network
  package let problem: any Problem
  let configuration: TrainingConfiguration
  package let weights: ParameterSlab
  package internal(set) var optimizer: CoefficientOptimizer
  let passes: [NetworkPass]
  /// One meter per shard and site, and the same for the last time step alone, in evaluation.
  private let meters: [[BitMeter]]
  private let lastStepMeters: [[BitMeter]]
  private let team: ThreadTeam
  private var work = Work()
  private var runShard: @Sendable (Int) -> Void = { _ in }
  /// Samples of the present batch, row by row.
  private let batch: UnsafeMutableBufferPointer<Int>

  /// What the shards are to do.
  private struct Work {
    var split = Gauge.Split.training
    var count = 0
    var isEvaluation = false
    /// Whether what happens before the last step is of no interest.
    var isLastStepEnough = false
    var draw = 0
    var meteredRows = 0
    /// Counts training steps, to meter only some where that means extra work.
    var turn = 0
    var resolutions: [Float] = []
  }

  /// The outcome of a batch: summed loss in nats, correct predictions, norm of the gradient of
  /// the mean loss (0 in evaluation).
  package struct BatchResult: Sendable, Equatable {
    package var loss = 0.0
    package var correct = 0
    package var count = 0
    package var gradientNorm = 0.0
  }

  /// Throws where passes, weights, gradients and moments take more than `availableMemory` bytes,
  /// before any of it is written.
  package init(
    network: Network, problem: any Problem, configuration: TrainingConfiguration, threads: Int,
    availableMemory: Int = AvailableMemory.bytes
  ) throws(TrainingSetupError) {
    self.network = network
    self.problem = problem
    self.configuration = configuration
    let shards = min(configuration.shards, configuration.batch)
    let rows = (configuration.batch + shards - 1) / shards
    let workspace = Workspace()
    passes = (0..<shards).map { _ in
      NetworkPass(network, problem: problem, rows: rows, in: workspace)
    }
    let needed =
      workspace.bytes
      + network.layout.count * MemoryLayout<Float>.stride * (passes.count + Self.slabsOfWeights)
    guard needed <= availableMemory else {
      throw .tooLarge(
        needed: needed, available: availableMemory, batch: configuration.batch,
        steps: problem.steps)
    }
    weights = network.makeWeights(seed: configuration.seed)
    do {
      optimizer = try CoefficientOptimizer(
        configuration.optimizer, training: configuration.coefficients,
        layers: network.recurrent.learnedActivations, layout: network.layout)
    } catch {
      throw .activations(error)
    }
    meters = passes.map { _ in network.recurrent.sites.map { BitMeter(units: $0.units) } }
    lastStepMeters = passes.map { _ in
      network.recurrent.sites.map { BitMeter(units: $0.units) }
    }
    batch = .allocate(capacity: configuration.batch)
    batch.initialize(repeating: 0)
    team = ThreadTeam(threads: min(threads, shards))
    work.resolutions = Array(repeating: .infinity, count: network.recurrent.sites.count)
    // Made once: a closure made for every step would be an allocation a step.
    runShard = { [unowned self] shard in self.run(shard) }
  }

  deinit {
    team.end()
    batch.deallocate()
  }

  /// Training steps for each that is metered where signals are formed only to be metered.
  private static let turnsPerExtraMetering = 16

  /// Weights and two moments; each shard has gradients of its own.
  private static let slabsOfWeights = 3

  /// Sequences of each shard whose counts are metered in training: few, so that the meters cost
  /// little beside the step.
  private var watchedRows: Int { max(1, (configuration.batch / passes.count) / 16) }

  /// One optimizer step on training samples `samples` (at most a batch).
  package func train(
    _ samples: ArraySlice<Int>, epoch: Int, resolutions: [Float], rate: Double
  ) -> BatchResult {
    prepare(samples, split: .training, draw: epoch, resolutions: resolutions)
    work.isEvaluation = false
    work.isLastStepEnough = true
    work.meteredRows = watchedRows
    work.turn += 1
    team.run(pieces: activeShards, runShard)
    var result = collect()
    guard result.loss.isFinite else { return result }
    let gradient = passes[0].gradients
    for shard in 1..<max(activeShards, 1) { gradient.add(passes[shard].gradients) }
    result.gradientNorm = Optimizer.norm(gradient)
    guard result.gradientNorm.isFinite else { return result }
    optimizer.update(weights, with: gradient, norm: result.gradientNorm, rate: rate)
    return result
  }

  /// Runs samples of `split` forward with draw `draw` of the initial voltages; their counts are
  /// metered when `isMetered`. The signals of all samples are there afterwards where `needsSignals`.
  package func evaluate(
    _ samples: Range<Int>, split: Gauge.Split, draw: Int, resolutions: [Float], isMetered: Bool,
    needsSignals: Bool = false
  ) -> BatchResult {
    prepare(samples, split: split, draw: draw, resolutions: resolutions)
    work.isEvaluation = true
    work.isLastStepEnough = !needsSignals && resolutions.allSatisfy { !$0.isFinite }
    work.meteredRows = isMetered ? .max : 0
    team.run(pieces: activeShards, runShard)
    return collect()
  }

  /// Runs training samples forward, so that what is in the passes can be looked at; nothing is
  /// metered, and nothing changes. Random quantizers draw for `epoch`.
  func look(at samples: ArraySlice<Int>, epoch: Int, resolutions: [Float]) {
    prepare(samples, split: .training, draw: epoch, resolutions: resolutions)
    work.isEvaluation = true
    work.isLastStepEnough = true
    work.meteredRows = 0
    team.run(pieces: activeShards, runShard)
  }

  /// Shard and row within it of row `row` of the present batch.
  func place(ofRow row: Int) -> (pass: NetworkPass, row: Int)? {
    guard row >= 0, row < work.count else { return nil }
    let (shard, row) = row.quotientAndRemainder(dividingBy: shardSize)
    return (passes[shard], row)
  }

  /// What a site has sent at all steps in the present batch, shard by shard.
  package func outputs(ofSite site: Int) -> [Float] {
    passes.prefix(activeShards).flatMap { $0.recurrent.signal(site).array }
  }

  /// Sequences of the present batch.
  var presentCount: Int { work.count }

  /// w * scale of each site in the present batch.
  var presentResolutions: [Float] { work.resolutions }

  /// Metrics of a site since the last reset, all shards together.
  func metrics(ofSite site: Int) -> SiteMetrics? { Self.metrics(meters.map { $0[site] }) }

  /// The same of the last time step of what was evaluated.
  func lastStepMetrics(ofSite site: Int) -> SiteMetrics? {
    Self.metrics(lastStepMeters.map { $0[site] })
  }

  private static func metrics(_ shards: [BitMeter]) -> SiteMetrics? {
    let total = BitMeter(units: shards[0].units)
    for shard in shards { total.add(shard) }
    return total.metrics()
  }

  /// What the meters of a site have seen since the last reset, all shards together.
  func meter(ofSite site: Int) -> BitMeter {
    let total = BitMeter(units: meters[0][site].units)
    for shard in meters { total.add(shard[site]) }
    return total
  }

  /// Goes on with meters that have seen something already; `false`, and nothing is metered, where
  /// it does not fit.
  func restoreMeter(ofSite site: Int, _ contents: [Float], observations: Int) -> Bool {
    for shard in meters { shard[site].reset() }
    return meters[0][site].take(contents, observations: observations)
  }

  /// Goes on after so many training steps.
  func restore(steps: Int) { work.turn = steps }

  func resetMeters() {
    for shard in meters + lastStepMeters { for meter in shard { meter.reset() } }
  }

  private var shardSize: Int { (work.count + passes.count - 1) / passes.count }
  var activeShards: Int {
    work.count == 0 ? 0 : (work.count + shardSize - 1) / shardSize
  }

  private func prepare(
    _ samples: some Collection<Int>, split: Gauge.Split, draw: Int, resolutions: [Float]
  ) {
    precondition(samples.count <= batch.count, "a batch fits the trainer")
    var row = 0
    for sample in samples {
      batch[row] = sample
      row += 1
    }
    work.split = split
    work.count = row
    work.draw = draw
    work.resolutions = resolutions
  }

  private func run(_ shard: Int) {
    let first = shard * shardSize
    let count = min(shardSize, work.count - first)
    let context = PassContext(
      resolutions: work.resolutions, seed: configuration.seed, draw: work.draw,
      lane: work.isEvaluation ? (work.split == .test ? 2 : 1) : 0,
      samples: UnsafeBufferPointer(rebasing: batch[first..<first + count]),
      isLastStepEnough: network.reading.isLastStepEnough && work.isLastStepEnough,
      needsSlopes: !work.isEvaluation)
    let pass = passes[shard]
    pass.forward(split: work.split, weights: weights, context: context)
    pass.measure(gradientScale: 1 / Float(work.count))
    if !work.isEvaluation { pass.backward(weights: weights) }
    meter(pass, shard: shard, rows: min(count, work.meteredRows))
  }

  private func meter(_ pass: NetworkPass, shard: Int, rows: Int) {
    let signalRows = pass.recurrent.signalRows
    let rows = min(rows, signalRows)
    let isExtraWork = signalRows < pass.rows
    guard rows > 0, !isExtraWork || work.turn % Self.turnsPerExtraMetering == 1 else { return }
    for (site, meter) in meters[shard].enumerated() {
      let w = work.resolutions[site]
      guard w.isFinite else { continue }
      let signal = pass.recurrent.signal(site)
      if work.isEvaluation {
        lastStepMeters[shard][site].add(
          signal.base + (problem.steps - 1) * signalRows * meter.units, w: w, rows: rows,
          stride: meter.units)
      }
      if rows == signalRows {
        meter.add(signal.base, w: w, rows: signal.rows, stride: meter.units)
        continue
      }
      for t in 0..<problem.steps {
        meter.add(
          signal.base + t * signalRows * meter.units, w: w, rows: rows, stride: meter.units)
      }
    }
  }

  /// Meters the present batch once more, all shards on this thread; to measure what that costs.
  package func meterAgain() {
    for (shard, pass) in passes.enumerated() { meter(pass, shard: shard, rows: watchedRows) }
  }

  private func collect() -> BatchResult {
    var result = BatchResult(count: work.count)
    for shard in 0..<activeShards {
      result.loss += passes[shard].loss
      result.correct += passes[shard].correct
    }
    return result
  }
}

extension ParameterSlab {
  /// Adds another slab of the same layout.
  func add(_ other: ParameterSlab) { flat.add(other.flat) }
}
