/// What is turned in a theory study without beginning anew: the step size and the dials.
typealias CoarseTheorySteering = DialedSteering<CoarseDials>

extension CoarseTheorySteering {
  init(_ configuration: CoarseTheoryConfiguration) {
    let rate = Steering.Quantity(
      id: CoarseDials.Knobs.rate, title: "step size", unit: "", site: nil,
      allowed: CoarseTheoryConfiguration.allowedRates, mayBypass: false,
      schedule: Schedule(.hold(configuration.rate)), steps: configuration.steps)
    self.init([rate], dials: CoarseDials(configuration))
  }

  /// The step size η of a step.
  func rate(at step: Int) -> Double { value(CoarseDials.Knobs.rate, at: step) ?? 0 }
}
