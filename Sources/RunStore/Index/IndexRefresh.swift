import GRDB
import Runs

/// Brings the index up to date with the folders of the runs.
package struct IndexRefresh {
  /// How many runs were read and how many are gone.
  package struct Count: Sendable, Equatable {
    package var read = 0
    package var removed = 0
  }

  /// What the index knows of a folder.
  private struct Known {
    var id: Int64
    var stamp: Int64
    var state: RunState
    var hasEvents: Bool
  }

  private let queue: DatabaseQueue
  private let location: RunStoreLocation

  /// Runs that are written together.
  private static let batch = 200

  init(_ queue: DatabaseQueue, _ location: RunStoreLocation) {
    self.queue = queue
    self.location = location
  }

  @discardableResult
  func run() throws -> Count {
    let scan = FolderScan.read(location.runsFolder)
    let (inside, outside) = try known()
    var changed: [(folder: String, stamp: Int64, isOutside: Bool)] = []
    var states: [(id: Int64, state: RunState)] = []
    var present = 0
    for (name, stamp) in scan.runs {
      let known = inside[name]
      present += known == nil ? 0 : 1
      guard let known, known.stamp == stamp else {
        changed.append((location.runsFolder + "/" + name, stamp, false))
        continue
      }
      guard known.state.isOpen else { continue }
      let state = newState(of: known, in: location.runsFolder + "/" + name)
      if let state { states.append((known.id, state)) }
    }
    for (folder, known) in outside {
      guard let stamp = FolderScan.stamp(of: folder) else {
        if known.state != .missing { states.append((known.id, .missing)) }
        continue
      }
      if stamp != known.stamp || known.state == .missing {
        changed.append((folder, stamp, true))
      } else if let state = newState(of: known, in: folder) {
        states.append((known.id, state))
      }
    }
    var removed: [Int64] = []
    if present < inside.count {
      let names = Set(scan.runs.map(\.name))
      removed = inside.filter { !names.contains($0.key) }.map(\.value.id)
    }
    try write(states: states, removed: removed)
    try read(changed)
    return Count(read: changed.count, removed: removed.count)
  }

  /// Adds a folder outside that of all runs.
  func record(_ folder: String) throws {
    guard let stamp = FolderScan.stamp(of: folder) else { return }
    try read([(folder, stamp, true)])
  }

  /// Folders inside that of all runs by name, and others by path.
  private func known() throws -> (inside: [String: Known], outside: [String: Known]) {
    try queue.read { database in
      var inside: [String: Known] = [:]
      var outside: [String: Known] = [:]
      let rows = try IndexRows(
        database,
        sql: """
          SELECT id, stamp, state, hasEvents, isOutside, CASE WHEN isOutside THEN folder ELSE name END
          FROM runs
          """)
      try rows.forEach { row in
        guard let id = row.integer(0), let path = row.text(5) else { return }
        let known = Known(
          id: Int64(id), stamp: Int64(row.integer(1) ?? 0),
          state: RunState(rawValue: row.text(2) ?? "") ?? .unknown, hasEvents: row.integer(3) == 1)
        if row.integer(4) == 1 { outside[path] = known } else { inside[path] = known }
      }
      return (inside, outside)
    }
  }

  /// The state of a run whose files have not changed, if a process has begun or ceased to train it.
  private func newState(of known: Known, in folder: String) -> RunState? {
    guard known.state.isOpen else { return nil }
    let resting: RunState = known.hasEvents ? .interrupted : .unknown
    let state = RunLock.isHeld(in: folder) ? .running : resting
    return state == known.state ? nil : state
  }

  private func write(states: [(id: Int64, state: RunState)], removed: [Int64]) throws {
    // Without changes nobody has to wait for anybody.
    guard !states.isEmpty || !removed.isEmpty else { return }
    try queue.write { database in
      for change in states {
        try database.execute(
          sql: "UPDATE runs SET state = ? WHERE id = ?",
          arguments: [change.state.rawValue, change.id])
      }
      for id in removed {
        try database.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [id])
      }
    }
  }

  private func read(_ folders: [(folder: String, stamp: Int64, isOutside: Bool)]) throws {
    for start in stride(from: 0, to: folders.count, by: Self.batch) {
      let part = folders[start..<min(start + Self.batch, folders.count)]
      let entries = part.map { entry in
        let summary = RunSummary.read(folder: entry.folder)
        var state = RunState(summary)
        if state.isOpen, RunLock.isHeld(in: entry.folder) { state = .running }
        return IndexWriter.Entry(
          summary: summary, state: state, stamp: entry.stamp, isOutside: entry.isOutside)
      }
      try queue.write { database in
        var writer = try IndexWriter(database)
        for entry in entries { try writer.write(entry) }
      }
    }
  }
}
