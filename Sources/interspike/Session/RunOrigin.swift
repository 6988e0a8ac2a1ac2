import Experiments
import Foundation
import Runs

/// The stored run that a run goes on from, as `--resume` or `--fork` asks for.
struct RunOrigin: Sendable {
  enum Kind {
    /// The same run, as if it had never stopped.
    case resumed
    /// Another run, with other settings from there on.
    case forked
  }

  let kind: Kind
  let run: StoredRun
  let resumption: RunResumption
  let past: RunPast
  /// Its folder, taken for this process, where it is the same run that goes on.
  let folder: RunFolder?

  init(_ kind: Kind, _ reference: String, at step: String? = nil) throws {
    self.kind = kind
    run = try RunLibrary.ofProcess().find(reference)
    let text = String(decoding: try DurableFile.read(run.experimentFile), as: UTF8.self)
    // Before anything is read that another process may still be writing.
    folder = kind == .resumed ? RunFolder(existing: run.folder, experiment: text) : nil
    _ = try folder?.prepare()
    resumption = try RunResumption(run, at: step)
    past = try RunPast(run: run.folder, goingOnAt: resumption.step)
  }

  /// `RUN` or `RUN@STEP`.
  init(forking reference: String) throws {
    guard let at = reference.lastIndex(of: "@"),
      !FileManager.default.fileExists(atPath: reference)
    else {
      try self.init(.forked, reference)
      return
    }
    try self.init(
      .forked, String(reference[..<at]), at: String(reference[reference.index(after: at)...]))
  }

  var name: String { URL(fileURLWithPath: run.folder).lastPathComponent }

  /// What the recorder notes of it.
  var recorded: RunRecorder.Origin {
    switch kind {
    case .resumed:
      .resumed(
        step: resumption.step, epoch: resumption.epoch,
        checkpoint: "checkpoints/" + URL(fileURLWithPath: resumption.path).lastPathComponent)
    case .forked: .forked(parent: name, step: resumption.step)
    }
  }
}
