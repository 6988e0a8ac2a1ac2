/// Which runs are meant.
indirect enum QueryExpression: Equatable {
  case comparison(name: QueryToken, QueryComparison, value: QueryToken)
  case not(QueryExpression)
  case all([QueryExpression])
  case any([QueryExpression])

  /// Reads an expression: comparisons `NAME OPERATOR VALUE` with `not`, `and`, `or`, in this order
  /// of binding, and parentheses.
  static func parse(_ text: String) throws(QueryError) -> QueryExpression {
    var parser = QueryParser(text: text, tokens: try QueryLexer.tokens(of: text))
    return try parser.whole()
  }
}

/// Recursive descent over the words of an expression.
private struct QueryParser {
  let text: String
  let tokens: [QueryToken]
  private var position = 0
  private var depth = 0
  private var comparisons = 0

  /// Parentheses within each other; comparisons of an expression. SQLite nests what it is given.
  private static let deepest = 50
  private static let mostComparisons = 200

  init(text: String, tokens: [QueryToken]) {
    (self.text, self.tokens) = (text, tokens)
  }

  private var next: QueryToken { tokens[min(position, tokens.count - 1)] }

  private func error(_ token: QueryToken, _ reason: QueryError.Reason) -> QueryError {
    QueryError(text: text, place: token.place, reason: reason)
  }

  private func unexpected(_ expected: String) -> QueryError {
    error(
      next, .unexpected(found: next.kind == .end ? nil : next.text, expected: expected))
  }

  mutating func whole() throws(QueryError) -> QueryExpression {
    let expression = try alternatives()
    guard next.kind == .end else {
      throw unexpected(next.kind == .closing ? "the end: no ( is open" : "and, or, or the end")
    }
    return expression
  }

  private mutating func alternatives() throws(QueryError) -> QueryExpression {
    var parts = [try conjunction()]
    while next.isWord("or") {
      position += 1
      parts.append(try conjunction())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(QueryError) -> QueryExpression {
    var parts = [try term()]
    while next.isWord("and") {
      position += 1
      parts.append(try term())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func term() throws(QueryError) -> QueryExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw error(next, .tooDeep(limit: Self.deepest)) }
    if next.isWord("not") {
      position += 1
      return .not(try term())
    }
    guard next.kind == .opening else { return try comparison() }
    position += 1
    let inner = try alternatives()
    guard next.kind == .closing else { throw unexpected("and, or, or )") }
    position += 1
    return inner
  }

  private mutating func comparison() throws(QueryError) -> QueryExpression {
    let name = next
    guard name.kind == .word, !name.isWord("and"), !name.isWord("or") else {
      throw unexpected("the name of a column, metric or setting")
    }
    comparisons += 1
    guard comparisons <= Self.mostComparisons else {
      throw error(name, .tooLong(limit: Self.mostComparisons))
    }
    position += 1
    guard case .comparison(let comparison) = next.kind else {
      throw unexpected(QueryComparison.list)
    }
    position += 1
    let value = next
    guard value.kind == .word || value.kind == .quoted else {
      throw unexpected("a value to compare \(name.text) with")
    }
    position += 1
    return .comparison(name: name, comparison, value: value)
  }
}
