import Engine

/// One training step of a ``ReferenceSelfLearnableNetwork`` by the engine's layers and optimizer, in
/// Float32.
final class SelfLearnableStepRoute {
  private let reference: ReferenceSelfLearnableNetwork
  private let network: FeedForwardNetwork
  private let team = ThreadTeam(threads: 1)

  init(_ reference: ReferenceSelfLearnableNetwork) throws {
    self.reference = reference
    var builder = FeedForwardBuilder(input: ImageShape(channels: reference.inputs))
    builder.dense(reference.hidden, hasBias: true)
    try builder.selfLearnable(.paper(degree: reference.parts[2].count))
    builder.dense(1, hasBias: true)
    network = builder.makeNetwork()
  }

  deinit { team.end() }

  private var entries: [ParameterLayout.Entry] {
    network.layout.entries.filter { $0.role != .statistic }
  }

  /// Places of a [in][out] matrix in one that is [out][in], of the first part alone.
  private func place(_ part: Int, _ index: Int) -> Int {
    let hidden = reference.hidden
    return part == 0 ? index % hidden * reference.inputs + index / hidden : index
  }

  private func parts(_ slab: ParameterSlab) -> [[Double]] {
    let flat = slab.flat.array
    return entries.enumerated().map { part, entry in
      (0..<entry.count).map { Double(flat[entry.offset + place(part, $0)]) }
    }
  }

  private func start() -> ParameterSlab {
    let weights = network.makeWeights(seed: 1)
    for (part, entry) in entries.enumerated() {
      for (index, number) in reference.parts[part].enumerated() {
        weights.flat[0, entry.offset + place(part, index)] = Float(number)
      }
    }
    return weights
  }

  /// The logits, the sum of all shards' gradients and the derivatives by the inputs.
  private func run(
    _ weights: ParameterSlab, _ x: [[Double]], _ targets: [Double]
  ) -> (logits: [Double], gradient: ParameterSlab, inputs: [Double]) {
    let pass = FeedForwardPass(
      network, rows: x.count, shards: 2, team: team, weights: weights, needsInputGradient: true,
      in: Workspace(blockSize: 1 << 12))
    var logits: [Double] = []
    pass.load = { shard, matrix in
      for (column, row) in x[pass.rows(ofShard: shard)].enumerated() {
        for (channel, number) in row.enumerated() { matrix[channel, column] = Float(number) }
      }
    }
    pass.turn = { shard, output, gradient in
      let found = output.array.map(Double.init)
      let own = pass.rows(ofShard: shard)
      let slopes = ReferenceSelfLearnableNetwork.upstream(found, Array(targets[own]))
      let share = Double(own.count) / Double(targets.count)
      gradient.set(slopes.map { Float($0 * share) })
      logits += found
    }
    pass.run(
      rows: x.count, context: FeedForwardContext(weights: weights, activation: .rectified),
      goesBack: true)
    var inputs: [Double] = []
    for shard in 0..<pass.activeShards {
      if shard > 0 { pass.gradients[0].flat.add(pass.gradients[shard].flat) }
      guard let matrix = pass.inputGradient(shard: shard) else { continue }
      for column in 0..<matrix.columns {
        inputs += (0..<matrix.rows).map { Double(matrix[$0, column]) }
      }
    }
    (pass.load, pass.turn) = ({ _, _ in }, { _, _, _ in })
    return (logits, pass.gradients[0], inputs)
  }

  func check(
    _ x: [[Double]], _ targets: [Double], _ file: GoldenValue, _ tolerance: GoldenTolerance,
    _ tally: inout GoldenTally,
    compare: ([[Double]], String, inout GoldenTally) throws -> Void
  ) throws {
    let first = run(start(), x, targets)
    try tally.compare(first.logits, file.value("logits"), tolerance, as: "engine")
    try tally.compare(first.inputs, file.value("dx"), tolerance, as: "engine")
    try compare(parts(first.gradient), "gradients", &tally)
    let rules: [(String, OptimizerRule, Double)] = [
      ("sgd", .momentum(0), 0.1),
      ("adam", .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), 0.01),
    ]
    for (key, rule, rate) in rules {
      let weights = start()
      let gradient = run(weights, x, targets).gradient
      var optimizer = Optimizer(
        OptimizerConfiguration(rule: rule, learningRate: Schedule(.hold(rate)), clipNorm: nil),
        layout: network.layout)
      optimizer.update(weights, with: gradient, norm: Optimizer.norm(gradient), rate: rate)
      if key == "adam" { try compare(parts(weights), "parameters_after_adam", &tally) }
      let loss = ReferenceSelfLearnableNetwork.loss(run(weights, x, targets).logits, targets)
      try tally.compare([loss], file.value("loss_after_\(key)"), tolerance, as: "engine")
    }
  }
}
