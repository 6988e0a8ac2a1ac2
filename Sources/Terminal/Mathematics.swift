// The C library's own functions: the standard library has no logarithm.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The logarithm to the base 10; NaN for a value that is not positive.
func logarithm10(_ value: Double) -> Double { value > 0 ? log10(value) : .nan }

/// Ten to the power of `exponent`.
func power10(_ exponent: Double) -> Double { pow(10, exponent) }

/// The cube root, of negative values too.
func cubeRoot(_ value: Double) -> Double { cbrt(value) }

/// `value` to the power of `exponent`.
func power(_ value: Double, _ exponent: Double) -> Double { pow(value, exponent) }

extension Int {
  /// A floating-point value as an integer, its fraction dropped; the nearest bound when it is too
  /// large, and 0 for NaN.
  init(clamping value: Double, to range: ClosedRange<Int>) {
    if value.isNaN {
      self = Swift.min(Swift.max(0, range.lowerBound), range.upperBound)
    } else if value <= Double(range.lowerBound) {
      self = range.lowerBound
    } else if value >= Double(range.upperBound) {
      self = range.upperBound
    } else {
      self = Int(value.rounded(.down))
    }
  }
}
