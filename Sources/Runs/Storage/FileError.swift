/// Why a file could not be written or read; the system's reason as its error number.
package enum FileError: Error, Sendable, Equatable {
  package enum Operation: String, Sendable {
    case createDirectory, open, read, write, synchronize, rename, lock
  }

  case failed(Operation, path: String, errno: Int32)
  /// A folder that should hold a new run already holds another one.
  case occupied(path: String)
  /// Another process trains the run in this folder.
  case busy(path: String)
  /// Neither `XDG_DATA_HOME` nor `HOME` names a folder for runs.
  case noDataFolder
}
