package import Engine

/// Where a run goes on: the newest checkpoint that is whole.
package struct RunResumption: Sendable {
  /// Under which the seconds of work are kept in a checkpoint.
  static let secondsKey = "seconds"

  package let checkpoint: Checkpoint
  package let path: String
  package let step: Int
  package let epoch: Int
  /// Seconds of work that it took to get there.
  package let seconds: Double
  /// Where the checkpoint was written, if not on a machine like this one: results may differ in
  /// their last bits then.
  package var otherEnvironment: ComputeEnvironment? {
    guard let written = ComputeEnvironment(of: checkpoint), written != .current else { return nil }
    return written
  }

  /// Newer checkpoints that cannot be used, with the reasons.
  package let skipped: [SafetensorsError]

  /// - Parameter choice: a step or a file; the newest whole one without it
  package init(_ run: StoredRun, at choice: String? = nil) throws {
    guard choice == nil else {
      let path = try run.checkpoint(choice)
      self.init(try CheckpointFile.read(path, isWhole: true), path: path, skipped: [])
      return
    }
    guard !run.checkpoints.isEmpty else { throw RunError.noCheckpoints(folder: run.folder) }
    var skipped: [SafetensorsError] = []
    for saved in run.checkpoints.reversed() {
      do throws(SafetensorsError) {
        self.init(
          try CheckpointFile.read(saved.path, isWhole: true), path: saved.path, skipped: skipped)
        return
      } catch {
        skipped.append(error)
      }
    }
    throw skipped[0]
  }

  private init(_ checkpoint: Checkpoint, path: String, skipped: [SafetensorsError]) {
    self.checkpoint = checkpoint
    self.path = path
    self.skipped = skipped
    step = checkpoint.metadata["step"].flatMap { Int($0) } ?? 0
    epoch = checkpoint.metadata["epoch"].flatMap { Int($0) } ?? 0
    let kept = checkpoint.metadata[Self.secondsKey].flatMap { Double($0) } ?? 0
    seconds = kept > 0 && kept < 1e12 ? kept : 0
  }
}
