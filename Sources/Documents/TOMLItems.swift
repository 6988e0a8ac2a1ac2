import TOMLParser

/// Walks through what the parser has read, each table and list before what is in it.
struct TOMLItems {
  private let items: UnsafeBufferPointer<toml_item>
  private var index = 0

  /// `reading` has to live as long as this, and to be free of errors.
  init(of reading: OpaquePointer?) {
    var count = 0
    items = UnsafeBufferPointer(start: toml_reading_items(reading, &count), count: count)
  }

  /// The next value and all that is in it.
  mutating func next() -> DocumentValue {
    let item = items[index]
    index += 1
    switch item.kind {
    case toml_flag: return .flag(item.integer != 0)
    case toml_integer: return .integer(Int(item.integer))
    case toml_number: return .number(item.number)
    case toml_text: return .text(Self.text(item.text, item.text_length))
    case toml_list: return .list((0..<item.count).map { _ in next() })
    case toml_table:
      return .table(
        (0..<item.count).map { _ in
          let name = Self.text(items[index].key, items[index].key_length)
          return DocumentValue.Field(name: name, value: next())
        })
    default: return .moment
    }
  }

  private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }
}
