/// The permutations of this project for image sizes that no publication gives one for: the 8x8
/// digits and the block-averaged forms of the MNIST family.
package enum FixedPermutation {
  /// A permutation of 0..<count that is the same for ever.
  ///
  /// Fisher-Yates shuffle of the identity: for i from count - 1 down to 1, swap the entries i and
  /// j = x mod (i + 1), where x is the next number of SplitMix64 (Steele, Lea and Flood 2014)
  /// started at the state `count`.
  package static func positions(_ count: Int) -> [Int] {
    var generator = SplitMix64(state: UInt64(count))
    var positions = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      positions.swapAt(last, Int(generator.next() % UInt64(last + 1)))
    }
    return positions
  }
}

/// The generator behind ``FixedPermutation``; training draws its numbers elsewhere.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
