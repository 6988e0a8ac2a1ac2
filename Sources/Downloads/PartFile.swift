import Foundation
import Synchronization

/// The beginning of a file that is being downloaded, `NAME.part` beside its later place.
///
/// What is appended goes to the file at once, so that it is still there after the process was
/// interrupted. The file is locked against other processes while it is open. One thread at a time
/// may change it; all may ask for its length.
final class PartFile: Sendable {
  let path: String
  private let descriptor: Int32
  private let end: Atomic<Int>

  /// Bytes that are there.
  var length: Int { end.load(ordering: .acquiring) }

  /// Opens the part, or makes an empty one, with its directory if that is missing.
  init(path: String) throws(DownloadError) {
    let directory = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(file: directory, reason: error.localizedDescription)
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.refused(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .busy(part: path)
    }
    let end = lseek(descriptor, 0, SEEK_END)
    guard end >= 0 else {
      close(descriptor)
      throw Self.refused(path)
    }
    self.path = path
    self.descriptor = descriptor
    self.end = Atomic(Int(end))
  }

  deinit { close(descriptor) }

  /// Lets others have the file. Whoever still holds this object, as a network session may for a
  /// while, does not keep them waiting.
  func unlock() { _ = flock(descriptor, LOCK_UN) }

  func append(_ data: Data) throws(DownloadError) {
    for region in data.regions {
      var rest = region[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written >= 0 || errno == EINTR else { throw Self.refused(path) }
        end.add(max(0, written), ordering: .releasing)
        rest = rest.dropFirst(max(0, written))
      }
    }
  }

  /// Throws away what is there.
  func restart() throws(DownloadError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw Self.refused(path)
    }
    end.store(0, ordering: .releasing)
  }

  func remove() {
    unlink(path)
  }

  /// Puts the part, now whole, in its place.
  func become(_ destination: String) throws(DownloadError) {
    guard fsync(descriptor) == 0, rename(path, destination) == 0 else {
      throw Self.refused(destination)
    }
  }

  private static func refused(_ path: String) -> DownloadError {
    .cannotWrite(file: path, reason: String(cString: strerror(errno)))
  }
}
