import Foundation
import GRDB
import Runs

/// The index of all stored runs: what lists and searches need, read from the runs' folders and made
/// anew from them at any time.
///
/// Several processes may use it at once. Used on one thread.
package final class RunIndex {
  package let location: RunStoreLocation
  private let file: IndexFile
  private let warn: (IndexWarning) -> Void
  private var queue: DatabaseQueue
  /// Which file is open; `nil` for an index in memory.
  private var number: FileNumber?

  /// Opens the index; what is wrong with it is told to `warn` and put right.
  package init(
    _ location: RunStoreLocation, warn: @escaping (IndexWarning) -> Void
  ) throws {
    self.location = location
    self.warn = warn
    file = IndexFile(location)
    do {
      queue = try file.open(warn: warn)
      number = FileNumber(file.path)
    } catch {
      warn(.unusable(path: file.path, reason: Self.reason(error)))
      queue = try IndexFile.inMemory()
    }
  }

  /// Brings the index up to date with the folders; only those that have changed are read.
  @discardableResult
  package func refresh() throws -> IndexRefresh.Count {
    try perform { try IndexRefresh(queue, location).run() }
  }

  /// Reads all folders anew. Folders outside that of all runs are forgotten where they are gone.
  ///
  /// What was known stays until it is read again, for other processes that list the runs meanwhile.
  @discardableResult
  package func rebuild() throws -> IndexRefresh.Count {
    try perform {
      try queue.write { database in
        let outside = try String.fetchAll(
          database, sql: "SELECT folder FROM runs WHERE isOutside")
        for folder in outside where FolderScan.stamp(of: folder) == nil {
          try database.execute(sql: "DELETE FROM runs WHERE folder = ?", arguments: [folder])
        }
        try database.execute(sql: "UPDATE runs SET stamp = ?", arguments: [Self.staleStamp])
      }
      return try IndexRefresh(queue, location).run()
    }
  }

  /// The stamp of no folder.
  private static let staleStamp = Int64.min

  /// Keeps a run that was made or opened in a folder of its own, outside that of all runs.
  package func record(folder: String) throws {
    guard let resolved = FilePaths.resolved(folder), FolderScan.stamp(of: resolved) != nil else {
      return
    }
    let parent = resolved.lastIndex(of: "/").map { String(resolved[..<$0]) }
    // Runs in the folder of all runs are found there.
    guard parent != FilePaths.resolved(location.runsFolder) else { return }
    try perform { try IndexRefresh(queue, location).record(resolved) }
  }

  /// Does something with the database. A file that turns out to be damaged is put aside, and one
  /// that cannot be written is left alone; then it is done once more with a new index.
  func perform<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch  where number != nil && IndexFile.isDamage(error) {
      queue = try file.open(damaged: number, warn: warn)
      number = FileNumber(file.path)
    } catch let error as DatabaseError where number != nil && Self.isUnusable(error) {
      warn(.unusable(path: file.path, reason: Self.reason(error)))
      queue = try IndexFile.inMemory()
      number = nil
    }
    try IndexRefresh(queue, location).run()
    return try body()
  }

  /// Forgets a folder outside that of all runs.
  package func forget(folder: String) throws {
    try perform {
      try queue.write { database in
        try database.execute(sql: "DELETE FROM runs WHERE folder = ?", arguments: [folder])
      }
    }
  }

  /// The runs that were forked from one.
  package func forks(ofRun name: String, folder: String) throws -> [(name: String, step: Int?)] {
    try read { database in
      var forks: [(name: String, step: Int?)] = []
      let rows = try IndexRows(
        database,
        sql: "SELECT name, parentStep FROM runs WHERE parent IN (?, ?) ORDER BY created, name",
        arguments: [name.databaseValue, folder.databaseValue])
      try rows.forEach { row in
        if let name = row.text(0) { forks.append((name, row.integer(1))) }
      }
      return forks
    }
  }

  /// Reads from the database.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try perform { try queue.read(body) }
  }

  private static func isUnusable(_ error: DatabaseError) -> Bool {
    [
      .SQLITE_READONLY, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_PERM,
      .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL,
    ].contains(error.resultCode)
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as DatabaseError: error.message ?? "\(error.resultCode)"
    case let error as POSIXError: String(cString: strerror(error.code.rawValue))
    default: (error as NSError).localizedDescription
    }
  }
}

/// Paths by which a folder is known whatever it was called.
enum FilePaths {
  /// Absolute, without links; `nil` where there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
  }
}
