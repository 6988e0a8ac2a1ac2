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
    /// Is there, with its experiment.
    case existing(String)

    /// Where the folder is to be, before a number is added to its name.
    var path: String {
      switch self {
      case .given(let path), .made(let path), .existing(let path): path
      }
    }
  }

  private let choice: Choice
  private let experiment: String
  /// The folder once it is there. Held while it is made.
  private let state = Mutex(State())

  private struct State: Sendable {
    var made: Made?
    /// Whether the folder was there already; it may be deleted while the run goes on.
    var wasMade = false
  }

  private struct Made: @unchecked Sendable {
    let path: String
    /// Which folder it is, whatever its name.
    let identity: FileIdentity?
    /// Held as long as the process works on the run.
    let lock: RunLock
  }

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

  /// The folder of a run that goes on, with the text of its experiment.
  package init(existing path: String, experiment: String) {
    choice = .existing(path)
    self.experiment = experiment
  }

  /// The name of the run as far as it is known.
  package var name: String {
    URL(fileURLWithPath: path ?? choice.path).standardizedFileURL.lastPathComponent
  }

  /// The folder, if anything was saved yet.
  package var path: String? { state.withLock { $0.made?.path } }

  /// Saves a checkpoint and returns the path of its file; one of the same step is replaced.
  package func save(
    _ checkpoint: Checkpoint, step: Int, isSynchronized: Bool = true
  ) throws(FileError) -> String {
    let file = RunLocation.checkpointFile(in: try prepare(), step: step)
    try CheckpointFile.write(checkpoint, to: file, isSynchronized: isSynchronized)
    return file
  }

  /// Makes the folder with its experiment file unless that is done, and takes the run for this
  /// process.
  package func prepare() throws(FileError) -> String {
    try state.withLock { (state) throws(FileError) -> String in
      if let made = state.made { return made.path }
      let path = try makeFolder()
      if !state.wasMade { try checkForRecord(in: path) }
      try Self.makeDirectory(RunLocation.checkpointsFolder(in: path), mayExist: true)
      guard let lock = try RunLock.take(in: path) else { throw .busy(path: path) }
      try writeExperiment(in: path)
      state.made = Made(path: path, identity: FileIdentity(of: path), lock: lock)
      state.wasMade = true
      return path
    }
  }

  /// A folder that holds the record of a run is not given another one.
  private func checkForRecord(in path: String) throws(FileError) {
    guard case .given = choice else { return }
    let checkpoints = RunLocation.checkpointsFolder(in: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? []
    let hasCheckpoints = names.contains { RunLocation.step(ofCheckpoint: $0) != nil }
    let hasEvents = FileManager.default.fileExists(atPath: RunLocation.eventsFile(in: path))
    if hasCheckpoints || hasEvents { throw .occupied(path: path) }
  }

  /// Whether the folder that was made is still there. If not, it is forgotten, so that
  /// ``prepare()`` makes another one.
  package func isThere() -> Bool {
    state.withLock { state in
      guard let made = state.made else { return true }
      if let identity = made.identity, FileIdentity(of: made.path) == identity { return true }
      state.made = nil
      return false
    }
  }

  private func makeFolder() throws(FileError) -> String {
    switch choice {
    case .given(let path), .existing(let path):
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
    if case .existing = choice, FileManager.default.fileExists(atPath: file) { return }
    let bytes = Array(experiment.utf8)
    do throws(FileError) {
      guard try DurableFile.read(file) == bytes else { throw .occupied(path: folder) }
    } catch .failed(.open, _, ENOENT) {
      try DurableFile.write(bytes, to: file)
    }
  }

  static func makeParents(of path: String) throws(FileError) {
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
