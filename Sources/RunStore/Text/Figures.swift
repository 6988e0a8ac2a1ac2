import Documents

/// Numbers and texts of the run store as they are printed for reading.
enum Figures {
  /// With a fixed number of decimals, a few at most.
  static func fixed(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let scale = [1.0, 10, 100, 1000, 10_000][min(max(places, 0), 4)]
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return String(value) }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard places > 0 else { return sign + String(whole) }
    let digits = String(whole % Int(scale))
    return sign + String(whole / Int(scale)) + "."
      + String(repeating: "0", count: max(0, places - digits.utf8.count)) + digits
  }

  static func percent(_ share: Double) -> String { fixed(100 * share, 2) }

  /// About four significant digits; whole numbers as they are.
  static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e9 { return fixed(value, 0) }
    switch abs(value) {
    case 100..<1e9: return fixed(value, 1)
    case 10..<100: return fixed(value, 2)
    case 1..<10: return fixed(value, 3)
    case 0.1..<1: return fixed(value, 4)
    default: return shortest(value)
    }
  }

  /// Very small and very large numbers, rounded to four digits.
  private static func shortest(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, 0) }
    var exponent = 0
    var mantissa = abs(value)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(value < 0 ? "-" : "")\(fixed(mantissa, 3))e\(exponent)"
  }

  static func value(_ value: RunSummary.SettingValue) -> String {
    switch value {
    case .integer(let integer): String(integer)
    case .number(let number): TOMLText.number(number)
    case .text(let text): visible(text)
    }
  }

  /// A length of time in its largest unit.
  static func age(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "-" }
    let units = [(365 * 86_400.0, "y"), (86_400, "d"), (3600, "h"), (60, "min")]
    let unit = units.first { seconds >= $0.0 } ?? (1, "s")
    return fixed((seconds / unit.0).rounded(.down), 0) + " " + unit.1
  }

  /// Bytes in a binary unit.
  static func size(_ bytes: Int) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    guard let unit = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) B" }
    return fixed(Double(bytes) / Double(unit.0), 1) + " " + unit.1
  }

  /// Text from files without what would steer the terminal.
  static func visible(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let category = scalar.properties.generalCategory
          return category == .control || category == .format ? "\u{FFFD}" : scalar
        }))
  }
}
