import Foundation

/// When files were last changed, to find out whether they have been changed since.
package struct FileStamps: Sendable {
  /// What differs after a file was written or replaced.
  private struct Stamp: Sendable, Equatable {
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    /// Of the file that is at `path` now; nil when there is none.
    init?(path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      seconds = Int(status.st_mtim.tv_sec)
      nanoseconds = Int(status.st_mtim.tv_nsec)
    }
  }

  private var stamps: [String: Stamp] = [:]
  private var files: [String]

  package init(files: [String]) {
    self.files = files
    for file in files { stamps[file] = Stamp(path: file) }
  }

  /// Watches further files; those watched already are compared with what they were.
  package mutating func watch(_ more: [String]) {
    for file in more where !files.contains(file) {
      files.append(file)
      stamps[file] = Stamp(path: file)
    }
  }

  /// Whether any file has changed since the last call. Editors replace files: one that is missing
  /// for a moment has not changed until it is back.
  package mutating func haveChanged() -> Bool {
    var haveChanged = false
    for file in files {
      guard let stamp = Stamp(path: file), stamp != stamps[file] else { continue }
      stamps[file] = stamp
      haveChanged = true
    }
    return haveChanged
  }
}
