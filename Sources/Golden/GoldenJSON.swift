import Foundation

/// A JSON document, with the difference between a truth value and a number kept.
package enum GoldenJSON: Sendable, Equatable, Decodable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case array([GoldenJSON])
  case object([String: GoldenJSON])

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let array = try? container.decode([GoldenJSON].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: GoldenJSON].self))
    }
  }

  /// What kind of value this is, as words for an error.
  package var kind: String {
    switch self {
    case .null: "null"
    case .truth: "a truth value"
    case .number: "a number"
    case .text: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
