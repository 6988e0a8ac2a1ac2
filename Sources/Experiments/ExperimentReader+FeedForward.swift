import Engine

/// What keys of a network without time have to be together.
extension ExperimentReader {
  mutating func checkFeedForward() {
    let feedForward = draft.experiment.feedForward
    guard draft.experiment.kind == .feedForward else { return }
    let side = feedForward.dataSet.side(for: feedForward.model)
    if side < feedForward.model.leastSide,
      let origin = origin(of: ["feedforward.model", "feedforward.dataset"])
    {
      errors.append(
        .imagesTooSmall(
          origin, model: feedForward.model.rawValue, dataSet: feedForward.dataSet.rawValue,
          side: side, expected: feedForward.model.leastSide))
    }
    if feedForward.trainsOnValidation, feedForward.dataSet.validatesOnTest,
      let origin = origin(of: ["feedforward.trainsOnValidation", "feedforward.dataset"])
    {
      errors.append(.trainedOnTest(origin, dataSet: feedForward.dataSet.rawValue))
    }
    checkSurrogate(in: "feedforward", feedForward.validateEstimator)
    checkLearned(feedForward)
    checkHead(feedForward)
    let epochs = ["feedforward.quantizedEpochs", "feedforward.fullPrecisionEpochs"]
    if feedForward.epochs == 0, let origin = origin(of: epochs) {
      errors.append(.noEpochs(origin))
    }
    if feedForward.shards > feedForward.batch,
      let origin = origin(of: ["feedforward.shards", "feedforward.batch"])
    {
      errors.append(
        .moreShardsThanSamples(
          origin, table: "feedforward", shards: feedForward.shards, batch: feedForward.batch))
    }
  }

  private mutating func checkHead(_ feedForward: FeedForwardStudyConfiguration) {
    guard feedForward.head == .kolmogorov else { return }
    do {
      _ = try feedForward.kolmogorov.controlPoints()
    } catch {
      let keys = KeyTable.feedForwardKolmogorov.map(\.path) + ["feedforward.head"]
      if let origin = origin(of: keys) { errors.append(.controlPoints(origin, error)) }
    }
  }

  private mutating func checkLearned(_ feedForward: FeedForwardStudyConfiguration) {
    do {
      try feedForward.validateLearned()
    } catch {
      let keys = KeyTable.learned.map(\.path) + ["feedforward.batch", "feedforward.activation"]
      if let origin = origin(of: keys) {
        errors.append(.activations(origin, table: "feedforward.learned", error))
      }
    }
    if let schedule = feedForward.rateSchedule {
      check(
        schedule, in: "feedforward.schedule",
        allowed: OptimizerConfiguration.allowedLearningRate)
    }
  }
}
