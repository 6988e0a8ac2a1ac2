/// SplitMix64 (Steele, Lea and Flood 2014): random numbers that are the same in every run.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  package mutating func uniform(_ range: Range<Double> = 0..<1) -> Double {
    Double.random(in: range, using: &self)
  }

  package mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }

  package mutating func uniforms(_ count: Int, in range: Range<Double> = 0..<1) -> [Double] {
    (0..<count).map { _ in uniform(range) }
  }
}
