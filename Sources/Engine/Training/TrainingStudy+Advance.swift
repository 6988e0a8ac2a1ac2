/// The work of a training run: steps, evaluations at the ends of epochs, and the end.
extension TrainingStudy {
  package func advance(within budget: Duration) throws(StudyError) -> [StudyEvent] {
    // What goes on beside the work comes first: of small networks each call returns with a result.
    (isEnded ? [] : wait(within: .zero)) + train(within: budget)
  }

  private func train(within budget: Duration) -> [StudyEvent] {
    let clock = ContinuousClock()
    let begin = clock.now
    var events: [StudyEvent] = []
    repeat {
      if let stopReason, !isEnded {
        events.append(end(.stopped, stopReason))
        return events
      }
      switch phase {
      case .ended:
        if mustTellEnd {
          mustTellEnd = false
          events.append(end(.completed, earlyEnd ?? "all epochs are done"))
        }
        return events
      case .training: trainBatch(&events)
      case .evaluating(var task): evaluate(&task, &events)
      }
      // What was measured can be saved before the next step changes it.
      if events.contains(where: \.isResult) { return events }
    } while clock.now - begin < budget
    if case .evaluating(let task) = phase { events.append(.evaluating(task.progress)) }
    return events
  }

  var isEnded: Bool {
    if case .ended = phase { true } else { false }
  }

  private func trainBatch(_ events: inout [StudyEvent]) {
    guard epoch < configuration.epochs, !isValidationAsked else {
      return beginEvaluation(.validation)
    }
    repeatEdits(&events)
    guard !isValidationAsked else { return beginEvaluation(.validation) }
    let first = step % stepsPerEpoch * configuration.batch
    let batch = order[first..<min(first + configuration.batch, order.count)]
    let resolutions = resolutions(at: step)
    let rate = steering.value("learningRate", at: step) ?? 0
    takeRateFactor()
    let result = trainer.train(
      batch, epoch: epoch, resolutions: resolutions, rate: rate)
    guard result.loss.isFinite, result.gradientNorm.isFinite else {
      events.append(
        end(.diverged, "the loss or its gradient is not finite at step \(step + 1)"))
      return
    }
    events.append(.stepped(readings(result, resolutions, rate)))
    gallery.gradientNorm = result.gradientNorm
    step += 1
    samples += result.count
    if step % stepsPerEpoch == 0 { finishEpoch() }
  }

  /// An edit that is refused now was refused then, or belongs to another experiment.
  private func repeatEdits(_ events: inout [StudyEvent]) {
    for edit in replayed.takeDue(at: step) {
      if let repeated = try? apply(edit) { events.append(.edited(repeated)) }
    }
  }

  private func finishEpoch() {
    epoch += 1
    if !layers.isEmpty {
      gallery.note(CurveGallery.curves(of: layers, trainer.weights), epoch: epoch)
    }
    let isLast = epoch >= configuration.epochs
    if isLast || isValidationAsked || epoch % configuration.evaluation.everyEpochs == 0 {
      beginEvaluation(.validation)
    }
    if !isLast { beginEpoch() }
  }

  func beginEvaluation(_ split: Gauge.Split) {
    isValidationAsked = false
    let resolutions = resolutions(at: max(step - 1, 0))
    phase = .evaluating(
      EvaluationTask(
        split: split, count: trainer.problem.count(in: split),
        draws: trainer.draws(configuration.evaluation.draws(for: split), at: resolutions),
        resolutions: resolutions))
  }

  private func evaluate(_ task: inout EvaluationTask, _ events: inout [StudyEvent]) {
    task.advance(trainer)
    guard task.isDone else {
      phase = .evaluating(task)
      return
    }
    let evaluation = Evaluation(
      epoch: epoch, step: step, split: task.split, metrics: task.metrics(trainer))
    trainer.resetMeters()
    window.restart()
    lastEvaluation[task.split] = evaluation
    events.append(.evaluated(evaluation))
    phase = .training
    let isEndOfEpoch = step > 0 && step % stepsPerEpoch == 0
    if task.split == .test {
      events.append(end(.completed, earlyEnd ?? "all epochs are done"))
    } else if epoch >= configuration.epochs {
      beginEvaluation(.test)
    } else if isEndOfEpoch {
      applyPlateau(evaluation, &events)
      earlyEnd = configuration.stop.reason(
        after: evaluation, isAnnealed: isAnnealed, &stopState)
      if earlyEnd != nil { beginEvaluation(.test) }
    }
  }

  private func applyPlateau(_ evaluation: Evaluation, _ events: inout [StudyEvent]) {
    guard let score = evaluation["spiking.accuracy"],
      let edits = plateau?.edits(
        after: score,
        resolutions: signals.compactMap { signal in
          steering.value("w.\(signal.id)", at: step).map { ("w.\(signal.id)", $0) }
        })
    else { return }
    for edit in edits {
      guard let changes = try? steering.apply(edit, at: step), !changes.isEmpty else { continue }
      let record = EditRecord(step: step, source: .rule, edit: edit, changes: changes)
      self.edits.append(record)
      events.append(.edited(record))
    }
  }

  private func end(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    if case .evaluating(let task) = phase, outcome == .stopped { unfinishedEvaluation = task.split }
    phase = .ended
    let metrics = Gauge.Split.allCases.flatMap { split in
      (lastEvaluation[split]?.metrics ?? []).map {
        Reading("\(split.rawValue).\($0.gauge)", $0.last)
      }
    }
    return .ended(
      Conclusion(outcome: outcome, reason: reason, epochs: epoch, metrics: metrics))
  }

  private func readings(
    _ result: Trainer.BatchResult, _ resolutions: [Float], _ rate: Double
  ) -> Readings {
    let count = Double(result.count)
    var values = [
      Reading("loss", result.loss / count), Reading("learningRate", rate),
      Reading("accuracy", Double(result.correct) / count),
      Reading("gradientNorm", result.gradientNorm),
    ]
    for signal in signals where signal.site.kind != .off {
      values.append(
        Reading("w.\(signal.id)", steering.value("w.\(signal.id)", at: step) ?? .infinity))
    }
    let isClosed = window.close(after: trainer)
    for (index, signal) in signals.enumerated() {
      guard resolutions[index].isFinite, let metrics = window.metrics[index] else { continue }
      values.append(Reading("rate.\(signal.id)", metrics.spikeRate))
      guard isClosed else { continue }
      values += metrics.values.filter { TrainingGauges.bitMetrics.contains($0.0) }.map {
        Reading("bits.\(signal.id).\($0)", $1)
      }
    }
    return Readings(
      epoch: epoch + 1, step: step + 1, samples: samples + result.count, values: values)
  }
}

extension StudyEvent {
  fileprivate var isResult: Bool { if case .evaluated = self { true } else { false } }
}
