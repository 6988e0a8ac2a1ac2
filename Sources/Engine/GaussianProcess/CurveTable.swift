/// A curve on -1...1 as a table for inputs and outputs of so many bits (specification of the
/// Kolmogorov network of Gaussian processes, 11): index floor((clip(x, -1, 1) + 1) / 2 (2^b - 1) +
/// 1/2), value low + code (high - low) / (2^b - 1).
package struct CurveTable: Sendable, Equatable, Codable {
  package let bits: Int
  package let codes: [Int]
  /// The values of the lowest and the highest code.
  package let range: ClosedRange<Double>
  /// The inputs of the first and the last entry, -1...1 unless said otherwise.
  package let domain: ClosedRange<Double>

  package static let allowedBits = 1...12

  /// The levels nearest to the curve at the middle of each input's cell; the lowest one where the
  /// curve has no finite value.
  package init(
    _ curve: GaussianProcessCurve, bits: Int, range: ClosedRange<Double>,
    domain: ClosedRange<Double> = -1...1
  ) {
    precondition(Self.allowedBits.contains(bits), "a table of 1 to 12 bits")
    let highest = Double((1 << bits) - 1)
    let (length, width) = (
      range.upperBound - range.lowerBound, domain.upperBound - domain.lowerBound
    )
    self.bits = bits
    self.range = range
    self.domain = domain
    codes = (0..<1 << bits).map { index in
      let value = curve.value(domain.lowerBound + width * Double(index) / highest)
      guard length > 0, value.isFinite else { return 0 }
      let code = ((value - range.lowerBound) / length * highest + 0.5).rounded(.down)
      return Int(min(max(code, 0), highest))
    }
  }

  package func value(_ x: Double) -> Double {
    let highest = Double((1 << bits) - 1)
    let width = domain.upperBound - domain.lowerBound
    let place = min(max(x, domain.lowerBound), domain.upperBound) - domain.lowerBound
    let isPlace = width > 0 && place.isFinite
    let index = isPlace ? (place / width * highest + 0.5).rounded(.down) : 0
    let length = range.upperBound - range.lowerBound
    return range.lowerBound + Double(codes[Int(index)]) * length / highest
  }
}
