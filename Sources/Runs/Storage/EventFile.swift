import Foundation

/// Lines appended to a file, as the events of a run are: each is written at once and is whole or
/// the last.
package final class EventFile {
  package let path: String
  private let descriptor: Int32

  /// Opens the file, which is made where there is none.
  package init(at path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Adds a line; its end is added here.
  package func append(_ line: String) throws(FileError) {
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .failed(.write, path: path, errno: errno)
      }
    }
  }
}
