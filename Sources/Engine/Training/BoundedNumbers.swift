/// A document of JSON whose whole numbers, anywhere in it, are so small that sums of them stay
/// within `Int`. Decoding throws where one is not.
struct BoundedNumbers: Decodable {
  private static let largest = 1 << 60

  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Name.self) {
      for name in object.allKeys { _ = try object.decode(BoundedNumbers.self, forKey: name) }
    } else if var array = try? decoder.unkeyedContainer() {
      while !array.isAtEnd { _ = try array.decode(BoundedNumbers.self) }
    } else if let number = try? decoder.singleValueContainer().decode(Int.self) {
      guard -Self.largest...Self.largest ~= number else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "\(number)"))
      }
    }
  }
}
