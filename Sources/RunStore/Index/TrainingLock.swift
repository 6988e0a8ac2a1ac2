import Glibc

/// Whether a process trains a run: it then holds the lock on `run.lock` in the run's folder.
enum TrainingLock {
  private static func openFile(in folder: String) -> Int32 {
    open(folder + "/run.lock", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  }

  /// Whether a run is being trained.
  ///
  /// The lock is asked for as a shared one: processes that only ask do not take each other for
  /// trainers.
  static func isHeld(in folder: String) -> Bool {
    let descriptor = openFile(in: folder)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Does something to a run that no process trains meanwhile; returns `nil` where one does.
  static func withLock<Result>(in folder: String, _ body: () throws -> Result) rethrows -> Result? {
    let descriptor = openFile(in: folder)
    guard descriptor >= 0 else { return try body() }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else { return nil }
    return try body()
  }
}
