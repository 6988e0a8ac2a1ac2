/// Looks into a feed-forward study.
extension FeedForwardStudy {
  /// A look at a batch takes two steps' time: after it, so many times as long nothing new is looked
  /// at while the training goes on.
  private static let rest = 50

  /// There are no sequences to look at, only weights and activations.
  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    if case .curves(let request) = request {
      return step > 0 ? curves(request, isStill: isStill).map(Probe.curves) : nil
    }
    guard request == .layers, step > 0 else { return nil }
    let clock = ContinuousClock()
    guard look?.report.step != step else { return look.map { .layers($0.report) } }
    let rate = steering.value(FeedForwardDials.Knobs.rate, at: step - 1) ?? 0
    // First, as the look at the batch leaves a gradient of its own.
    let weights = trainer.optimizer.weightReports(
      trainer.weights, gradient: trainer.gradient, rate: rate)
    if !isStill, let look, clock.now - look.end < look.duration * Self.rest {
      return .layers(
        LayerReport(
          step: step, sites: [], weights: weights, activations: look.report.activations))
    }
    let begin = clock.now
    let last = lastBatch
    let report = LayerReport(
      step: step, sites: [], weights: weights,
      activations: trainer.report(
        on: last.samples, epoch: last.epoch, step: step, activation: lastActivation))
    look = (report, clock.now - begin, clock.now)
    return .layers(report)
  }

  /// What the last step was made with, or the first one will be.
  var lastBatch: (samples: ArraySlice<Int>, epoch: Int) {
    let step = max(step, 1)
    let epoch = (step - 1) / stepsPerEpoch
    var order = order
    if epoch != self.epoch { order.setOrder(ofEpoch: epoch, count: order.count, seed: seed) }
    let first = (step - 1) % stepsPerEpoch * trainer.configuration.batch
    return (order[first..<min(first + trainer.configuration.batch, order.count)], epoch)
  }
}
