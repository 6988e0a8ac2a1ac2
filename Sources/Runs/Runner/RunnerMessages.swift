package import Engine

/// What the main thread asks of the thread that owns the study.
package enum RunnerCommand: Sendable, Equatable {
  case pause
  case resume
  /// Do one optimizer step, then pause.
  case stepBatch
  /// Do so many optimizer steps, then pause.
  case run(batches: Int)
  /// Go on to the end of the epoch, then pause.
  case stepEpoch
  /// Rest as soon as the current unit of work is done, whatever the study is doing, until `wake`.
  case rest
  case wake
  case edit(Edit)
  /// Send this probe when the study has advanced, at once and then no sooner than after the given
  /// time; `nil` for none.
  case watch(Probe.Request?, every: Duration = .milliseconds(100))
  /// Evaluate on the validation split as soon as the current batch is done.
  case validate
  /// Measure the present weights over a grid of resolutions as soon as the current batch is done,
  /// also while paused and after the end.
  case sweep
  /// Begin to test the present weights for stability, in the same way and in the place of a test
  /// that goes on; `nil` ends that one alone.
  case testStability(StabilityPlan?)
  /// Save a checkpoint after the current batch.
  case save
  /// Go forward by this share of the record, or back: a replay does, nothing else.
  case seek(share: Double)
  /// Finish the current batch, end, and keep everything for inspection.
  case stop
}

/// What the study's thread tells the main thread, in order.
package enum RunnerReport: Sendable, Equatable {
  case began(RunBeginning)
  /// What was recorded before, of a run that goes on; comes once, after the knobs.
  case recalled(RunPast)
  /// What is read from now on goes to the columns in the folder of the run.
  case recording(folder: String)
  case state(RunState)
  /// The study rests, as it was told to.
  case resting
  case event(TimedEvent)
  /// The knobs as they are now; sent at the beginning and after each edit.
  case knobs([Knob])
  case probe(Probe)
  case refused(Edit, EditError)
  /// What was asked for is not done, by the study or by the process that trains a run that is
  /// watched.
  case declined(reason: String)
  /// A checkpoint was written to this path.
  case saved(path: String, reason: SaveReason = .asked)
  /// A checkpoint, or what is recorded beside it, could not be written. The run goes on.
  case saveFailed(reason: String)
  /// Everything that could not be written has been, but for readings and events that were more
  /// than can wait.
  case saveRecovered(lost: Int = 0)
  /// The study could not be made or could not go on. Nothing follows.
  case failed(reason: String)
}

/// The first report of a run.
package struct RunBeginning: Sendable, Equatable {
  package var summary: StudySummary
  package var progress: StudyProgress
  package var gauges: [Gauge]

  package init(summary: StudySummary, progress: StudyProgress, gauges: [Gauge]) {
    self.summary = summary
    self.progress = progress
    self.gauges = gauges
  }
}

package enum RunState: String, Sendable, Equatable, Codable {
  case training, paused, evaluating, stopping, ended
}

/// An event of the study with the time that only the runner knows.
package struct TimedEvent: Sendable, Equatable {
  /// Seconds of work since the beginning, pauses not counted.
  package var seconds: Double
  /// Mean over about the last second of work; 0 until it is known.
  package var samplesPerSecond: Double
  package var progress: StudyProgress
  package var event: StudyEvent

  package init(
    seconds: Double, samplesPerSecond: Double, progress: StudyProgress, event: StudyEvent
  ) {
    self.seconds = seconds
    self.samplesPerSecond = samplesPerSecond
    self.progress = progress
    self.event = event
  }
}
