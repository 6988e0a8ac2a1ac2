/// The work of the training: steps, evaluations, and the end.
extension KolmogorovStudy {
  /// Those that were made after so many results since the last step, by default after as many as
  /// now; after the end all that are left.
  ///
  /// An edit that is refused now was refused then, or belongs to another experiment.
  func repeatEdits(_ events: inout [StudyEvent], results: Int? = nil) {
    for edit in replayed.takeDue(at: step, results: isEnded ? .max : results ?? self.results) {
      if let repeated = try? apply(edit) { events.append(.edited(repeated)) }
    }
  }

  /// One step.
  func work(_ events: inout [StudyEvent]) {
    let rate = steering.value(KolmogorovDials.Knobs.rate, at: step) ?? 0
    trainer.configuration.rate = rate
    trainer.configuration.energy = steering.dials.energy
    trainer.configuration.groupL1 = steering.dials.groupL1
    trainer.frozen = frozen.union(removed)
    // The moments of the warm-up are none of what follows.
    if step == warmUp, step > 0 { trainer.resetOptimizer() }
    let length = summary.batch ?? trainer.rows
    let first = step % stepsPerEpoch * length
    let batch = order[first..<min(first + length, order.count)]
    let score = trainer.step(on: batch, trainsOuter: step >= warmUp)
    guard score.loss.isFinite else {
      events.append(conclude(.diverged, "the loss is not finite at step \(step + 1)"))
      return
    }
    step += 1
    results = 0
    samples += batch.count
    let endsEpoch = step % stepsPerEpoch == 0
    events.append(.stepped(readings(score, rate: rate, isWhole: endsEpoch)))
    if endsEpoch { finishEpoch() }
  }

  /// There is nothing that could stay in an additive model.
  private var warmUp: Int { start.isAdditive ? 0 : configuration.warmUp }

  private func finishEpoch() {
    epoch += 1
    if epoch == epochs || epoch % configuration.everyEpochs == 0 {
      isEvaluationAsked = true
      past = kept
      kept = KolmogorovKept(epoch: epoch, network: trainer.network.rounded(nil))
    }
    // Pruning may add epochs to the last one.
    beginEpoch()
  }

  private func readings(_ score: KolmogorovScore, rate: Double, isWhole: Bool) -> Readings {
    var values = [Reading("loss", score.meanLoss), Reading("learningRate", rate)]
    if !table.classes.isEmpty { values.append(Reading("accuracy", score.accuracy)) }
    if isWhole { values += wholeReadings() }
    return Readings(
      epoch: (step - 1) / stepsPerEpoch + 1, step: step, samples: samples, values: values)
  }

  /// What all rows that train are needed for.
  private func wholeReadings() -> [Reading] {
    _ = trainer.evaluate()
    let shares = zip(names.gauges, trainer.shares).prefix(KolmogorovGauges.mostShares).map {
      Reading(KolmogorovGauges.share($0), $1)
    }
    let outside =
      start.isAdditive ? [] : [Reading(KolmogorovGauges.outside, trainer.shareOutside)]
    return shares + outside + [Reading(KolmogorovGauges.height, trainer.greatestHeight)]
  }

  /// On the rows that train and on those that validate.
  func evaluate() -> [StudyEvent] {
    isEvaluationAsked = false
    results += 1
    return [Gauge.Split.training, .validation].map { .evaluated(evaluation(of: $0)) }
  }

  /// The scores of a part at present. Those of the test are those of the validation.
  package func evaluation(of split: Gauge.Split) -> Evaluation {
    let pass = split == .training ? trainer.whole : testing
    var metrics = metrics(.nonSpiking, trainer.forward(pass, nil))
    if trainer.shape.quantizers != nil {
      metrics += self.metrics(.spiking, trainer.forward(pass))
    } else if configuration.bits > 0 {
      metrics += self.metrics(.spiking, scoreOfTables(bits: configuration.bits, split))
    }
    let evaluation = Evaluation(epoch: epoch, step: step, split: split, metrics: metrics)
    lastEvaluation[split] = evaluation
    return evaluation
  }

  package func count(in split: Gauge.Split) -> Int { table.indices(of: split).count }

  private func metrics(_ regime: Gauge.Regime, _ score: KolmogorovScore) -> [Reading] {
    let scale = table.targetScaling.deviation
    return [
      table.classes.isEmpty
        ? Reading("\(regime).rmse", scale * score.rootMeanSquare)
        : Reading("\(regime).accuracy", score.accuracy),
      Reading("\(regime).loss", score.meanLoss),
    ]
  }

  func conclude(_ outcome: Conclusion.Outcome, _ reason: String) -> StudyEvent {
    isEnded = true
    let metrics = Gauge.Split.allCases.flatMap { split in
      (lastEvaluation[split]?.metrics ?? []).map {
        Reading("\(split.rawValue).\($0.gauge)", $0.last)
      }
    }
    return .ended(
      Conclusion(outcome: outcome, reason: reason, epochs: epoch, metrics: metrics))
  }
}

/// With tables in the place of curves.
extension KolmogorovStudy {
  /// Tables of so many bits, as far as they reach on the rows that train.
  package func tables(bits: Int) -> KolmogorovTables {
    KolmogorovTables(
      trainer.network, bits: bits, rows: table.parts.training.map(table.scaledRow))
  }

  package func scoreOfTables(bits: Int, _ split: Gauge.Split) -> KolmogorovScore {
    let tables = tables(bits: bits)
    return KolmogorovScore(
      table.indices(of: split), of: table, loss: trainer.configuration.loss
    ) { tables.outputs($0) }
  }
}
