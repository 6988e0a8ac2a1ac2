import Foundation

/// The teacher of the two-layer model, y* = v*ᵀ σ(Z w*) with σ(x) = 1{x > 0}, whose input Z is
/// m x n with independent standard normal entries (Yin et al. 2019, arXiv:1903.05662, section 2).
package struct CoarseTeacher: Sendable, Equatable {
  /// v*, of m numbers.
  package let v: [Double]
  /// w*, of n numbers, of length 1.
  package let w: [Double]
  /// S, the sum of v*.
  package let sum: Double
  /// N = |v*|².
  package let squaredNorm: Double

  /// Scales `w` to length 1, which changes no output. Throws where a vector is empty, zero or not
  /// finite.
  package init(v: [Double], w: [Double]) throws(CoarseGradientError) {
    func isUsable(_ vector: [Double]) -> Bool {
      vector.allSatisfy(\.isFinite) && vector.contains { $0 != 0 }
    }
    guard isUsable(v) else { throw .unusableTeacher(vector: "v") }
    guard isUsable(w) else { throw .unusableTeacher(vector: "w") }
    let length = w.withUnsafeBufferPointer { euclideanNorm($0) }
    self.v = v
    self.w = w.map { $0 / length }
    sum = v.reduce(0, +)
    squaredNorm = v.reduce(0) { $0 + $1 * $1 }
  }

  /// m, the number of patches.
  package var patches: Int { v.count }
  /// n, the length of the shared filter.
  package var inputs: Int { w.count }
}

/// The length of a vector, also where its squares underflow or overflow.
func euclideanNorm(_ vector: UnsafeBufferPointer<Double>) -> Double {
  var squares = 0.0
  for number in vector { squares += number * number }
  if squares > 1e-200 && squares < 1e200 { return squares.squareRoot() }
  var largest = 0.0
  for number in vector { largest = max(largest, abs(number)) }
  guard largest > 0, largest.isFinite else { return squares.squareRoot() }
  squares = 0
  for number in vector { squares += (number / largest) * (number / largest) }
  return largest * squares.squareRoot()
}
