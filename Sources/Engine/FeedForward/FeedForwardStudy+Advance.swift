/// The work of the training: steps, evaluations at the ends of epochs, and the end.
extension FeedForwardStudy {
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
      switch work {
      case .ended:
        if mustTellEnd {
          mustTellEnd = false
          events.append(end(.completed, Self.allDone))
        } else {
          // What was changed after the end is changed after the end again.
          repeatEdits(&events)
        }
        return events
      case .training:
        if budget > .zero, pace.isEarly(until: begin + budget) { return events }
        trainBatch(&events)
        pace.putOff(1, speed: configuration.speed)
      case .evaluating(var task):
        task.advance(trainer)
        work = .evaluating(task)
        // What was measured can be saved before the next step changes it.
        if task.isDone {
          finish(task, &events)
          return events
        }
      }
    } while clock.now - begin < budget
    if case .evaluating(let task) = work { events.append(.evaluating(task.progress)) }
    return events
  }

  private static let allDone = "all epochs are done"

  var isEnded: Bool {
    if case .ended = work { true } else { false }
  }

  private func trainBatch(_ events: inout [StudyEvent]) {
    repeatEdits(&events)
    guard epoch < configuration.epochs, !isValidationAsked else {
      return beginEvaluation(.validation)
    }
    if let start = staleResolutionStart { trainer.setResolutions(start) }
    // The moments of full precision are none of what follows.
    if step == fullPrecisionSteps { trainer.resetOptimizer() }
    let first = step % stepsPerEpoch * trainer.configuration.batch
    let batch = order[first..<min(first + trainer.configuration.batch, order.count)]
    let activation = activation(at: step)
    let rate = steering.value(FeedForwardDials.Knobs.rate, at: step) ?? 0
    trainer.optimizer.training = steering.dials.coefficients
    let result = trainer.train(batch, epoch: epoch, activation: activation, rate: rate)
    guard result.loss.isFinite, result.gradientNorm.isFinite else {
      events.append(
        end(.diverged, "the loss or its gradient is not finite at step \(step + 1)"))
      return
    }
    events.append(.stepped(readings(result, activation, rate)))
    lastDials = steering.dials
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
    if let head = trainer.network.head?.layer {
      gallery.note(head.network(trainer.weights), epoch: epoch)
    }
    if configuration.activation == .learned {
      gallery.note(CurveGallery.curves(of: layers, trainer.weights), epoch: epoch)
    }
    let isLast = epoch >= configuration.epochs
    let endsCourse = isLast || epoch == configuration.fullPrecision.epochs
    if endsCourse || isValidationAsked || epoch % configuration.everyEpochs == 0 {
      beginEvaluation(.validation)
    }
    if !isLast { beginEpoch() }
  }

  /// With the activations of the last step.
  func beginEvaluation(_ split: Gauge.Split) {
    isValidationAsked = false
    work = .evaluating(
      FeedForwardEvaluation(split: split, of: trainer.images, activation: lastActivation))
  }

  /// The scores of a whole split at present.
  package func measure(_ split: Gauge.Split) -> [Reading] {
    metrics(of: split, with: lastActivation)
  }

  /// The same as an evaluation.
  package func evaluation(of split: Gauge.Split) -> Evaluation {
    Evaluation(epoch: epoch, step: step, split: split, metrics: measure(split))
  }

  package func count(in split: Gauge.Split) -> Int { trainer.images.count(in: split) }

  func metrics(of split: Gauge.Split, with activation: FeedForwardActivation) -> [Reading] {
    var task = FeedForwardEvaluation(split: split, of: trainer.images, activation: activation)
    while !task.isDone { task.advance(trainer) }
    return task.metrics
  }

  private func finish(_ task: FeedForwardEvaluation, _ events: inout [StudyEvent]) {
    let evaluation = Evaluation(
      epoch: epoch, step: step, split: task.split, metrics: task.metrics)
    lastEvaluation[task.split] = evaluation
    events.append(.evaluated(evaluation))
    work = .training
    if task.split == .test {
      events.append(end(.completed, Self.allDone))
    } else if epoch >= configuration.epochs {
      beginEvaluation(.test)
    }
  }

  private func end(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    if case .evaluating(let task) = work, outcome == .stopped { unfinishedEvaluation = task.split }
    work = .ended
    let metrics = Gauge.Split.allCases.flatMap { split in
      (lastEvaluation[split]?.metrics ?? []).map {
        Reading("\(split.rawValue).\($0.gauge)", $0.last)
      }
    }
    return .ended(
      Conclusion(outcome: outcome, reason: reason, epochs: epoch, metrics: metrics))
  }

  private func readings(
    _ result: Trainer.BatchResult, _ activation: FeedForwardActivation, _ rate: Double
  ) -> Readings {
    let count = Double(result.count)
    var values = [
      Reading("loss", result.loss / count), Reading("learningRate", rate),
      Reading("gradientNorm", result.gradientNorm),
    ]
    if !trainer.images.isRegression {
      values.insert(Reading("accuracy", Double(result.correct) / count), at: 2)
    }
    if case .quantized(let relu, _) = activation.form {
      let own = trainer.resolutions
      let alpha = own.isEmpty ? relu.step : own.reduce(0, +) / Double(own.count)
      values += [Reading("bits", Double(relu.bits)), Reading("alpha", alpha)]
    }
    return Readings(
      epoch: epoch + 1, step: step + 1, samples: samples + result.count, values: values)
  }
}
