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
