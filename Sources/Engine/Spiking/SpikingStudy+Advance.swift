/// The work of the training: steps, evaluations at the ends of epochs, and the end.
extension SpikingStudy {
  /// Samples whose readings are told together, and samples of an evaluation between two looks at the
  /// clock.
  private static let samplesOfChunk = 32

  package func advance(within budget: Duration) throws(StudyError) -> [StudyEvent] {
    let clock = ContinuousClock()
    let end = clock.now + budget
    var events: [StudyEvent] = []
    repeat {
      if let stopReason, !isEnded { return events + [conclude(.stopped, stopReason)] }
      switch work {
      case .ended:
        if mustTellEnd {
          mustTellEnd = false
          return events + [conclude(.completed, Self.allDone)]
        }
        repeatEdits(&events)
        return events
      case .training: trainChunk(&events)
      case .evaluating(var evaluating):
        let first = evaluating.score.samples
        let samples = first..<min(first + Self.samplesOfChunk, evaluating.total)
        evaluating.score.add(trainer.evaluate(samples, in: evaluating.split))
        work = .evaluating(evaluating)
        // What was measured can be saved before the next step changes it.
        if samples.upperBound == evaluating.total {
          finish(evaluating, &events)
          return events
        }
      }
    } while clock.now < end
    if case .evaluating(let evaluating) = work { events.append(.evaluating(evaluating.progress)) }
    return events
  }

  static let allDone = "all epochs are done"

  var isEnded: Bool { if case .ended = work { true } else { false } }

  /// An edit that is refused now was refused then, or belongs to another experiment.
  private func repeatEdits(_ events: inout [StudyEvent]) {
    for edit in replayed.takeDue(at: step) {
      if let repeated = try? apply(edit) { events.append(.edited(repeated)) }
    }
  }

  private func trainChunk(_ events: inout [StudyEvent]) {
    repeatEdits(&events)
    guard epoch < configuration.epochs, !isValidationAsked else { return begin(.validation) }
    let batch = configuration.training.batch
    var score = SpikingTrainer.Score()
    var rate = 0.0
    repeat {
      let first = step % stepsPerEpoch * batch
      let samples = order[first..<min(first + batch, order.count)]
      rate = steering.value(SpikingDials.Knobs.rate, at: step) ?? 0
      let own = trainer.step(samples, epoch: epoch, rate: rate)
      guard own.loss.isFinite else {
        events.append(conclude(.diverged, "the loss is not finite at step \(step + 1)"))
        return
      }
      score.add(own)
      step += 1
      self.samples += own.samples
    } while step % stepsPerEpoch != 0 && score.samples + batch <= Self.samplesOfChunk
      && !replayed.isDue(at: step)
    events.append(.stepped(readings(score, rate: rate)))
    if step % stepsPerEpoch == 0 { finishEpoch() }
  }

  private func finishEpoch() {
    trainer.endEpoch()
    epoch += 1
    if epoch >= configuration.epochs || epoch % configuration.everyEpochs == 0 {
      begin(.validation)
    }
    if epoch < configuration.epochs { beginEpoch() }
  }

  func begin(_ split: Gauge.Split) {
    isValidationAsked = false
    work = .evaluating(Evaluating(split: split, total: data.count(in: split)))
  }

  private func finish(_ evaluating: Evaluating, _ events: inout [StudyEvent]) {
    let evaluation = Evaluation(
      epoch: epoch, step: step, split: evaluating.split, metrics: metrics(evaluating.score))
    take(evaluation)
    events.append(.evaluated(evaluation))
    work = .training
    guard epoch >= configuration.epochs else { return }
    if evaluating.split == .validation, configuration.heldOut > 0 { return begin(.test) }
    if evaluating.split == .validation {
      // The same samples.
      let test = Evaluation(
        epoch: epoch, step: step, split: .test, metrics: evaluation.metrics)
      take(test)
      events.append(.evaluated(test))
    }
    events.append(conclude(.completed, Self.allDone))
  }

  private func take(_ evaluation: Evaluation) {
    lastEvaluation[evaluation.split] = evaluation
    guard evaluation.split == .validation, let accuracy = evaluation["spiking.accuracy"] else {
      return
    }
    if accuracy > best?.accuracy ?? -1 { best = (accuracy, evaluation.epoch) }
  }

  private func metrics(_ score: SpikingTrainer.Score) -> [Reading] {
    let count = Double(max(1, score.samples))
    return [
      Reading("spiking.accuracy", Double(score.correct) / count),
      Reading("spiking.loss", score.loss / count),
    ]
  }

  func conclude(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    work = .ended
    var metrics = Gauge.Split.allCases.flatMap { split in
      (lastEvaluation[split]?.metrics ?? []).map {
        Reading("\(split.rawValue).\($0.gauge)", $0.last)
      }
    }
    if let best {
      metrics += [
        Reading("best.spiking.accuracy", best.accuracy), Reading("best.epoch", Double(best.epoch)),
      ]
    }
    return .ended(
      Conclusion(outcome: outcome, reason: reason, epochs: epoch, metrics: metrics))
  }

  private func readings(_ score: SpikingTrainer.Score, rate: Double) -> Readings {
    let count = Double(max(1, score.samples))
    var values = [
      Reading("loss", score.loss / count), Reading("accuracy", Double(score.correct) / count),
      Reading(SpikingGauges.cost, score.cost / count), Reading("learningRate", rate),
    ]
    for (index, site) in summary.sites.enumerated() {
      let neurons = count * Double(site.units)
      values += [
        Reading(SpikingGauges.rate(site.id), Double(score.spikes[index + 1]) / neurons),
        Reading(SpikingGauges.silent(site.id), Double(score.silent[index]) / neurons),
      ]
    }
    if trainer.network.layers.contains(where: { $0.graph != nil }) {
      values += [
        Reading(SpikingGauges.sweeps, Double(score.sweeps)),
        Reading(SpikingGauges.dominant, score.dominantShare),
      ]
    }
    return Readings(
      epoch: (step - 1) / stepsPerEpoch + 1, step: step, samples: samples, values: values)
  }

  /// The scores of a whole split at present.
  package func evaluation(of split: Gauge.Split) -> Evaluation {
    let score = trainer.evaluate(0..<data.count(in: split), in: split)
    return Evaluation(epoch: epoch, step: step, split: split, metrics: metrics(score))
  }

  package func count(in split: Gauge.Split) -> Int { data.count(in: split) }
}
