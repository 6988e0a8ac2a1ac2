import Golden

/// Counts of a network near those of a trial as the specification of ST-RSBP (1.6 and 2.2) has them,
///
///     e_lj = e0 + g (o_l - o_l0) + r (o_j - o_j0),  a_l = sum over synapses of W e,  o = o0 + (a - a0) / nu
///
/// with e0, g and r held: an implicit system in all counts at once, of which the full gradient is the
/// exact derivative.
struct ImplicitCounts {
  /// Layers on the way back of the trial, for e0, g, r and c.
  let layers: [ReferenceSpikingErrors]
  let network: ReferenceSpikingNetwork

  /// The loss by counts, linear about the trial: the sum of c (o - o0), of weights near the network's.
  func loss(_ moved: ReferenceSpikingNetwork) -> Double {
    let changes = countChanges(moved)
    return zip(layers[layers.count - 1].errors, changes[layers.count - 1])
      .reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// o - o0 of each layer, by damped iteration.
  private func countChanges(_ moved: ReferenceSpikingNetwork) -> [[Double]] {
    var below: [Double]?
    return layers.indices.map { index in
      let start = total(index, network, layers[index].delta.map { _ in 0 }, nil)
      var changes = layers[index].delta.map { _ in 0.0 }
      for _ in 0..<300 {
        let totals = total(index, moved, changes, below)
        for unit in changes.indices {
          let next = (totals[unit] - start[unit]) / network.layers[index].threshold
          changes[unit] += 0.5 * (next - changes[unit])
        }
      }
      below = changes
      return changes
    }
  }

  /// a of a layer at changed counts of its own and of the layer below.
  private func total(
    _ index: Int, _ network: ReferenceSpikingNetwork, _ own: [Double], _ below: [Double]?
  ) -> [Double] {
    let (layer, weights) = (layers[index], network.layers[index])
    return own.indices.map { l in
      var sum = 0.0
      for (j, weight) in weights.forward[l].enumerated() {
        let e = layer.responses[l][j] + layer.slopes[l][j] * own[l]
        sum += weight * (e + layer.ratios[l][j] * (below?[j] ?? 0))
      }
      guard let recurrent = weights.recurrent, let responses = layer.recurrentResponses,
        let slopes = layer.recurrentSlopes, let ratios = layer.recurrentRatios
      else { return sum }
      for (p, weight) in recurrent[l].enumerated() {
        sum += weight * (responses[l][p] + slopes[l][p] * own[l] + ratios[l][p] * own[p])
      }
      return sum
    }
  }

  /// The derivative of the loss by one weight, by central differences.
  func slope(
    _ path: WritableKeyPath<ReferenceSpikingNetwork, Double>, step: Double = 1e-4
  ) -> Double {
    var (up, down) = (network, network)
    up[keyPath: path] += step
    down[keyPath: path] -= step
    return (loss(up) - loss(down)) / (2 * step)
  }
}
