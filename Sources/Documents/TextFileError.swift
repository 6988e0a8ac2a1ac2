/// Why a text file cannot be read.
package enum TextFileError: Error, Sendable, Equatable {
  case missing(path: String)
  case directory(path: String)
  case unreadable(path: String, reason: String)
  case tooLong(path: String, limit: Int)
  case notText(path: String, line: Int)

  /// The mistake in words, on one line; `expected` is what the file should be, with its
  /// article.
  package func sentence(expected: String) -> String {
    switch self {
    case .missing(let path): "\(path): no such file"
    case .directory(let path): "\(path): is a directory, not \(expected)"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .tooLong(let path, let limit):
      "\(path): longer than \(limit) bytes, too long for \(expected)"
    case .notText(let path, let line): "\(path):\(line): not UTF-8 text"
    }
  }
}
