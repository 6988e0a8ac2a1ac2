import Engine
import TestSupport

/// One run of a network forward and backward on random numbers, with the loss sum c_i y_i, and the
/// same by central differences of a ``ReferenceNetwork``.
final class NetworkRun {
  let network: FeedForwardNetwork
  let weights: ParameterSlab
  let activation: FeedForwardActivation
  let samples: Int
  /// Sample by sample.
  var input: [Double]
  let coefficients: [Double]
  private let pass: FeedForwardPass
  private let team: ThreadTeam

  init(
    _ network: FeedForwardNetwork, samples: Int = 6, shards: Int = 2, threads: Int = 2,
    activation: FeedForwardActivation = .rectified, seed: UInt64 = 1
  ) {
    var generator = SeededGenerator(seed)
    let random = { (count: Int, generator: inout SeededGenerator) in
      generator.uniforms(count, in: -2..<2).map { Double(Float($0)) }
    }
    self.network = network
    self.activation = activation
    self.samples = samples
    weights = network.makeWeights(seed: seed)
    let flat = weights.flat
    for entry in network.layout.entries where entry.role != .statistic {
      let numbers = generator.uniforms(entry.count, in: 0.2..<0.9)
      for (place, number) in numbers.enumerated() {
        let sign: Float = entry.name.hasSuffix(".gain") || generator.below(2) == 0 ? 1 : -1
        flat[0, entry.offset + place] = sign * Float(number)
      }
    }
    input = random(samples * network.input.count, &generator)
    coefficients = random(samples * network.classes, &generator)
    team = ThreadTeam(threads: threads)
    pass = FeedForwardPass(
      network, rows: samples, shards: shards, team: team, weights: weights,
      needsInputGradient: true, in: Workspace())
    pass.load = { [unowned self] shard, matrix in copy(input, to: matrix, shard: shard) }
    pass.turn = { [unowned self] shard, _, gradient in
      copy(coefficients, to: gradient, shard: shard)
    }
  }

  deinit { team.end() }

  func run(isTraining: Bool = true) {
    pass.run(
      rows: samples,
      context: FeedForwardContext(
        weights: weights, activation: activation, isTraining: isTraining), goesBack: true)
  }

  private func copy(_ numbers: [Double], to matrix: Matrix, shard: Int) {
    let rows = pass.rows(ofShard: shard)
    let area = matrix.columns / rows.count
    for (row, sample) in rows.enumerated() {
      for channel in 0..<matrix.rows {
        for place in 0..<area {
          matrix[channel, row * area + place] =
            Float(numbers[(sample * matrix.rows + channel) * area + place])
        }
      }
    }
  }

  /// Shards one after another, sample by sample.
  private func gathered(_ matrix: (Int) -> Matrix?) -> [Double] {
    (0..<pass.activeShards).flatMap { shard -> [Double] in
      guard let matrix = matrix(shard) else { return [] }
      let rows = pass.rows(ofShard: shard).count
      let area = matrix.columns / rows
      return (0..<rows).flatMap { row in
        (0..<matrix.rows).flatMap { channel in
          (0..<area).map { Double(matrix[channel, row * area + $0]) }
        }
      }
    }
  }

  var output: [Double] { gathered { pass.value(network.nodes.count, shard: $0) } }
  var inputGradient: [Double] { gathered { pass.inputGradient(shard: $0) } }

  /// Of all shards, as one row of the layout.
  var gradient: [Float] {
    let parts = pass.gradients.prefix(pass.activeShards).map(\.flat.array)
    return parts.dropFirst().reduce(parts[0]) { zip($0, $1).map(+) }
  }

  var reference: ReferenceNetwork { ReferenceNetwork(network, weights, activation) }

  /// The derivative by input `index` by central differences.
  func difference(byInput index: Int, _ reference: ReferenceNetwork) -> Double {
    difference { step in
      var moved = input
      moved[index] += step
      return loss(reference.output(moved))
    }
  }

  /// The derivative by number `index` of a parameter by central differences.
  func difference(by name: String, _ index: Int, _ reference: ReferenceNetwork) -> Double {
    difference { step in
      var moved = reference
      moved.parameters[name]?[index] += step
      return loss(moved.output(input))
    }
  }

  private func loss(_ output: [Double]) -> Double {
    zip(output, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func difference(_ loss: (Double) -> Double) -> Double {
    let step = 1e-6
    return (loss(step) - loss(-step)) / (2 * step)
  }
}
