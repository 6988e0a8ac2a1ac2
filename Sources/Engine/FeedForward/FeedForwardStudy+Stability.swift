/// The weights of a run, with quantized activations whatever its step.
extension FeedForwardStudy: StabilitySubject {
  package var trainedSteps: Int { step }
  package var trainingSamples: Int { trainer.images.count(in: .training) }

  /// With the estimator and the bits of the dials. Statistics of batch normalization go on as in any
  /// training, so that the loss may move a little at rate 0 too.
  @discardableResult
  package func stability(
    rate: Double, epochs: Int, note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    trainer.resetOptimizer()
    var order: [Int] = []
    return try StabilityTest.run(
      epochs: epochs, measure: trainingScore,
      train: { epoch in
        order.setOrder(ofEpoch: epoch, count: trainingSamples, seed: seed)
        return train(order, epoch: epoch, rate: rate)
      }, note: note)
  }

  /// One epoch; whether all its losses and gradients were finite.
  private func train(_ order: [Int], epoch: Int, rate: Double) -> Bool {
    let batch = trainer.configuration.batch
    for first in stride(from: 0, to: order.count, by: batch) {
      let result = trainer.train(
        order[first..<min(first + batch, order.count)], epoch: epoch, activation: quantized,
        rate: rate)
      guard result.loss.isFinite, result.gradientNorm.isFinite else { return false }
    }
    return true
  }

  private func trainingScore(after epoch: Int) -> StabilityTest.Row {
    var task = FeedForwardEvaluation(
      split: .training, count: trainingSamples, activation: quantized)
    while !task.isDone { task.advance(trainer) }
    let value = { (name: String) in
      task.metrics.first { $0.gauge == "spiking.\(name)" }?.last ?? .nan
    }
    return StabilityTest.Row(epoch: epoch, loss: value("loss"), accuracy: value("accuracy"))
  }
}
