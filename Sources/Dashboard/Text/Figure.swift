import Terminal

/// Numbers as the dashboard writes them.
enum Figure {
  /// Three leading digits.
  static func short(_ value: Double) -> String { Number.short(value) }

  /// A loss in at most six characters, as long as it is below a thousand.
  static func loss(_ value: Double) -> String {
    if value >= 0.1 || !value.isFinite || value <= 0 { return Number.short(value) }
    return value >= 0.001 ? Number.fixed(value, decimals: 4) : Number.exponential(value)
  }

  /// A value that may be infinite; changes are stored with `nil` for that.
  static func value(_ value: Double?, infinity: String = "infinity") -> String {
    guard let value, value != .infinity else { return infinity }
    return Number.short(value)
  }

  /// Three leading digits without zeros at their end, whole numbers below ten thousand as they are:
  /// `50`, `0.05`.
  static func plain(_ value: Double) -> String {
    if value.magnitude < 10_000, value == value.rounded() {
      return Number.fixed(value, decimals: 0)
    }
    if value.magnitude >= 10_000, value.magnitude < 1e6, value.remainder(dividingBy: 1000) == 0 {
      return Number.fixed(value / 1000, decimals: 0) + "k"
    }
    let text = Number.short(value)
    guard text.contains("."), text.last?.isNumber == true, !text.contains("e") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }

  /// A share 0...1 as percent with one decimal.
  static func percent(_ share: Double) -> String {
    share.isFinite ? Number.fixed(share * 100, decimals: 1) + " %" : "-"
  }

  /// Minutes and seconds, hours where there are any: `0:22`, `1:02:03`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e15 else { return "-" }
    let whole = Int(seconds)
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let hours = whole / 3600
    let minutes = whole / 60 % 60
    return hours > 0
      ? "\(hours):\(padded(minutes)):\(padded(whole % 60))" : "\(minutes):\(padded(whole % 60))"
  }
}

extension Glyphs {
  // Signs in text that a terminal without UTF-8 cannot show.
  var infinity: String { isASCII ? "inf" : "∞" }
  var longArrow: String { isASCII ? "->" : "⟶" }
  var plusMinus: String { isASCII ? "+-" : "±" }
  var separator: String { isASCII ? "-" : "·" }
  var square: String { isASCII ? "#" : "■" }
  var circle: String { isASCII ? "o" : "◌" }
  var saved: Unicode.Scalar { isASCII ? "." : "▴" }
  var best: Unicode.Scalar { isASCII ? "*" : "★" }
  var cross: String { isASCII ? "x" : "✗" }
}
