import Documents
import Foundation

/// Reads the values of an axis: parts with commas between them, each a number, a word, or a range,
/// `from:to:count` at equal distances and `from:to:logCOUNT` at equal ratios, both ends among them.
struct ScanValues {
  /// The argument as it was written, for messages.
  let option: String
  /// Whether points of ranges are rounded to whole numbers.
  let areIntegers: Bool

  /// Points of one range.
  static let allowedCounts = 2...100_000
  /// Values of one axis.
  static let most = 100_000

  func parse(_ text: String) throws(ScanError) -> [DocumentValue] {
    var values: [DocumentValue] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      values += try self.values(of: part.filter { !$0.isWhitespace })
    }
    guard values.count <= Self.most else {
      throw .tooManyValues(option: option, found: values.count, most: Self.most)
    }
    var seen: Set<String> = []
    for value in values where !seen.insert(value.toml).inserted {
      throw .repeatedValue(option: option, value: value)
    }
    return values
  }

  private func values(of part: String) throws(ScanError) -> [DocumentValue] {
    guard !part.isEmpty else { throw .noValue(option: option) }
    let fields = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if fields.count == 1 { return [try value(of: part)] }
    guard fields.count == 3 else { throw .malformedRange(option: option, found: part) }
    let isGeometric = fields[2].hasPrefix("log")
    let digits = isGeometric ? String(fields[2].dropFirst(3)) : fields[2]
    let from = try end(fields[0], isGeometric)
    let to = try end(fields[1], isGeometric)
    guard let count = Int(digits), Self.allowedCounts.contains(count) else {
      throw .wrongCount(option: option, found: fields[2], allowed: Self.allowedCounts)
    }
    // Where one of them has overflowed, or lost its digits to underflow, so have the points between.
    let (ratio, distance) = (to / from, to - from)
    guard isGeometric ? ratio.isNormal : distance.isFinite else {
      throw .tooWideRange(option: option, found: part)
    }
    return (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      let place = isGeometric ? from * pow(ratio, share) : from + distance * share
      let number = index == 0 ? from : index == count - 1 ? to : Self.rounded(place)
      return areIntegers
        ? .integer(Int(clamping: Int64(number.rounded()))) : .number(number)
    }
  }

  private func end(_ text: String, _ isGeometric: Bool) throws(ScanError) -> Double {
    // Beyond that whole numbers are not exact.
    let limit = areIntegers ? 9e15 : Double.greatestFiniteMagnitude
    guard let number = Double(text), number.isFinite, abs(number) <= limit,
      number > 0 || !isGeometric
    else { throw .wrongEnd(option: option, found: text, isGeometric: isGeometric) }
    return number
  }

  /// Twelve digits: the last bits of a power are not the same on all machines, and 0.3 is easier to
  /// find in a table than 0.30000000000000004.
  private static func rounded(_ number: Double) -> Double {
    Double(String(format: "%.11e", number)) ?? number
  }

  private func value(of text: String) throws(ScanError) -> DocumentValue {
    if let integer = Int(text) { return .integer(integer) }
    if let number = Double(text) { return .number(number) }
    if let flag = Bool(text) { return .flag(flag) }
    let isWord = text.utf8.allSatisfy { TOMLText.isBareKeyByte($0) || $0 == UInt8(ascii: ".") }
    guard isWord else { throw .wrongWord(option: option, found: text) }
    return .text(text)
  }
}
