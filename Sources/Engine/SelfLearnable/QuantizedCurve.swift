/// A self-learnable activation under a quantizer of so many bits on 0...1, or under a spiking unit
/// (specification of self-learnable activations, 11).
package struct QuantizedCurve: Sendable, Equatable {
  package let curve: LearnedCurve
  package let bits: Int
  /// The highest code.
  package var levels: Int { (1 << bits) - 1 }

  package static let allowedBits = 1...12

  /// Of a curve as it is in evaluation, with its scale and ends.
  package init(_ curve: LearnedCurve, bits: Int) {
    precondition(Self.allowedBits.contains(bits), "a quantizer of 1 to 12 bits")
    (self.curve, self.bits) = (curve, bits)
  }

  package init(_ curve: ActivationCurve, bits: Int) {
    self.init(LearnedCurve(curve), bits: bits)
  }

  /// floor(clip(g, 0, 1) (2^bits - 1) + 1/2).
  package func code(_ x: Double) -> Int {
    let value = curve.value(x)
    guard value > 0 else { return 0 }
    return Int((min(value, 1) * Double(levels) + 0.5).rounded(.down))
  }

  package func value(_ x: Double) -> Double { Double(code(x)) / Double(levels) }

  /// Whether gradients come straight through: 0 <= g <= 1.
  package func passes(_ x: Double) -> Bool { (0...1).contains(curve.value(x)) }

  /// The derivative by x with the quantizer's as 1 within its range.
  package func slope(_ x: Double) -> Double { passes(x) ? curve.slope(x) : 0 }

  /// The same by the coefficients.
  package func coefficientSlopes(_ x: Double) -> [Double] {
    let values = curve.elements(x)
    return passes(x) ? values : values.map { _ in 0 }
  }

  /// The codes of evenly spaced inputs on a range, of which there are as many as codes: what an
  /// activation costs nothing more than.
  package func table(
    on range: ClosedRange<Double>
  ) throws(SelfLearnableError) -> [Int] {
    try ActivationFit.points(1 << bits, on: range).map(code)
  }
}

extension LearnedCurve {
  /// Spikes of a unit without leak in `steps` steps, g(x) being its constant current: threshold 1,
  /// subtracted at each spike, from a voltage of 1/2.
  package func spikes(_ x: Double, steps: Int) -> Int {
    let current = value(x)
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
}

extension ActivationCurve {
  /// The same of a plain curve.
  package func spikes(_ x: Double, steps: Int) -> Int { LearnedCurve(self).spikes(x, steps: steps) }
}
