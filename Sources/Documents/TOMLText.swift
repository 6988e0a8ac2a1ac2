/// How single numbers, strings and keys are written in TOML.
package enum TOMLText {
  /// The shortest text that reads back as the same number; whole numbers have no point.
  package static func number(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(Int(number)) }
    guard number.isFinite else { return number.isNaN ? "nan" : number > 0 ? "inf" : "-inf" }
    let parts = number.description.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return number.description }
    return "\(parts[0])e\(exponent)"
  }

  /// A basic string with everything escaped that may not stand in it.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// One part of a dotted key, quoted where it has to be.
  package static func key(_ part: String) -> String {
    let isBare = !part.isEmpty && part.utf8.allSatisfy(isBareKeyByte)
    return isBare ? part : quoted(part)
  }

  package static func path(_ parts: [String]) -> String {
    parts.map(key).joined(separator: ".")
  }

  /// Whether a byte may stand in a key without quotes.
  package static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
