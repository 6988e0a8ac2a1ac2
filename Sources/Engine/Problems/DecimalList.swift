/// Numbers as text, separated by commas and nothing else: `12,0,255`.
enum DecimalList {
  /// The numbers, or `nil` if anything but decimal numbers of up to 9 digits and single commas
  /// is there.
  static func parse(_ text: some Collection<UInt8>) -> [Int]? {
    var numbers: [Int] = []
    for field in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard (1...9).contains(field.count) else { return nil }
      var number = 0
      for character in field {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
        number = number * 10 + Int(character - UInt8(ascii: "0"))
      }
      numbers.append(number)
    }
    return numbers
  }
}
