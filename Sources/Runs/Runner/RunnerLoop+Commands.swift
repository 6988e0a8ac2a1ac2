import Engine

extension RunnerLoop {
  /// Does what a command asks for, between two units of work.
  ///
  /// After the end only edits, probes, sweeps, tests of stability and saving remain; the rest is
  /// without effect.
  mutating func obey(_ command: RunnerCommand) {
    switch command {
    case .pause: steer(to: .paused)
    case .resume: steer(to: .training)
    case .stepBatch: steer(to: .untilStep(after: study.progress.step))
    case .run(let batches):
      steer(to: .untilStep(after: study.progress.step + max(batches, 1) - 1))
    case .stepEpoch: steer(to: .untilEpoch(after: study.progress.epoch))
    case .rest: rest()
    case .wake: isResting = false
    case .edit(let edit): apply(edit)
    case .watch(let request, let interval): watch(request, every: interval)
    case .validate: validate()
    case .sweep: sweep()
    case .testStability(let plan): testStability(plan)
    case .save: save(.asked)
    case .stop: stop()
    case .seek: break
    }
  }

  private mutating func rest() {
    isResting = true
    outbox.post(.resting)
  }

  private mutating func steer(to drive: Drive) {
    guard self.drive != .stopping && self.drive != .ended else { return }
    self.drive = drive
  }

  private mutating func stop() {
    isResting = false
    guard drive != .stopping && drive != .ended else { return }
    study.stop(reason: "stopped by the user")
    drive = .stopping
  }

  private mutating func watch(_ request: Probe.Request?, every interval: Duration) {
    probeInterval = interval
    guard request != watched else { return }
    watched = request
    lastProbe = nil
    probeIsCurrent = request == nil
  }

  /// Applies an edit and returns whether the study took it.
  @discardableResult
  private mutating func apply(_ edit: Edit) -> Bool {
    do throws(EditError) {
      let record = try study.apply(edit)
      report(.edited(record))
      showEffect(of: edit)
      return true
    } catch {
      outbox.post(.refused(edit, error))
      return false
    }
  }

  /// What was done to a curve or a network shows at once, even while nothing goes on.
  private mutating func showEffect(of edit: Edit) {
    // Whatever is turned there, numbers and chosen neurons too, is seen in the look at it.
    if case .dynamics? = watched { probeIsCurrent = false }
    switch edit {
    case .reshape, .undo, .redo, .perform:
      hasWorkBeside = true
      if case .curves? = watched { probeIsCurrent = false }
    case .set, .scale, .choose, .schedule, .hold, .release: break
    }
  }

  private mutating func validate() {
    guard apply(.perform(action: "validate")), drive == .paused else { return }
    drive = .untilEvaluated(before: study.progress.step)
  }

  /// A sweep changes nothing about the run, so it is no edit of it.
  private mutating func sweep() {
    guard drive != .stopping else { return }
    let edit = Edit.perform(action: "sweep")
    do throws(EditError) {
      _ = try study.apply(edit)
      hasWorkBeside = true
    } catch {
      outbox.post(.refused(edit, error))
    }
  }

  /// It goes on with other weights than those of the run, and is no edit of it either.
  private mutating func testStability(_ plan: StabilityPlan?) {
    guard drive != .stopping || plan == nil else { return }
    do throws(StabilityRefusal) {
      try study.testStability(plan)
      hasWorkBeside = true
    } catch {
      outbox.post(.declined(reason: surroundings.describe(error)))
    }
  }
}
