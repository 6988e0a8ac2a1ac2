/// A word or sign of an expression.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    case word, quoted, comparison(QueryComparison), opening, closing, end
  }

  var kind: Kind
  /// What stands there; of a quotation, what is within.
  var text: String
  /// Characters from the start of the expression.
  var place: Range<Int>

  /// Whether it is one of the words that join comparisons.
  func isWord(_ word: String) -> Bool { kind == .word && text.lowercased() == word }
}

enum QueryComparison: String, CaseIterable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case notGreater = "<="
  case greater = ">"
  case notLess = ">="
  case contains = "~"

  /// For a sentence about what was expected.
  static let list = "one of = != < <= > >= ~"
}

/// Takes an expression apart.
struct QueryLexer {
  private let characters: [Character]
  private let text: String
  private var position = 0

  /// Longer expressions are refused.
  private static let longest = 10_000

  static func tokens(of text: String) throws(QueryError) -> [QueryToken] {
    guard text.utf8.count <= longest else {
      throw QueryError(text: text, place: 0..<0, reason: .tooLong(limit: longest))
    }
    var lexer = QueryLexer(characters: Array(text), text: text)
    var tokens: [QueryToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(characters: [Character], text: String) {
    self.characters = characters
    self.text = text
  }

  private static let signs: Set<Character> = ["(", ")", "=", "!", "<", ">", "~", "'", "\""]

  private mutating func next() throws(QueryError) -> QueryToken {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    guard position < characters.count else {
      return QueryToken(kind: .end, text: "", place: position..<position)
    }
    switch characters[position] {
    case "(": return sign(.opening, length: 1)
    case ")": return sign(.closing, length: 1)
    case "'", "\"": return try quotation()
    case "=", "!", "<", ">", "~": return try comparison()
    default:
      let start = position
      while position < characters.count, !characters[position].isWhitespace,
        !Self.signs.contains(characters[position])
      { position += 1 }
      return QueryToken(
        kind: .word, text: String(characters[start..<position]), place: start..<position)
    }
  }

  private mutating func sign(_ kind: QueryToken.Kind, length: Int) -> QueryToken {
    let place = position..<(position + length)
    position += length
    return QueryToken(kind: kind, text: String(characters[place]), place: place)
  }

  private mutating func comparison() throws(QueryError) -> QueryToken {
    let first = String(characters[position])
    let second = position + 1 < characters.count ? String(characters[position + 1]) : ""
    if first + second == "==" { return sign(.comparison(.equal), length: 2) }
    if !second.isEmpty, let comparison = QueryComparison(rawValue: first + second) {
      return sign(.comparison(comparison), length: 2)
    }
    if let comparison = QueryComparison(rawValue: first) {
      return sign(.comparison(comparison), length: 1)
    }
    throw QueryError(
      text: text, place: position..<(position + 1),
      reason: .unexpected(found: first, expected: QueryComparison.list))
  }

  /// Within a quotation, its sign twice is the sign itself.
  private mutating func quotation() throws(QueryError) -> QueryToken {
    let (start, mark) = (position, characters[position])
    var inner = ""
    position += 1
    while position < characters.count {
      if characters[position] == mark {
        guard position + 1 < characters.count, characters[position + 1] == mark else {
          position += 1
          return QueryToken(kind: .quoted, text: inner, place: start..<position)
        }
        position += 1
      }
      inner.append(characters[position])
      position += 1
    }
    throw QueryError(text: text, place: start..<position, reason: .unclosed)
  }
}
