extension ReferenceNRU {
  /// Gradient of sum lastStep . hq_T by every weight.
  ///
  /// What the quantizers add is held as it was in the run, hq = h + constant, which is what
  /// passing gradients straight through means (section 1.6); the rest is differentiated by
  /// fourth-order central differences, of small steps since a ReLU has corners.
  package func gradients(
    _ x: [[Double]], from voltages: Pair<[Double]>, lastStep: [Double]
  ) -> Weights {
    let trace = forward(x, from: voltages)
    let offsets = Pair(h: trace.h.offsets, m: trace.m.offsets)
    var gradients = weights
    for part in Weights.parts {
      for index in weights[keyPath: part].indices {
        gradients[keyPath: part][index] = Self.slope { change in
          var changed = self
          changed.weights[keyPath: part][index] += change
          return changed.loss(x, offsets, lastStep)
        }
      }
    }
    return gradients
  }

  private func loss(
    _ x: [[Double]], _ offsets: Pair<[[Double]]>, _ lastStep: [Double]
  ) -> Double {
    var (hiddenStep, memoryStep) = (0, 0)
    var last: [Double] = []
    run(x) { state in
      last = zip(state, offsets.h[hiddenStep]).map { $0 + $1 }
      hiddenStep += 1
      return last
    } memoryQuantizer: { state in
      defer { memoryStep += 1 }
      return zip(state, offsets.m[memoryStep]).map { $0 + $1 }
    }
    return zip(last, lastStep).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func slope(_ function: (Double) -> Double) -> Double {
    let step = 1e-6
    let near = function(step) - function(-step)
    let far = function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }
}

extension ReferenceNRU.Signal {
  /// What the quantizer added at each step.
  fileprivate var offsets: [[Double]] {
    zip(outputs, states).map { zip($0, $1).map { $0 - $1 } }
  }
}
