extension TrainedNetwork: StabilitySubject {
  package var trainedSteps: Int { step }
  package var trainingSamples: Int { count(in: .training) }

  /// At the w of the checkpoint.
  @discardableResult
  package func stability(
    rate: Double, epochs: Int, note: (StabilityTest) throws -> Void
  ) rethrows -> StabilityTest {
    var task = StabilityTask(
      trainer, resolutions: presentResolutions, rate: rate, epochs: epochs)
    return try task.run(note)
  }
}
