import Foundation

/// The sign that a process trains a run: a lock on `run.lock` in its folder. The system lets go of
/// it however the process ends.
package final class RunLock {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Takes the lock; `nil` where another process has it.
  package static func take(in folder: String) throws(FileError) -> RunLock? {
    let path = RunLocation.lockFile(in: folder)
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    let code = FileLock.take(descriptor)
    if code == 0 { return RunLock(descriptor) }
    close(descriptor)
    if code == EWOULDBLOCK { return nil }
    throw .failed(.lock, path: path, errno: code)
  }

  /// Whether some process trains the run.
  package static func isHeld(in folder: String) -> Bool {
    let descriptor = open(RunLocation.lockFile(in: folder), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // A shared lock does not keep the run from being begun by another process meanwhile.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
