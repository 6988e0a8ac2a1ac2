/// The output of a curve on so many levels, with the straight-through derivative 1 where it is in
/// range (specification of the Kolmogorov network of Gaussian processes, 11).
package struct CurveQuantizer: Sendable, Equatable {
  /// Distances between levels.
  package let steps: Int
  package let range: ClosedRange<Double>
  /// Whether there are two levels, 0 and the upper end of the range, the latter above 0.
  package let isBinary: Bool

  /// Of `bits`, the ends of the range being the lowest and the highest of 2^bits levels.
  package init(bits: Int, range: ClosedRange<Double>) {
    precondition(CurveTable.allowedBits.contains(bits), "1 to 12 bits")
    self.init(steps: (1 << bits) - 1, range: range)
  }

  /// Of `steps` + 1 levels, as the counts of a spiking unit in so many time steps are.
  package init(steps: Int, range: ClosedRange<Double>) {
    precondition(steps > 0 && range.upperBound > range.lowerBound, "levels in a range")
    (self.steps, self.range, isBinary) = (steps, range, false)
  }

  private init(binary reach: Double) {
    precondition(reach > 0, "levels in a range")
    (steps, range, isBinary) = (1, -reach...reach, true)
  }

  /// Whole numbers of `bits` bits, one of them the sign, the greatest of which stands for `reach`:
  /// 0 stays 0.
  package static func signed(bits: Int, reach: Double) -> CurveQuantizer {
    precondition(allowedBits.contains(bits), "2 to 12 bits")
    return CurveQuantizer(steps: (1 << bits) - 2, range: -reach...reach)
  }

  /// The count of a positive unit less that of a negative one in so many time steps, all spikes of
  /// one standing for `reach` (see ``SpikingCurve``).
  package static func spiking(steps: Int, reach: Double) -> CurveQuantizer {
    CurveQuantizer(steps: 2 * steps, range: -reach...reach)
  }

  /// `reach` above 0, else 0.
  package static func binary(reach: Double) -> CurveQuantizer { CurveQuantizer(binary: reach) }

  package static let allowedBits = 2...12

  /// clip(floor((y - low) / (high - low) steps + 1/2), 0, steps); of two levels 1 above 0.
  package func code(_ y: Double) -> Int {
    guard !y.isNaN else { return 0 }
    if isBinary { return y > 0 ? 1 : 0 }
    let length = range.upperBound - range.lowerBound
    let place = ((y - range.lowerBound) / length * Double(steps) + 0.5).rounded(.down)
    return Int(min(max(place, 0), Double(steps)))
  }

  package func value(_ y: Double) -> Double {
    if isBinary { return Double(code(y)) * range.upperBound }
    let length = range.upperBound - range.lowerBound
    // From the middle, so that 0 is exact where it is a level.
    return (range.lowerBound + range.upperBound) / 2
      + (Double(code(y)) - Double(steps) / 2) * length / Double(steps)
  }

  /// 1 in range, else 0.
  package func slope(_ y: Double) -> Double { range.contains(y) ? 1 : 0 }
}

/// What the outputs of all curves of a network are rounded to while it trains.
package enum CurveRounding: String, Sendable, Codable, CaseIterable {
  /// Not rounded.
  case none
  /// Whole numbers of so many bits.
  case uniform
  /// Two levels: 0, and what stands for 1 above 0.
  case binary
  /// Spikes of integrate-and-fire units in so many time steps.
  case spiking
}

/// A curve's value as spikes: it is the current of an integrate-and-fire unit that starts at half
/// its threshold 1 and loses 1 with each spike; a second unit of the opposite sign stands for what
/// is negative (specification, section 11).
package enum SpikingCurve {
  /// Spikes in so many steps, at most one a step: clip(floor(g T + 1/2), 0, T).
  package static func count(current: Double, steps: Int) -> Int {
    var (voltage, count) = (0.5, 0)
    for _ in 0..<steps {
      voltage += current
      if voltage >= 1 {
        voltage -= 1
        count += 1
      }
    }
    return count
  }

  /// The count of the positive unit less that of the negative one.
  package static func signedCount(current: Double, steps: Int) -> Int {
    count(current: current, steps: steps) - count(current: -current, steps: steps)
  }
}
