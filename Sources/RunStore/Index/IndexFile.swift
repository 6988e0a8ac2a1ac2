import Foundation
import GRDB

/// What went wrong with the index and was put right; a user should hear of it.
package enum IndexWarning: Sendable, Equatable {
  /// The file could not be read, or was made by a newer version, and has another name now.
  case setAside(path: String, newPath: String, isNewer: Bool)
  /// The file can be neither used nor put aside; without it every list reads all folders.
  case unusable(path: String, reason: String)
}

/// The database file of the index: opens it, or puts it aside and makes it anew.
struct IndexFile {
  let path: String
  /// The folder it is in; opening and putting aside happen while this folder is locked.
  let folder: String

  init(_ location: RunStoreLocation) {
    path = location.indexFile
    folder = location.dataFolder
  }

  /// An index in memory, for where no file can be written.
  static func inMemory() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write(IndexSchema.make)
    return queue
  }

  /// Opens the file, which is made where there is none.
  ///
  /// - Parameter damaged: the file that turned out to be damaged later, put aside unless another
  ///   process has done so
  func open(
    damaged: FileNumber? = nil, warn: (IndexWarning) -> Void
  ) throws -> DatabaseQueue {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return try whileLocked {
      if let damaged, damaged == FileNumber(path) { try setAside(isNewer: false, warn) }
      do {
        return try openAsItIs()
      } catch Refusal.newer {
        try setAside(isNewer: true, warn)
      } catch Refusal.foreign {
        try setAside(isNewer: false, warn)
      } catch  where Self.isDamage(error) {
        try setAside(isNewer: false, warn)
      }
      return try openAsItIs()
    }
  }

  private enum Refusal: Error {
    case newer, foreign
  }

  private func openAsItIs() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(10)
    configuration.label = "runs"
    // Looked at before anything is written into it, the change of the journal included.
    if FileNumber(path) != nil {
      var reading = Configuration()
      reading.busyMode = .timeout(10)
      let queue = try DatabaseQueue(path: path, configuration: reading)
      switch try queue.read(IndexSchema.examine) {
      case .newer: throw Refusal.newer
      case .foreign: throw Refusal.foreign
      case .empty, .older, .present: break
      }
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { database in
      if try IndexSchema.examine(database) != .present { try IndexSchema.make(database) }
    }
    return queue
  }

  /// Whether the file itself is at fault.
  static func isDamage(_ error: any Error) -> Bool {
    switch error {
    case let error as DatabaseError:
      // Within tables that were found to be there, a wrong statement means a damaged schema.
      [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(
        error.resultCode)
    default: error is RowDecodingError
    }
  }

  /// Gives the file and those that belong to it another name. The log goes first: a new file must
  /// never meet an old log.
  private func setAside(isNewer: Bool, _ warn: (IndexWarning) -> Void) throws {
    let kind = isNewer ? "newer" : "damaged"
    let newPath = FreeName.path("\(path).\(kind)-\(FreeName.date())")
    for ending in ["-wal", "-shm", ""] where FileNumber(path + ending) != nil {
      guard rename(path + ending, newPath + ending) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    }
    warn(.setAside(path: path, newPath: newPath, isNewer: isNewer))
  }

  private func whileLocked<Result>(_ body: () throws -> Result) throws -> Result {
    let descriptor = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    return try body()
  }
}

/// Tells a file from another one that has its name later.
struct FileNumber: Equatable {
  private let device: UInt64
  private let number: UInt64

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt64(status.st_dev)
    number = UInt64(status.st_ino)
  }
}
