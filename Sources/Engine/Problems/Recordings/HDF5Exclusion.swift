import Synchronization

/// The HDF5 library may have been built without locks of its own. All parts of the program that
/// use it do so under this one.
package enum HDF5Exclusion {
  private static let lock = Mutex(())

  /// Runs `body` while nobody else uses the library.
  package static func run(_ body: () -> Void) {
    lock.withLock { _ in body() }
  }
}
