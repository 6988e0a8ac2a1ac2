/// The memory of a ``FeedForwardNetwork`` for a batch in shards, and its run forward and backward.
///
/// Shards run side by side up to the next layer that needs the whole batch, such as batch
/// normalization; there their parts are joined in fixed order. So results depend on the number of
/// shards, never on the number of threads. A run allocates nothing of its own.
package final class FeedForwardPass: @unchecked Sendable {
  package let network: FeedForwardNetwork
  let shards: Int
  /// One for each shard; those that belong to the whole batch are in the first.
  package let gradients: [ParameterSlab]
  private let memory: [FeedForwardMemory]
  private let passes: [(any FeedForwardLayerPass)?]
  /// Nodes between two joins, and what is joined at the first node of each but the first.
  private let stages: [Range<Int>]
  private let joins: [any JoinedLayerPass]
  private let team: ThreadTeam
  private var runShard: @Sendable (Int) -> Void = { _ in }
  /// Fills the input of a shard.
  package var load: (_ shard: Int, _ input: Matrix) -> Void = { _, _ in }
  /// Is given the output of a shard and fills in the derivative of the loss by it.
  package var turn: (_ shard: Int, _ output: Matrix, _ gradient: Matrix) -> Void = { _, _, _ in }
  private var work: Work

  private struct Work {
    var rows = 0
    var context: FeedForwardContext
    var stage = 0
    var isBackward = false
    var goesBack = false
  }

  /// For batches of up to `rows` samples.
  package init(
    _ network: FeedForwardNetwork, rows: Int, shards: Int, team: ThreadTeam,
    weights: ParameterSlab, needsInputGradient: Bool = false, in workspace: Workspace
  ) {
    self.network = network
    self.shards = min(shards, rows)
    self.team = team
    let perShard = (rows + self.shards - 1) / self.shards
    let count = self.shards
    gradients = (0..<count).map { _ in ParameterSlab(network.layout) }
    memory = (0..<count).map { _ in
      FeedForwardMemory(
        network, rows: perShard, needsInputGradient: needsInputGradient, in: workspace)
    }
    let passes = network.nodes.map { node -> (any FeedForwardLayerPass)? in
      guard case .layer(let layer) = node.work else { return nil }
      return layer.makePass(shards: count, rows: perShard, in: workspace)
    }
    let joined = passes.indices.filter { passes[$0] is any JoinedLayerPass }
    joins = joined.compactMap { passes[$0] as? any JoinedLayerPass }
    self.passes = passes
    stages = zip([0] + joined, joined + [passes.count]).map { $0..<$1 }
    work = Work(context: FeedForwardContext(weights: weights, activation: .rectified))
    // Made once: a closure made for every run would be an allocation a run.
    runShard = { [unowned self] shard in
      if work.isBackward { goBack(from: work.stage, shard) } else { goForward(work.stage, shard) }
    }
  }

  /// Runs `rows` samples forward, and backward where `goesBack`, which overwrites ``gradients`` of
  /// the first ``activeShards`` shards.
  package func run(rows: Int, context: FeedForwardContext, goesBack: Bool) {
    work.rows = rows
    work.context = context
    work.context.shardSize = shardSize
    work.goesBack = goesBack
    work.isBackward = false
    for stage in stages.indices {
      if stage > 0 { joins[stage - 1].join(shards: activeShards, context: context) }
      work.stage = stage
      team.run(pieces: activeShards, runShard)
    }
    guard goesBack else { return }
    work.isBackward = true
    for stage in stages.indices.dropFirst().reversed() {
      joins[stage - 1].joinBackward(
        shards: activeShards, context: context, gradients: gradients[0])
      work.stage = stage
      team.run(pieces: activeShards, runShard)
    }
  }

  private var shardSize: Int { (work.rows + shards - 1) / shards }
  /// Shards of the present batch that have samples.
  package var activeShards: Int {
    work.rows == 0 ? 0 : (work.rows + shardSize - 1) / shardSize
  }

  /// Samples of the present batch that a shard has.
  package func rows(ofShard shard: Int) -> Range<Int> {
    shard * shardSize..<min((shard + 1) * shardSize, work.rows)
  }

  /// A value of the present batch.
  package func value(_ index: Int, shard: Int) -> Matrix {
    memory[shard].value(index, rows: rows(ofShard: shard).count)
  }

  /// The derivative of the loss of the present batch by a value; `nil` of the input, where it was
  /// not asked for.
  func gradient(_ index: Int, shard: Int) -> Matrix? {
    memory[shard].gradient(index, rows: rows(ofShard: shard).count)
  }

  /// The derivative by the input, where it was asked for.
  package func inputGradient(shard: Int) -> Matrix? {
    gradient(0, shard: shard)
  }

  // MARK: A shard

  private func goForward(_ stage: Int, _ shard: Int) {
    let (memory, count) = (memory[shard], rows(ofShard: shard).count)
    if stage == 0 { load(shard, memory.value(0, rows: count)) }
    for index in stages[stage] {
      memory.forward(
        index, pass: passes[index], rows: count, shard: shard, context: work.context)
    }
    guard stage == stages.count - 1 else {
      let input = network.nodes[stages[stage + 1].lowerBound].input
      joins[stage].measure(
        memory.value(input, rows: count), shard: shard, context: work.context)
      return
    }
    let last = network.nodes.count
    guard let gradient = memory.gradient(last, rows: count) else { return }
    turn(shard, memory.value(last, rows: count), gradient)
    if work.goesBack { leave(stage, shard) }
  }

  /// The way back through the node that was joined at the beginning of `stage`, and on to the
  /// beginning of the stage before.
  private func goBack(from stage: Int, _ shard: Int) {
    backward(stages[stage].lowerBound, shard)
    leave(stage - 1, shard)
  }

  /// The way back through a stage, up to measuring at its first node.
  private func leave(_ stage: Int, _ shard: Int) {
    let nodes = stages[stage]
    let own = stage == 0 ? nodes : nodes.dropFirst()
    for index in own.reversed() { backward(index, shard) }
    guard stage > 0 else { return }
    let (first, count) = (nodes.lowerBound, rows(ofShard: shard).count)
    guard let gradient = memory[shard].gradient(first + 1, rows: count) else { return }
    joins[stage - 1].measureBackward(
      gradient, input: memory[shard].value(network.nodes[first].input, rows: count), shard: shard)
  }

  private func backward(_ index: Int, _ shard: Int) {
    memory[shard].backward(
      index, pass: passes[index], rows: rows(ofShard: shard).count, shard: shard,
      context: work.context, gradients: gradients[shard])
  }
}
