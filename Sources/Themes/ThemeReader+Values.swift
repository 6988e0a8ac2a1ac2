import Documents
import Terminal

/// Single values.
extension ThemeReader {
  /// One line of text.
  mutating func line(_ value: DocumentValue, at path: [String]) -> String? {
    if case .text(let text) = value, !text.contains(where: \.isNewline), text.count <= 200 {
      return text
    }
    refuse(value, at: path, .text)
    return nil
  }

  /// One of some words.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ value: DocumentValue, at path: [String]
  ) -> Word? {
    if case .text(let text) = value, let word = Word(rawValue: text) { return word }
    refuse(value, at: path, .word(Word.allCases.map(\.rawValue)))
    return nil
  }

  /// A number of a terminal's palette, or one of its standard colours by name.
  mutating func index(_ value: DocumentValue, limit: Int, at path: [String]) -> UInt8? {
    switch value {
    case .integer(let index) where (0...limit).contains(index): return UInt8(index)
    case .text(let text):
      let index = StandardColorWord.allCases.firstIndex { $0.rawValue == text }
      if let index { return UInt8(index) }
    default: break
    }
    refuse(value, at: path, .index(limit: limit))
    return nil
  }

  /// `"#rrggbb"`
  mutating func rgb(_ value: DocumentValue, at path: [String]) -> UInt32? {
    if case .text(let text) = value, let rgb = Color.rgb(ofHex: text) { return rgb }
    refuse(value, at: path, .color)
    return nil
  }

  /// The name of a palette's colour, a colour, or the terminal's own.
  mutating func reference(
    _ value: DocumentValue, at path: [String],
    _ expected: ThemeMistake.Expectation = .colorReference
  ) -> ThemeDraft.ColorReference? {
    guard case .text(let text) = value else {
      refuse(value, at: path, expected)
      return nil
    }
    if text == "default" { return .terminal }
    guard text.hasPrefix("#") else { return use(text, at: path) }
    if let rgb = Color.rgb(ofHex: text) { return .color(Color(rgb)) }
    refuse(value, at: path, expected)
    return nil
  }

  /// A list of attributes.
  mutating func attributes(_ value: DocumentValue, at path: [String]) -> Emphasis? {
    guard case .list(let entries) = value else {
      refuse(value, at: path, .attributes)
      return nil
    }
    var emphasis: Emphasis = []
    for entry in entries {
      guard case .text(let text) = entry, let word = AttributeWord(rawValue: text) else {
        refuse(entry, at: path, .attributes)
        continue
      }
      emphasis.insert(word.emphasis)
    }
    return emphasis
  }

  /// A character that takes one column.
  mutating func marker(_ value: DocumentValue, at path: [String]) -> Unicode.Scalar? {
    if case .text(let text) = value, let scalar = text.unicodeScalars.first,
      text.unicodeScalars.count == 1, text.cellWidth == 1, text.clipped(to: 1) == text,
      !scalar.properties.isWhitespace
    {
      return scalar
    }
    refuse(value, at: path, .marker)
    return nil
  }
}

extension Color {
  /// 0xRRGGBB of `#rrggbb`.
  static func rgb(ofHex text: String) -> UInt32? {
    let digits = text.utf8.dropFirst()
    let isHex = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard text.hasPrefix("#"), digits.count == 6, isHex else { return nil }
    return UInt32(text.dropFirst(), radix: 16)
  }
}
