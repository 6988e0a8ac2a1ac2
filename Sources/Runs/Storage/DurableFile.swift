import Foundation

/// Whole files that are there or not, whatever happens meanwhile.
package enum DurableFile {
  /// Writes under a temporary name in the same folder, has it put on the disk, renames it and has
  /// the folder put on the disk. Nothing is left behind when it throws.
  ///
  /// - Parameter isSynchronized: whether it waits for the disk. Without that the file is whole
  ///   whatever becomes of the process, but perhaps not where the machine loses its power.
  package static func write(
    _ bytes: [UInt8], to path: String, isSynchronized: Bool = true
  ) throws(FileError) {
    let temporary = "\(path).\(getpid()).temporary"
    do throws(FileError) {
      try write(bytes, to: temporary, synchronizing: isSynchronized)
      guard rename(temporary, path) == 0 else {
        throw .failed(.rename, path: path, errno: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    if isSynchronized { try synchronizeFolder(of: path) }
  }

  /// Reads a whole file.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    let descriptor = try open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw .failed(.read, path: path, errno: errno)
      }
    }
  }

  private static func write(
    _ bytes: [UInt8], to path: String, synchronizing: Bool
  ) throws(FileError) {
    let descriptor = try open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC)
    defer { close(descriptor) }
    let failure = bytes.withUnsafeBytes { buffer -> Int32 in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
    guard failure == 0 else { throw .failed(.write, path: path, errno: failure) }
    guard !synchronizing || fsync(descriptor) == 0 else {
      throw .failed(.synchronize, path: path, errno: errno)
    }
  }

  /// A rename is on the disk only when its folder is.
  private static func synchronizeFolder(of path: String) throws(FileError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = try open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    // Some file systems cannot synchronize folders and say EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .failed(.synchronize, path: folder, errno: errno)
    }
  }

  private static func open(_ path: String, _ flags: Int32) throws(FileError) -> Int32 {
    let descriptor = Foundation.open(path, flags, 0o644)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    return descriptor
  }
}
