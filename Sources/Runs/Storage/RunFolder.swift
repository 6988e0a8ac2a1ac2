package import Engine
import Foundation
import Synchronization

/// The folder of one run on the disk: `experiment.toml` and `checkpoints/step-N.safetensors`.
///
/// It is made with the first thing that is saved, so a run that saves nothing leaves nothing.
package final class RunFolder: Sendable {
  /// Whether the folder's name was chosen by the user or made for this run.
  private enum Choice {
    /// May exist already if it is empty of other runs.
    case given(String)
    /// Must be new; another run of the same second gets a number at its end.
    case made(String)
  }

  private let choice: Choice
  private let experiment: String
  /// The folder once it is there. Held while it is made.
  private let folder = Mutex<String?>(nil)

  private static let mostNumbered = 1000

  /// `path` is the folder itself; `experiment` the text of its `experiment.toml`.
  package init(at path: String, experiment: String) {
    choice = .given(path)
    self.experiment = experiment
  }

  /// A folder called `name` in `runsFolder`, or, where that name is taken, `name-2` and so on.
  package init(in runsFolder: String, name: String, experiment: String) {
    choice = .made(runsFolder + "/" + name)
    self.experiment = experiment
  }

  /// The folder, if anything was saved yet.
  package var path: String? { folder.withLock { $0 } }

  /// Saves a checkpoint and returns the path of its file; one of the same step is replaced.
  package func save(_ checkpoint: Checkpoint, step: Int) throws(FileError) -> String {
    let file = RunLocation.checkpointFile(in: try prepare(), step: step)
    try SafetensorsWriter.write(checkpoint, to: file)
    return file
  }

  /// Makes the folder with its experiment file unless that is done.
  package func prepare() throws(FileError) -> String {
    try folder.withLock { (folder) throws(FileError) -> String in
      if let folder { return folder }
      let made = try makeFolder()
      try Self.makeDirectory(RunLocation.checkpointsFolder(in: made), mayExist: true)
      try writeExperiment(in: made)
      folder = made
      return made
    }
  }

  private func makeFolder() throws(FileError) -> String {
    switch choice {
    case .given(let path):
      try Self.makeParents(of: path)
      try Self.makeDirectory(path, mayExist: true)
      return path
    case .made(let path):
      try Self.makeParents(of: path)
      var failure = FileError.occupied(path: path)
      for number in 1...Self.mostNumbered {
        let candidate = number == 1 ? path : "\(path)-\(number)"
        do throws(FileError) {
          try Self.makeDirectory(candidate, mayExist: false)
          return candidate
        } catch {
          failure = error
          guard case .failed(_, _, EEXIST) = error else { throw error }
        }
      }
      throw failure
    }
  }

  private func writeExperiment(in folder: String) throws(FileError) {
    let file = RunLocation.experimentFile(in: folder)
    let bytes = Array(experiment.utf8)
    do throws(FileError) {
      guard try DurableFile.read(file) == bytes else { throw .occupied(path: folder) }
    } catch .failed(.open, _, ENOENT) {
      try DurableFile.write(bytes, to: file)
    }
  }

  private static func makeParents(of path: String) throws(FileError) {
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard !isDirectory(parent) else { return }
    try makeParents(of: parent)
    try makeDirectory(parent, mayExist: true)
  }

  private static func makeDirectory(_ path: String, mayExist: Bool) throws(FileError) {
    guard mkdir(path, 0o755) != 0 else { return }
    let code = errno
    guard mayExist, code == EEXIST, isDirectory(path) else {
      throw .failed(.createDirectory, path: path, errno: code)
    }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
