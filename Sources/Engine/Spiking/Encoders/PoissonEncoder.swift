import Foundation

/// Turns images into spike trains (specification of the spiking networks, 3.7): a pixel of
/// intensity x in 0...1 fires in each of the steps 1 to T - 1 with probability x / 5.5, whatever
/// happens in the others, and never in step 0. Pixel x is channel x.
///
/// The steps between two spikes of such a pixel are geometrically distributed. So instead of a
/// number for each step one is drawn for each spike: the steps to it are the inverse of the
/// geometric distribution function at a uniform number of 32 bits. The distribution is the same, up
/// to the 2^-32 to which the number is rounded.
///
/// What is drawn is a function of the seed, the sample, the pixel and the presentation: nothing is
/// kept, and whoever asks again gets the same trains.
package struct PoissonEncoder: Sendable, Equatable, Codable {
  /// White fires in one of so many steps on average.
  package static let stepsPerSpike = 5.5

  package var seed: UInt64
  /// T.
  package var steps: Int

  /// - Precondition: 0 to ``SpikeTrains/mostSteps`` steps.
  package init(seed: UInt64, steps: Int = 400) {
    precondition(0...SpikeTrains.mostSteps ~= steps)
    self.seed = seed
    self.steps = steps
  }

  /// Which image is shown, and for the how manieth time.
  package struct Showing: Sendable, Equatable {
    package var sample: Int
    /// Tells samples of the same number in several files apart.
    package var part: Int
    /// 0 where every presentation is to be the same.
    package var presentation: Int

    package init(sample: Int, part: Int = 0, presentation: Int = 0) {
      self.sample = sample
      self.part = part
      self.presentation = presentation
    }
  }

  /// The trains of an image.
  ///
  /// - Parameter intensities: one a channel; 0 or less never fires, above 1 counts as 1.
  package func trains(_ intensities: [Float], of showing: Showing) -> SpikeTrains {
    var offsets: [Int32] = [0]
    offsets.reserveCapacity(intensities.count + 1)
    var times: [UInt16] = []
    times.reserveCapacity(expectedSpikes(intensities))
    for (pixel, intensity) in intensities.enumerated() {
      if intensity > 0 { append(pixel, intensity, showing, to: &times) }
      offsets.append(Int32(times.count))
    }
    return SpikeTrains(steps: steps, offsets: offsets, times: times)
  }

  private func append(
    _ pixel: Int, _ intensity: Float, _ showing: Showing, to times: inout [UInt16]
  ) {
    var stream = RandomStream(
      seed: seed, purpose: .inputSpikes, lane: showing.part, first: showing.sample, second: pixel,
      third: showing.presentation)
    // A gap is longer than k steps with probability (1 - p)^k.
    let scale = 1 / log1p(-min(Double(intensity), 1) / Self.stepsPerSpike)
    var step = 0
    while true {
      let uniform = (Double(stream.nextWord()) + 0.5) * 0x1p-32
      let gap = log(uniform) * scale
      guard gap < Double(steps - 1 - step) else { return }
      step += 1 + Int(gap)
      times.append(UInt16(step))
    }
  }

  /// Room for the trains of most images: the mean and four standard deviations.
  private func expectedSpikes(_ intensities: [Float]) -> Int {
    let mean =
      Double(intensities.reduce(0) { $0 + min(max($1, 0), 1) }) * Double(max(steps - 1, 0))
      / Self.stepsPerSpike
    return Int(mean + 4 * mean.squareRoot()) + 1
  }
}
