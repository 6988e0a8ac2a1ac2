extension ReferenceNRU {
  /// Gradients of a loss.
  package struct Gradients: Sendable, Equatable {
    package var weights: Weights
    /// [step][input]
    package var x: [[Double]]
  }

  /// Gradients of the sum of hiddenGradient . hq over all steps.
  ///
  /// The quantizers are held as they were in the run, with the slopes of their surrogates around
  /// there; hq = h + constant is what passing gradients straight through means (section 1.6). The
  /// rest is differentiated by fourth-order central differences, of small steps since a ReLU has
  /// corners.
  package func gradients(
    _ x: [[Double]], from voltages: Pair<[Double]>, hiddenGradient: [[Double]]
  ) -> Gradients {
    let trace = forward(x, from: voltages)
    var gradients = Gradients(weights: weights, x: x)
    for part in Weights.parts {
      for index in weights[keyPath: part].indices {
        gradients.weights[keyPath: part][index] = Self.slope { change in
          var changed = self
          changed.weights[keyPath: part][index] += change
          return changed.loss(x, trace, hiddenGradient)
        }
      }
    }
    for step in x.indices {
      for input in x[step].indices {
        gradients.x[step][input] = Self.slope { change in
          var changed = x
          changed[step][input] += change
          return loss(changed, trace, hiddenGradient)
        }
      }
    }
    return gradients
  }

  private func loss(
    _ x: [[Double]], _ held: Pair<Signal>, _ hiddenGradient: [[Double]]
  ) -> Double {
    var (hiddenStep, memoryStep) = (0, 0)
    var loss = 0.0
    run(x) { state in
      let output = held.h.output(state, at: hiddenStep)
      loss += zip(output, hiddenGradient[hiddenStep]).reduce(0) { $0 + $1.0 * $1.1 }
      hiddenStep += 1
      return output
    } memoryQuantizer: { state in
      defer { memoryStep += 1 }
      return held.m.output(state, at: memoryStep)
    }
    return loss
  }

  private static func slope(_ function: (Double) -> Double) -> Double {
    let step = 1e-6
    let near = function(step) - function(-step)
    let far = function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }
}

extension ReferenceNRU.Signal {
  /// What a state near that of the run becomes.
  fileprivate func output(_ state: [Double], at step: Int) -> [Double] {
    state.indices.map {
      outputs[step][$0] + slopes[step][$0] * (state[$0] - states[step][$0])
    }
  }
}
