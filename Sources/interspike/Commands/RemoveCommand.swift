import ArgumentParser
import Foundation
import RunStore
import Runs

/// `interspike rm RUN...`: moves stored runs into the trash.
struct RemoveCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm",
    abstract: "Move stored runs into the trash.",
    discussion: """
      The trash is the folder trash beside that of all runs; moved back, a run is there again. A \
      run that is being trained is not removed.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders of runs, names of those in the folder of all runs, or 'latest'.",
      valueName: "run"),
    completion: .directory)
  var runs: [String] = []

  @Flag(help: "Delete everything in the trash for good, these runs too.")
  var purgeTrash = false

  func validate() throws {
    if runs.isEmpty && !purgeTrash { throw ValidationError("Expected the name of a run.") }
  }

  func perform() throws -> Ending {
    let library = RunLibrary.ofProcess()
    var folders: [String] = []
    for run in runs {
      let folder = try library.find(run).folder
      if !folders.contains(folder) { folders.append(folder) }
    }
    let index = try RunIndex.ofProcess()
    let trash = RunTrash(index.location)
    for folder in folders {
      // Afterwards there is no folder whose path could be resolved.
      let known = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
      let target = try trash.take(folder)
      try index.forget(folder: known)
      try StandardOutput.write(Messages.removed(folder, to: target) + "\n")
    }
    try index.refresh()
    if purgeTrash { try StandardOutput.write(Messages.purged(try trash.purge()) + "\n") }
    return .success
  }
}
