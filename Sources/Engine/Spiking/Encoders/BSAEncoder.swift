import Foundation

/// Ben's spiker algorithm (B. Schrauwen and J. Van Campenhout 2003) as the speech experiments use it
/// (specification of the spiking networks, 5.5): a spike wherever taking the kernel away from the
/// signal brings it nearer to 0. Double precision, sums in order, so that spikes are the same
/// everywhere.
package struct BSAEncoder: Sendable, Equatable {
  /// Steps that each frame is held.
  package var holding: Int
  /// What values are multiplied by.
  package var scale: Double
  /// By how much the error must shrink.
  package var threshold: Double

  package init(holding: Int = 10, scale: Double = 2000, threshold: Double = 0.6) {
    self.holding = holding
    self.scale = scale
    self.threshold = threshold
  }

  private static let length = 24

  /// A Gaussian around its twelfth place that sums to 1.
  package static let kernel: [Double] = {
    let values = (0..<length).map { place in
      let distance = Double(place) - 12
      return exp(-distance * distance / 25)
    }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
  }()

  /// The steps in which one channel fires, ascending, from 1 to below `steps`.
  package func spikes(_ frames: some Sequence<Double>, steps: Int) -> [Int] {
    var signal: [Double] = []
    for value in frames {
      for _ in 0..<holding { signal.append(value * scale) }
    }
    // Spikes come one step late; what happens after the last one in time moves none before.
    let places = max(min(signal.count, steps - 1), 0)
    signal.append(contentsOf: repeatElement(0, count: Self.length))
    var spikes: [Int] = []
    signal.withUnsafeMutableBufferPointer { signal in
      Self.kernel.withUnsafeBufferPointer { kernel in
        for place in 0..<places where isSpike(signal, kernel, place) {
          for offset in 0..<Self.length { signal[place + offset] -= kernel[offset] }
          spikes.append(place + 1)
        }
      }
    }
    return spikes
  }

  private func isSpike(
    _ signal: UnsafeMutableBufferPointer<Double>, _ kernel: UnsafeBufferPointer<Double>,
    _ place: Int
  ) -> Bool {
    var (with, without) = (0.0, 0.0)
    for offset in 0..<Self.length {
      with += abs(signal[place + offset] - kernel[offset])
      without += abs(signal[place + offset])
    }
    return with < without - threshold
  }

  /// The trains of all channels of an ear.
  package func trains(_ ear: Cochleagram, steps: Int) -> SpikeTrains {
    SpikeTrains(
      steps: steps,
      times: (0..<ear.channels).map { spikes(ear.channel($0), steps: steps) })
  }
}
