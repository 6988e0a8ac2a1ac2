package import Runs

/// Where the run store keeps its things: paths only, nothing touches the disk.
package struct RunStoreLocation: Sendable, Equatable {
  /// The folder of all runs.
  package let runsFolder: String

  package init(runsFolder: String) {
    self.runsFolder = runsFolder
  }

  package init(environment: [String: String]) throws(FileError) {
    runsFolder = try RunLocation.runsFolder(environment: environment)
  }

  /// The folder that the folder of all runs is in: `$XDG_DATA_HOME/interspike`.
  package var dataFolder: String {
    runsFolder.lastIndex(of: "/").map { String(runsFolder[..<$0]) } ?? "."
  }

  package var indexFile: String { dataFolder + "/runs.sqlite" }

  /// Where runs go that are removed.
  package var trashFolder: String { dataFolder + "/trash" }
}
