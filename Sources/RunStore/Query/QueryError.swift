/// A mistake in an expression that picks runs, with its place.
package struct QueryError: Error, Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// `found` is `nil` at the end of the expression.
    case unexpected(found: String?, expected: String)
    /// A name that is no column, metric or setting.
    case unknownName(String, nearest: String?)
    /// A text beside a name that has numbers.
    case notNumber(name: String, found: String)
    /// A quotation without its end.
    case unclosed
    case tooDeep(limit: Int)
    case tooLong(limit: Int)
  }

  /// The whole expression.
  package var text: String
  /// The characters that are wrong, counted from 0; empty at the end of the expression.
  package var place: Range<Int>
  package var reason: Reason
}

/// A name to sort by that is no column, metric or setting.
package struct UnknownSortKey: Error, Sendable, Equatable {
  package var name: String
  package var nearest: String?
}
