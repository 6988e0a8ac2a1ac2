import Engine

/// One run forward and backward of the engine's layer of self-learnable activations, in Float32.
final class SelfLearnableRun {
  let layer: SelfLearnableActivation
  let weights: ParameterSlab
  private let network: FeedForwardNetwork
  private let team = ThreadTeam(threads: 1)
  private let shards: Int

  /// With `neurons` of a dense layer.
  init(
    _ configuration: SelfLearnableConfiguration, neurons: Int, shards: Int = 2
  ) throws {
    var builder = FeedForwardBuilder(input: ImageShape(channels: neurons))
    try builder.selfLearnable(configuration)
    network = builder.makeNetwork()
    guard case .layer(let added) = network.nodes[0].work,
      let layer = added as? SelfLearnableActivation
    else { preconditionFailure("the builder adds the layer that it is asked for") }
    self.layer = layer
    self.shards = shards
    weights = network.makeWeights(seed: 1)
  }

  deinit { team.end() }

  func set(_ handle: ParameterHandle?, _ numbers: [Double]) {
    guard let handle, weights[handle].count == numbers.count else { return }
    weights[handle].set(numbers.map { Float($0) })
  }

  struct Result {
    var outputs: [Double] = []
    var inputGradients: [Double] = []
    fileprivate var gradient: ParameterSlab?

    func gradient(_ handle: ParameterHandle?) -> [Double] {
      guard let handle, let gradient else { return [] }
      return gradient[handle].array.map(Double.init)
    }
  }

  /// Of [sample][neuron].
  func run(_ x: [[Double]], upstream: [[Double]]? = nil, isTraining: Bool = true) -> Result {
    let pass = FeedForwardPass(
      network, rows: x.count, shards: shards, team: team, weights: weights,
      needsInputGradient: true, in: Workspace(blockSize: 1 << 12))
    pass.load = { shard, matrix in
      self.copy(x[pass.rows(ofShard: shard)], to: matrix)
    }
    pass.turn = { shard, _, matrix in
      if let upstream { self.copy(upstream[pass.rows(ofShard: shard)], to: matrix) }
    }
    pass.run(
      rows: x.count,
      context: FeedForwardContext(weights: weights, activation: .rectified, isTraining: isTraining),
      goesBack: upstream != nil)
    var result = Result()
    for shard in 0..<pass.activeShards {
      result.outputs += gathered(pass.value(1, shard: shard))
      if let matrix = pass.inputGradient(shard: shard) { result.inputGradients += gathered(matrix) }
    }
    for shard in 1..<max(pass.activeShards, 1) {
      pass.gradients[0].flat.add(pass.gradients[shard].flat)
    }
    result.gradient = pass.gradients[0]
    (pass.load, pass.turn) = ({ _, _ in }, { _, _, _ in })
    return result
  }

  private func copy(_ rows: ArraySlice<[Double]>, to matrix: Matrix) {
    for (column, row) in rows.enumerated() {
      for (channel, number) in row.enumerated() { matrix[channel, column] = Float(number) }
    }
  }

  private func gathered(_ matrix: Matrix) -> [Double] {
    (0..<matrix.columns).flatMap { column in
      (0..<matrix.rows).map { Double(matrix[$0, column]) }
    }
  }
}
