import Foundation

/// An exclusive lock on an open file. The system lets go of it however the process ends.
enum FileLock {
  private static let attempts = 5
  /// Microseconds between two attempts.
  private static let pause: UInt32 = 20_000

  /// Takes the lock without waiting for a process that keeps it: 0, or the error number, which is
  /// EWOULDBLOCK where another process has it.
  static func take(_ descriptor: Int32) -> Int32 {
    for attempt in 1...attempts {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return 0 }
      guard errno == EWOULDBLOCK else { break }
      // Whoever only asks whether the lock is held has it for a moment, and so does a process that
      // is being started by the one that had it.
      if attempt < attempts { usleep(pause) }
    }
    return errno
  }
}
