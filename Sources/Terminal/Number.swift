/// Numbers as short text, without Foundation.
package enum Number {
  /// The value with a fixed number of decimals, as `0.32`; `nan` and `inf` as such.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let decimals = min(max(0, decimals), 12)
    let scale = power10(Double(decimals))
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e18 else { return exponential(value) }
    let whole = Int(scaled) / Int(scale)
    let fraction = String(Int(scaled) % Int(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(whole).\(zeros)\(fraction)"
  }

  /// The value with about `digits` leading digits, as `5.4k`, `0.0812` or `3e-7`.
  package static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    let exponent = leadingExponent(value, digits: digits)
    if exponent < -4 || exponent >= 15 { return exponential(value) }
    for (power, suffix) in [(9, "G"), (6, "M"), (3, "k")] where exponent >= power {
      if power == 3 && exponent == 3 && digits > 3 { continue }
      let decimals = max(0, digits - 1 - (exponent - power))
      return fixed(value / power10(Double(power)), decimals: decimals) + suffix
    }
    return fixed(value, decimals: max(0, digits - 1 - exponent))
  }

  /// The value with one or two leading digits and a power of ten, as `3e-7`.
  package static func exponential(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 0) }
    let exponent = leadingExponent(value, digits: 2)
    // Two steps, as ten to the power of 308 and more is not a number that can be divided by.
    let half = exponent / 2
    let mantissa = value / power10(Double(half)) / power10(Double(exponent - half))
    let text = fixed(mantissa, decimals: 1)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "e\(exponent)"
  }

  /// The power of ten of the first digit after rounding to `digits` digits.
  private static func leadingExponent(_ value: Double, digits: Int) -> Int {
    let magnitude = value.magnitude
    let exponent = Int(clamping: logarithm10(magnitude), to: -400...400)
    let rounding = 1 - 0.5 * power10(Double(-digits))
    return Int(clamping: logarithm10(magnitude / rounding), to: exponent...(exponent + 1))
  }
}
