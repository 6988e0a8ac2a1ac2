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
    let course = StabilityTest.Course(
      epochs: epochs, samples: trainingSamples, batch: trainer.configuration.batch, seed: seed)
    return try StabilityTest.run(
      course, measure: { metrics(of: .training, with: quantized) },
      train: { samples, epoch in
        trainer.train(samples, epoch: epoch, activation: quantized, rate: rate)
      }, note: note)
  }
}
