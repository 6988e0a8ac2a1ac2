import Foundation

/// How strongly each place of the inner ear is moved over time.
package struct Cochleagram: Sendable, Equatable {
  package let channels: Int
  package let frames: Int
  /// Channel after channel, from high to low frequencies; 0 or above.
  package let values: [Double]

  package init(channels: Int, frames: Int, values: [Double]) {
    precondition(values.count == channels * frames)
    (self.channels, self.frames, self.values) = (channels, frames, values)
  }

  package func channel(_ channel: Int) -> ArraySlice<Double> {
    values[channel * frames..<(channel + 1) * frames]
  }
}

/// Lyon's passive ear model (specification of the spiking networks, 5.4): the cascade of
/// ``LyonFilters``, rectified, four stages of ``EarGain``, differences of neighbours, smoothed and
/// decimated. Double precision throughout.
package struct LyonEar: Sendable, Equatable {
  /// Samples of which a frame is made.
  package static let allowedDecimations = 1...100_000

  package let filters: LyonFilters
  package let decimation: Int
  /// Of the smoothing, a sample.
  private let epsilon: Double

  /// Time constant of the smoothing in frames.
  private static let smoothing = 3.0
  /// Front sections, whose outputs are no channels.
  private static let front = 2

  /// - Precondition: a rate of ``LyonFilters/allowedRates`` and a decimation of
  ///   ``allowedDecimations``.
  package init(sampleRate: Int, decimation: Int) {
    precondition(Self.allowedDecimations.contains(decimation))
    filters = LyonFilters(sampleRate: sampleRate)
    self.decimation = decimation
    epsilon = 1 - exp(-1 / (Self.smoothing * Double(decimation)))
  }

  package var channels: Int { filters.sections.count - Self.front }

  /// - Parameter samples: -1...1; those after the last whole frame are ignored
  package func cochleagram(of samples: [Double]) -> Cochleagram {
    let frames = samples.count / decimation
    var values = [Double](repeating: 0, count: channels * frames)
    var state = State(filters)
    for frame in 0..<frames {
      for sample in frame * decimation..<(frame + 1) * decimation {
        state.hear(samples[sample])
        if decimation > 1 { state.smooth(epsilon) }
      }
      for channel in 0..<channels {
        values[channel * frames + frame] =
          decimation > 1 ? state.smoothed[channel + Self.front] : state.moved[channel + Self.front]
      }
    }
    return Cochleagram(channels: channels, frames: frames, values: values)
  }

  /// All that the ear remembers from sample to sample; arrays are over sections.
  private struct State {
    let sections: [SecondOrderSection]
    var z1, z2: [Double]
    var gains: [EarGain]
    /// The differences of a sample.
    var moved: [Double]
    /// The smoothing filter's output, and what it remembers beside.
    var smoothed, pending: [Double]
    private var before: [Double]

    init(_ filters: LyonFilters) {
      sections = filters.sections
      let zeros = [Double](repeating: 0, count: sections.count)
      gains = EarGain.stages(sampleRate: filters.sampleRate, channels: sections.count)
      (z1, z2, moved, smoothed, pending, before) = (zeros, zeros, zeros, zeros, zeros, zeros)
    }

    mutating func hear(_ sample: Double) {
      filter(sample)
      moved.withUnsafeMutableBufferPointer { values in
        for index in values.indices { values[index] = values[index] > 0 ? values[index] : 0 }
        for index in 0..<LyonEar.front { values[index] = 0 }
        for stage in gains.indices { gains[stage].apply(values) }
        // From the end, so that the left neighbour is still there.
        for index in stride(from: values.count - 1, to: 0, by: -1) {
          let difference = values[index - 1] - values[index]
          values[index] = difference > 0 ? difference : 0
        }
      }
    }

    /// Sends a sample through the cascade and leaves the outputs of the sections in `moved`.
    private mutating func filter(_ sample: Double) {
      var input = sample
      for (index, section) in sections.enumerated() {
        let output = section.a0 * input + z1[index]
        z1[index] = section.a1 * input - section.b1 * output + z2[index]
        z2[index] = section.a2 * input - section.b2 * output
        moved[index] = output
        input = output
      }
    }

    /// The section (0, 0, 1, -2 (1 - epsilon), (1 - epsilon)^2) with gain 1 at 0 Hz, whose output is
    /// its z1 of the sample before.
    mutating func smooth(_ epsilon: Double) {
      let pole = 1 - epsilon
      for index in moved.indices {
        let output = before[index]
        smoothed[index] = output
        before[index] = 2 * pole * output + pending[index]
        pending[index] = epsilon * epsilon * moved[index] - pole * pole * output
      }
    }
  }
}
