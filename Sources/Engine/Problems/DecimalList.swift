/// Numbers as text, separated by commas and nothing else: `12,0,255`.
enum DecimalList {
  /// The numbers, or `nil` if anything but decimal numbers of up to 9 digits and single commas
  /// is there.
  static func parse(_ text: ArraySlice<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    var number = 0
    var digits = 0
    for character in text {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = number * 10 + Int(character - UInt8(ascii: "0"))
        digits += 1
        guard digits <= 9 else { return nil }
      case UInt8(ascii: ","):
        guard digits > 0 else { return nil }
        numbers.append(number)
        (number, digits) = (0, 0)
      default:
        return nil
      }
    }
    guard digits > 0 else { return nil }
    return numbers + [number]
  }
}
