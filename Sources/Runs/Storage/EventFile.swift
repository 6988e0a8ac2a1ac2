import Foundation

/// Lines appended to a file, as the events of a run are: each is written at once and is whole or
/// the last.
package final class EventFile {
  package let path: String
  private let descriptor: Int32
  /// Whether the file ends in the middle of a line, which is then left behind.
  private var endsInLine: Bool

  /// Opens the file, which is made where there is none.
  package init(at path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    var last: UInt8 = 0
    let size = lseek(descriptor, 0, SEEK_END)
    endsInLine =
      size > 0 && pread(descriptor, &last, 1, size - 1) == 1
      && last != UInt8(ascii: "\n")
  }

  deinit {
    close(descriptor)
  }

  /// Adds a line; its end is added here.
  package func append(_ line: String) throws(FileError) {
    let bytes = Array(((endsInLine ? "\n" : "") + line + "\n").utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        endsInLine = endsInLine || rest.count < bytes.count
        throw .failed(.write, path: path, errno: errno)
      }
    }
    endsInLine = false
  }

  /// Has everything that was written put on the disk.
  package func synchronize() throws(FileError) {
    guard fdatasync(descriptor) == 0 else {
      throw .failed(.synchronize, path: path, errno: errno)
    }
  }
}
