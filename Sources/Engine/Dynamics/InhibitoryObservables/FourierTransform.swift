import Foundation

/// The discrete Fourier transform of real numbers, X_k = Σ x_n e^{-2πikn/N}, for N a power of two
/// (Cooley and Tukey 1965).
enum FourierTransform {
  /// The smallest power of two that is not below `count`.
  static func length(for count: Int) -> Int {
    var length = 1
    while length < count { length *= 2 }
    return length
  }

  /// |X_k|² for k from 0 to N/2, of the numbers with zeros after them up to `length`, a power of two
  /// that is not below their count.
  static func power(of numbers: [Double], length: Int) -> [Double] {
    let numbers = numbers + Array(repeating: 0, count: length - numbers.count)
    var (real, imaginary) = (numbers, Array(repeating: 0.0, count: length))
    transform(&real, &imaginary)
    return (0...length / 2).map { real[$0] * real[$0] + imaginary[$0] * imaginary[$0] }
  }

  /// In place.
  static func transform(_ real: inout [Double], _ imaginary: inout [Double]) {
    let count = real.count
    precondition(count == length(for: count) && imaginary.count == count, "a power of two")
    reverse(&real, &imaginary)
    // Each root of unity by itself: the recurrence loses digits.
    let roots = (0..<max(count / 2, 1)).map { index in
      let angle = -2 * .pi * Double(index) / Double(count)
      return SIMD2(cos(angle), sin(angle))
    }
    var half = 1
    while half < count {
      let stride = count / (2 * half)
      for block in Swift.stride(from: 0, to: count, by: 2 * half) {
        for offset in 0..<half {
          let root = roots[offset * stride]
          let (low, high) = (block + offset, block + offset + half)
          let x = root[0] * real[high] - root[1] * imaginary[high]
          let y = root[0] * imaginary[high] + root[1] * real[high]
          (real[high], imaginary[high]) = (real[low] - x, imaginary[low] - y)
          (real[low], imaginary[low]) = (real[low] + x, imaginary[low] + y)
        }
      }
      half *= 2
    }
  }

  /// Brings the numbers into the order of their indices with the bits reversed.
  private static func reverse(_ real: inout [Double], _ imaginary: inout [Double]) {
    var other = 0
    for index in 1..<max(real.count, 1) {
      var bit = real.count / 2
      while other & bit != 0 {
        other ^= bit
        bit /= 2
      }
      other |= bit
      if index < other {
        real.swapAt(index, other)
        imaginary.swapAt(index, other)
      }
    }
  }
}
