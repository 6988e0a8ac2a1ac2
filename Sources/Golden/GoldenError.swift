/// Why a golden file could not be read as what its name says it is.
package enum GoldenError: Error, Sendable, Equatable {
  case unreadable(file: String, reason: String)
  /// The file is no JSON.
  case malformed(file: String, reason: String)
  case missing(file: String, path: String)
  case wrongType(file: String, path: String, expected: String, found: String)
  /// A value that is well typed but makes no sense.
  case invalid(file: String, path: String, expected: String, found: String)
}

extension GoldenError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(_, let reason): "cannot be read: \(reason)"
    case .malformed(_, let reason): "is not JSON: \(reason)"
    case .missing(_, let path): "\(path) is missing"
    case .wrongType(_, let path, let expected, let found):
      "\(path) is \(found) where \(expected) is expected"
    case .invalid(_, let path, let expected, let found):
      "\(path) is \(found) where \(expected) is expected"
    }
  }
}
