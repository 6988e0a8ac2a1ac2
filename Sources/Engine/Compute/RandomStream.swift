import Foundation
import Kernels

/// Random numbers as a pure function of seed, purpose and two counters (Philox4x32-10).
///
/// Nothing about randomness needs to be saved: whoever knows the counters gets the numbers again.
package struct RandomStream: Sendable {
  /// What the numbers are for; streams of different purposes are independent.
  package enum Purpose: UInt32, Sendable {
    /// What training samples look like: crops and mirror images.
    case augmentation = 32
    case initialization = 1
    case order
    case voltage
    case rounding
    case permutation
    case partition
    case surrogate
    /// Which numbers a dropout leaves out.
    case dropout = 33
    /// Which neurons are joined.
    case connections = 34
    /// Random trains whose effects are averaged.
    case trains = 35
    /// In which steps the pixels of an image fire.
    case inputSpikes = 40
    /// How an image is bent before it fires.
    case distortion = 41
  }

  private let seed: UInt64
  private let purpose: UInt32
  private let first: UInt32
  private let second: UInt32
  private var next: UInt32 = 0
  private var block: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var left = 0

  /// A stream for up to three counters such as (sample, time step, epoch). `lane` tells apart
  /// streams of one purpose, such as the sites of a network.
  package init(
    seed: UInt64, purpose: Purpose, lane: Int = 0, first: Int = 0, second: Int = 0,
    third: Int = 0
  ) {
    self.seed = seed &+ UInt64(bitPattern: Int64(third)) &* Self.oddConstant
    self.purpose = purpose.rawValue | UInt32(truncatingIfNeeded: lane) << 8
    self.first = UInt32(truncatingIfNeeded: first)
    self.second = UInt32(truncatingIfNeeded: second)
  }

  /// Spreads a counter over the bits of a key (the golden ratio in 64 bits).
  private static let oddConstant: UInt64 = 0x9E37_79B9_7F4A_7C15

  package mutating func nextWord() -> UInt32 {
    if left == 0 {
      refill()
      left = 4
    }
    left -= 1
    switch left {
    case 3: return block.0
    case 2: return block.1
    case 1: return block.2
    default: return block.3
    }
  }

  /// Uniform on [0,1) with 53 random bits.
  package mutating func nextUniform() -> Double {
    let high = UInt64(nextWord() >> 5)
    let low = UInt64(nextWord() >> 6)
    return Double(high << 26 | low) * 0x1p-53
  }

  /// Standard normal (Box and Muller 1958).
  package mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUniform())).squareRoot()
    return radius * cos(2 * .pi * nextUniform())
  }

  /// Uniform on 0 ..< bound, without bias.
  package mutating func nextIndex(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= Int(UInt32.max), "a bound of 32 bits")
    let limit = UInt32.max - UInt32.max % UInt32(bound)
    var word = nextWord()
    while word >= limit { word = nextWord() }
    return Int(word % UInt32(bound))
  }

  /// Overwrites `count` floats with uniforms on [0,1), beginning at block `block` of the stream
  /// (four numbers a block).
  package func fillUniforms(
    _ destination: UnsafeMutablePointer<Float>, count: Int, block: Int = 0
  ) {
    random_uniforms(
      destination, count, UInt32(truncatingIfNeeded: block), first, second, purpose, seed)
  }

  /// Key and counters for kernels that draw their own words; the first counter goes to the key.
  var kernelCounters: (counter2: UInt32, counter3: UInt32, key: UInt64) {
    (second, purpose, (seed ^ UInt64(first) << 32) &* Self.oddConstant)
  }

  private mutating func refill() {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8) { words in
      words[4] = next
      words[5] = first
      words[6] = second
      words[7] = purpose
      if let base = words.baseAddress { random_block(base, base + 4, seed) }
      block = (words[0], words[1], words[2], words[3])
    }
    next &+= 1
  }
}

extension Array {
  /// Fisher and Yates, in place.
  package mutating func shuffle(with stream: inout RandomStream) {
    guard count > 1 else { return }
    for index in stride(from: count - 1, through: 1, by: -1) {
      swapAt(index, stream.nextIndex(below: index + 1))
    }
  }
}
