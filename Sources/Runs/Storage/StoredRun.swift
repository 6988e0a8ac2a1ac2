import Foundation

/// The folder of a run that was saved.
package struct StoredRun: Sendable, Equatable {
  package struct Saved: Sendable, Equatable {
    package var step: Int
    package var path: String
  }

  package let folder: String
  /// Its checkpoints, oldest first.
  package let checkpoints: [Saved]

  package var experimentFile: String { RunLocation.experimentFile(in: folder) }

  /// - Throws: ``RunError`` where the folder is none of a run
  package init(folder: String) throws(RunError) {
    guard FileManager.default.fileExists(atPath: RunLocation.experimentFile(in: folder)) else {
      throw .notARun(folder: folder)
    }
    self.folder = folder
    let directory = RunLocation.checkpointsFolder(in: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    checkpoints = names.compactMap { name in
      RunLocation.step(ofCheckpoint: name).map { Saved(step: $0, path: directory + "/" + name) }
    }.sorted { $0.step < $1.step }
  }

  /// The checkpoint that is meant: the newest where nothing is said, that of a step, or a file.
  package func checkpoint(_ choice: String?) throws(RunError) -> String {
    guard let choice else {
      guard let newest = checkpoints.last else { throw .noCheckpoints(folder: folder) }
      return newest.path
    }
    if let step = Int(choice) {
      guard let saved = checkpoints.first(where: { $0.step == step }) else {
        throw .noCheckpoint(folder: folder, step: step, available: checkpoints.map(\.step))
      }
      return saved.path
    }
    guard FileManager.default.fileExists(atPath: choice) else { throw .noFile(path: choice) }
    return choice
  }

  /// When the newest checkpoint was written.
  fileprivate var savedAt: Date? {
    checkpoints.last.flatMap { saved in
      let attributes = try? FileManager.default.attributesOfItem(atPath: saved.path)
      return attributes?[.modificationDate] as? Date
    }
  }
}

/// Finds stored runs: by folder, by the name of one in the folder of all runs, or the latest.
package struct RunLibrary: Sendable {
  /// The word for the run whose checkpoint was written last.
  package static let latest = "latest"

  private let runsFolder: String?

  /// Without a folder of all runs only paths are found.
  package init(runsFolder: String?) {
    self.runsFolder = runsFolder
  }

  package func find(_ reference: String) throws(RunError) -> StoredRun {
    if reference == Self.latest { return try latestRun() }
    let named = reference.contains("/") ? nil : runsFolder.map { $0 + "/" + reference }
    for folder in [named, reference].compactMap(\.self) where Self.isFolder(folder) {
      return try StoredRun(folder: Self.trimmed(folder))
    }
    throw .unknown(
      reference: reference, runsFolder: runsFolder, nearest: nearestName(to: reference))
  }

  private func latestRun() throws(RunError) -> StoredRun {
    let runs = names.compactMap { name in
      try? StoredRun(folder: (runsFolder ?? "") + "/" + name)
    }
    let dated = runs.compactMap { run in run.savedAt.map { (run, $0) } }
    guard let newest = dated.max(by: { $0.1 < $1.1 }) else {
      throw .nothingSaved(runsFolder: runsFolder)
    }
    return newest.0
  }

  /// The names of all runs.
  package var names: [String] {
    guard let runsFolder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runsFolder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// The one run whose name begins so, or else the last of those that do.
  private func nearestName(to reference: String) -> String? {
    reference.isEmpty ? nil : names.last { $0.hasPrefix(reference) }
  }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? trimmed(String(path.dropLast())) : path
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
