import Foundation

/// The generator of Steele, Lea and Flood 2014: the same numbers in every program that implements
/// these four lines. Problems use it where a file or a paper of others must be met number by
/// number; training draws from ``RandomStream``.
package struct SplitMix64: Sendable {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  /// The generator of `seed` as it is after `index` numbers.
  init(seed: UInt64, index: Int) {
    state = seed &+ UInt64(truncatingIfNeeded: index) &* Self.increment
  }

  /// The golden ratio in 64 bits.
  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  package mutating func next() -> UInt64 {
    state &+= Self.increment
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform on (0, 1): the middles of 2^53 equal parts.
  package mutating func nextUniform() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }
}

/// Standard normal numbers as a function of seed and index: Box and Muller 1958 on the uniforms
/// 2k and 2k + 1 of ``SplitMix64``, cosine first. Nothing needs to be kept to draw them again.
package struct PortableNormals: Sendable, Equatable {
  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  /// Overwrites `destination` with the numbers `start`, `start` + 1, ...
  package func fill(_ destination: UnsafeMutableBufferPointer<Double>, from start: Int) {
    guard !destination.isEmpty else { return }
    var generator = SplitMix64(seed: seed, index: start & ~1)
    var place = 0
    if !start.isMultiple(of: 2) {
      destination[0] = Self.pair(&generator).1
      place = 1
    }
    while place < destination.count {
      let pair = Self.pair(&generator)
      destination[place] = pair.0
      if place + 1 < destination.count { destination[place + 1] = pair.1 }
      place += 2
    }
  }

  /// `count` numbers from `start` on.
  package func numbers(_ count: Int, from start: Int = 0) -> [Double] {
    Array(unsafeUninitializedCapacity: count) { buffer, used in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), from: start)
      used = count
    }
  }

  private static func pair(_ generator: inout SplitMix64) -> (Double, Double) {
    let radius = (-2 * log(generator.nextUniform())).squareRoot()
    let angle = 2 * .pi * generator.nextUniform()
    return (radius * cos(angle), radius * sin(angle))
  }
}
