/// The weights of a run, with quantized activations whatever its step.
extension FeedForwardStudy: StabilitySubject {
  package var trainedSteps: Int { step }
  package var trainingSamples: Int { trainer.images.count(in: .training) }

  /// With the estimator and the bits of the dials.
  @discardableResult
  package func stability(
    rate: Double, epochs: Int, note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    trainer.resetOptimizer()
    var task = StabilityTask(trainer, activation: quantized, rate: rate, epochs: epochs)
    return try task.run(note)
  }

  /// With the bits of the dials. As much memory as training takes is needed again.
  package func testStability(_ plan: StabilityPlan?) throws(StabilityRefusal) {
    guard let plan else { return stability.begin(nil) }
    try plan.check()
    let activation = try activation(by: plan.surrogate)
    let own = try trainerOfPresentWeights()
    stability.begin(
      BackgroundStability(plan, step: step, samples: trainingSamples) {
        StabilityTask(own, activation: activation, rate: plan.rate, epochs: plan.epochs)
      })
  }

  private func activation(by surrogate: String) throws(StabilityRefusal) -> FeedForwardActivation {
    let kind = FeedForwardStudyConfiguration.estimators.first { $0.rawValue == surrogate }
    guard let kind else { throw .unknownSurrogate(surrogate) }
    var dials = steering.dials
    dials.estimator = FeedForwardEstimator(kind)
    guard let activation = try? configuration.activation(dials) else {
      throw .unknownSurrogate(surrogate)
    }
    return activation
  }

  private func trainerOfPresentWeights() throws(StabilityRefusal) -> FeedForwardTrainer {
    do throws(TrainingSetupError) {
      let own = try FeedForwardTrainer(
        network: trainer.network, images: trainer.images, configuration: trainer.configuration,
        threads: 1)
      own.weights.flat.copy(from: trainer.weights.flat)
      return own
    } catch {
      throw .setup(error)
    }
  }
}
