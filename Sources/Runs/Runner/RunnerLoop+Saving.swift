import Engine

/// Checkpoints, and what is kept of the run beside them.
extension RunnerLoop {
  /// Saves a checkpoint for a reason and says how that went.
  func save(_ reason: SaveReason) {
    let time = surroundings.clock()
    recorder?.synchronize(at: time, waitsForDisk: reason.waitsForDisk)
    do {
      var checkpoint = study.snapshot()
      checkpoint.metadata[RunResumption.secondsKey] = String(work / .seconds(1))
      checkpoint.metadata.merge(ComputeEnvironment.current.metadata) { _, new in new }
      let path = try surroundings.save(checkpoint, study.progress, reason)
      recorder?.noteSaved(path, reason: reason, step: study.progress.step, at: time)
      outbox.post(.saved(path: path, reason: reason))
    } catch {
      outbox.post(.saveFailed(reason: surroundings.describe(error)))
    }
    postNotice()
  }

  func saveIfBest(_ evaluation: Evaluation) {
    let reason = recorder?.reasonToSave(after: evaluation, isAnnealed: study.isAnnealed)
    if let reason { save(reason) }
  }

  func recordFailure(_ reason: String) {
    recorder?.fail(reason, at: surroundings.clock())
  }

  /// Says where the run is kept, when the disk begins to fail, and when everything is written again.
  func postNotice() {
    if let folder = recorder?.takeFolder() { outbox.post(.recording(folder: folder)) }
    switch recorder?.takeNotice() {
    case .failed(let error): outbox.post(.saveFailed(reason: surroundings.describe(error)))
    case .recovered(let lost): outbox.post(.saveRecovered(lost: lost))
    case nil: break
    }
  }
}
