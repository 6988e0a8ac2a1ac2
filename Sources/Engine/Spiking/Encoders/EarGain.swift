import Foundation

/// A stage of the ear's automatic gain control (specification of the spiking networks, 5.4): each
/// channel is damped by its state, which follows how loud it and its neighbours have been.
package struct EarGain: Sendable {
  /// How quickly the state follows, a sample.
  package let epsilon: Double
  /// The level at which the output settles.
  package let target: Double
  package private(set) var state: [Double]
  private var earlier: [Double]

  private static let mostDamping = 0.9

  package init(epsilon: Double, target: Double, channels: Int) {
    self.epsilon = epsilon
    self.target = target
    state = Array(repeating: 0, count: channels)
    earlier = state
  }

  /// The four stages of the model one after another.
  static func stages(sampleRate: Int, channels: Int) -> [EarGain] {
    [(0.0032, 0.64), (0.0016, 0.16), (0.0008, 0.04), (0.0004, 0.01)].map { target, seconds in
      EarGain(
        epsilon: 1 - exp(-1 / (seconds * Double(sampleRate))), target: target, channels: channels)
    }
  }

  /// Replaces the values of all channels at a sample by the damped ones and moves the states on.
  package mutating func apply(_ values: UnsafeMutableBufferPointer<Double>) {
    swap(&state, &earlier)
    let last = values.count - 1
    let (gain, share) = (epsilon / target, (1 - epsilon) / 3)
    earlier.withUnsafeBufferPointer { old in
      state.withUnsafeMutableBufferPointer { new in
        for channel in 0...last {
          values[channel] = abs(values[channel] * (1 - old[channel]))
        }
        func next(_ channel: Int, _ left: Double, _ right: Double) -> Double {
          let level = values[channel] * gain + share * (left + old[channel] + right)
          return level < Self.mostDamping ? level : Self.mostDamping
        }
        guard last > 0 else {
          new[0] = next(0, old[0], old[0])
          return
        }
        new[0] = next(0, old[0], old[1])
        for channel in 1..<last { new[channel] = next(channel, old[channel - 1], old[channel + 1]) }
        new[last] = next(last, old[last - 1], old[last])
      }
    }
  }
}
