import Foundation

/// The Unix socket over which a run is steered from another process.
package enum ControlSocket {
  /// `$XDG_RUNTIME_DIR/interspike/<hash of the run's folder>`, or below `/tmp` where there is no
  /// such folder: paths of sockets may be only about a hundred bytes long.
  package static func path(ofRun folder: String, environment: [String: String]) -> String {
    let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let parent = runtime.map { $0 + "/interspike" } ?? "/tmp/interspike-\(getuid())"
    let resolved = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    // FNV-1a: the same in every process.
    let hash = resolved.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x0100_0000_01b3
    }
    return parent + "/" + String(hash, radix: 36) + ".sock"
  }

  /// Listens at a path; only the user of this process may connect.
  package static func listen(at path: String) throws(FileError) -> Int32 {
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if mkdir(parent, 0o700) != 0 && errno != EEXIST {
      throw .failed(.createDirectory, path: parent, errno: errno)
    }
    var status = stat()
    guard lstat(parent, &status) == 0, status.st_uid == getuid(), status.st_mode & S_IFMT == S_IFDIR
    else { throw .failed(.open, path: parent, errno: EPERM) }
    // Whoever holds the run's lock is the only one to listen: what lies here was left behind.
    unlink(path)
    let descriptor = try descriptor(path)
    // The folder is the user's alone; nobody can connect before the call to listen.
    let isBound = withAddress(path) { bind(descriptor, $0, $1) == 0 }
    guard isBound, chmod(path, 0o600) == 0, Foundation.listen(descriptor, 8) == 0 else {
      let code = errno
      close(descriptor)
      throw .failed(.open, path: path, errno: code)
    }
    return descriptor
  }

  package static func connect(to path: String) throws(FileError) -> Int32 {
    let descriptor = try descriptor(path)
    guard withAddress(path, { Foundation.connect(descriptor, $0, $1) == 0 }) else {
      let code = errno
      close(descriptor)
      throw .failed(.open, path: path, errno: code)
    }
    return descriptor
  }

  private static func descriptor(_ path: String) throws(FileError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    return descriptor
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      errno = ENAMETOOLONG
      return false
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
