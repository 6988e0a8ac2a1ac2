import Foundation

/// The rows of one shard as they are measured. A row is in the file whole or not at all: what a
/// process left behind without the end of its line is cut off when the file is opened again.
package final class ScanTable {
  package let path: String
  private let descriptor: Int32
  private var size: off_t = 0

  /// Opens the table, which is made where there is none, and keeps others from writing to it.
  package init(at path: String, columns: ScanColumns) throws(ScanFileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .file(.failed(.open, path: path, errno: errno)) }
    // Some shared file systems have no locks, which is no reason not to measure.
    if FileLock.take(descriptor) == EWOULDBLOCK { throw .busy(path: path) }
    try begin(columns)
  }

  deinit { close(descriptor) }

  private func begin(_ columns: ScanColumns) throws(ScanFileError) {
    do throws(FileError) {
      let bytes = try DurableFile.read(path)
      let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      try cut(to: off_t(end))
      if end == 0 { try append(columns.header) }
    } catch {
      throw .file(error)
    }
  }

  /// Adds a row; a part of it that found no room is taken back.
  package func append(_ row: ScanRow) throws(FileError) { try append(row.line) }

  private func append(_ line: String) throws(FileError) {
    let bytes = Array((line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, size + off_t(written))
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        let number = errno
        try? cut(to: size)
        throw .failed(.write, path: path, errno: number)
      }
    }
    size += off_t(bytes.count)
  }

  private func cut(to size: off_t) throws(FileError) {
    guard ftruncate(descriptor, size) == 0 else {
      throw .failed(.write, path: path, errno: errno)
    }
    self.size = size
  }

  /// Has everything that was written put on the disk.
  package func synchronize() throws(FileError) {
    guard fdatasync(descriptor) == 0 else {
      throw .failed(.synchronize, path: path, errno: errno)
    }
  }
}

/// The rows of a table that is on the disk.
package struct ScanTableReader {
  package struct Entry: Sendable, Equatable {
    package let row: ScanRow
    /// From 1 on.
    package let line: Int
  }

  package private(set) var entries: [Entry] = []
  /// Lines that are no rows, with whole ends; a row without one is still being written.
  package private(set) var damagedLines: [Int] = []

  /// Reads a table of a plan with these columns and so many points.
  package init(_ path: String, header: String, points: Int) throws(ScanFileError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path)
    } catch {
      throw .file(error)
    }
    let columns = header.split(separator: ",", omittingEmptySubsequences: false).count
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    _ = lines.popLast()
    for (index, line) in lines.enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      if index == 0 {
        guard text == header else {
          throw .foreignTable(path: path, found: text, expected: header)
        }
      } else if let row = ScanRow(line: text, columns: columns, points: points) {
        entries.append(Entry(row: row, line: index + 1))
      } else {
        damagedLines.append(index + 1)
      }
    }
  }
}
