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
    guard configuration.isQuantized else { throw .nothingQuantized }
    try plan.check()
    let activation = try activation(by: plan.surrogate)
    let own = try trainerOfPresentWeights()
    stability.begin(
      BackgroundStability(plan, step: step, samples: trainingSamples) {
        StabilityTask(own, activation: activation, rate: plan.rate, epochs: plan.epochs)
      })
  }

  /// Takes another estimator, with the scale of the present one where it can have it.
  ///
  /// - Parameter surrogate: as in experiment files
  package func setEstimator(_ surrogate: String) throws(StabilityRefusal) {
    guard configuration.isQuantized else { throw .nothingQuantized }
    quantized = try activation(by: surrogate)
  }

  private func activation(by surrogate: String) throws(StabilityRefusal) -> FeedForwardActivation {
    var dials = steering.dials
    let scale = dials.estimator.normalization
    do throws(SurrogateError) {
      dials.estimator = try FeedForwardEstimator(text: surrogate)
    } catch .unknownKind(let name) {
      throw .unknownSurrogate(name)
    } catch {
      throw .surrogate(error)
    }
    let plain = dials
    dials.estimator = dials.estimator.scaled(scale)
    for dials in [dials, plain] {
      if let activation = try? configuration.activation(dials) { return activation }
    }
    throw .unknownSurrogate(surrogate)
  }

  private func trainerOfPresentWeights() throws(StabilityRefusal) -> FeedForwardTrainer {
    do throws(TrainingSetupError) {
      let own = try FeedForwardTrainer(
        network: trainer.network, images: trainer.images, configuration: trainer.configuration,
        threads: 1)
      own.weights.flat.copy(from: trainer.weights.flat)
      if let start = staleResolutionStart { own.setResolutions(start) }
      return own
    } catch {
      throw .setup(error)
    }
  }
}
