import Foundation

/// Reads small text files whole, with errors that say which of the usual mistakes was made.
package enum TextFile {
  /// More than any file that people write by hand holds.
  private static let limit = 1 << 20

  package static func read(_ path: String) throws(TextFileError) -> String {
    let bytes = try readBytes(path)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    throw .notText(path: path, line: index + 1)
  }

  private static func readBytes(_ path: String) throws(TextFileError) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw error(errno, path: path) }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    guard ferror(file) == 0 else { throw error(errno, path: path) }
    guard count <= limit else { throw .tooLong(path: path, limit: limit) }
    return Array(bytes.prefix(count))
  }

  private static func error(_ code: Int32, path: String) -> TextFileError {
    switch code {
    case ENOENT: .missing(path: path)
    case EISDIR: .directory(path: path)
    default: .unreadable(path: path, reason: String(cString: strerror(code)))
    }
  }
}
