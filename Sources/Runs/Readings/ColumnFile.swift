import Foundation
import Synchronization

/// A column that is open for reading, as long as anything refers to its points.
///
/// It is read by `pread` rather than mapped. What was read once and is no longer at hand stays in the
/// pages of the system all the same; but pages of a mapping count as memory of the process as soon as
/// they are touched, and touching those of a file that was cut meanwhile kills it. Here a file that
/// is cut gives fewer records, and one that is deleted goes on as it was.
package final class ColumnFile: Sendable {
  let path: String
  private let descriptor: Int32
  private let recent = Mutex((first: 0, bytes: [UInt8]()))

  /// Records that are read at once where points are asked for one by one.
  private static let recordsAtHand = 128

  init(_ path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
  }

  deinit { close(descriptor) }

  /// Reads records from one on; returns how many whole ones there were.
  func read(from record: Int, into bytes: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let size = ReadingColumn.recordSize
    while true {
      let count = pread(descriptor, bytes.baseAddress, bytes.count, off_t(record * size))
      if count >= 0 { return count / size }
      if errno != EINTR { throw .failed(.read, path: path, errno: errno) }
    }
  }

  /// One record; `nil` where it is damaged or not there any more.
  func record(at index: Int) -> ReadingColumn.Record? {
    recent.withLock { recent in
      let size = ReadingColumn.recordSize
      let last = recent.first + recent.bytes.count / size
      if !(recent.first..<last).contains(index) {
        recent.first = index - index % Self.recordsAtHand
        recent.bytes = [UInt8](unsafeUninitializedCapacity: Self.recordsAtHand * size) {
          let count = try? read(from: recent.first, into: UnsafeMutableRawBufferPointer($0))
          $1 = (count ?? 0) * size
        }
      }
      let offset = (index - recent.first) * size
      guard offset + size <= recent.bytes.count else { return nil }
      return recent.bytes.withUnsafeBytes { ReadingColumn.record(in: $0, at: offset) }
    }
  }
}
