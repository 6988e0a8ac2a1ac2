/// Looks into the training of a network of spike trains.
extension SpikingStudy {
  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    guard step > 0 else { return nil }
    switch request {
    case .raster(let wish): return raster(wish).map(Probe.raster)
    case .layers:
      let rate = steering.value(SpikingDials.Knobs.rate, at: step - 1) ?? 0
      return .layers(
        LayerReport(
          step: step, sites: [],
          weights: trainer.optimizer.weightReports(
            trainer.weights, gradient: trainer.gradient, rate: rate)))
    default: return nil
    }
  }

  /// The samples of the last step.
  private var lastBatch: ArraySlice<Int> {
    let batch = configuration.training.batch
    let last = step - 1
    var order = order
    if last / stepsPerEpoch != epoch || order.isEmpty {
      order.setOrder(
        ofEpoch: last / stepsPerEpoch, count: data.count(in: .training), seed: seed)
    }
    let first = last % stepsPerEpoch * batch
    return order[first..<min(first + batch, order.count)]
  }

  /// A sample of the last batch through the present weights.
  private func raster(_ wish: RasterRequest) -> Raster? {
    guard let layer = summary.sites.firstIndex(where: { $0.id == wish.site }) else { return nil }
    let batch = Array(lastBatch)
    guard !batch.isEmpty else { return nil }
    let place = min(max(wish.sample, 0), batch.count - 1)
    let sample = batch[place]
    let pass = trainer.lastPass
    pass.forward(
      data.trains(sample, in: .training, presentation: max(0, (step - 1) / stepsPerEpoch)),
      weights: trainer.weights)
    let trains = pass.trains(of: layer)
    var values = [Float](repeating: 0, count: trains.channels * trains.steps)
    for unit in 0..<trains.channels {
      for time in trains.times(of: unit) { values[unit * trains.steps + Int(time)] = 1 }
    }
    let label = data.label(sample, in: .training)
    var raster = Raster(
      site: wish.site, sample: place, label: label, prediction: pass.prediction, step: step,
      steps: trains.steps, units: trains.channels, resolution: 1, values: values)
    raster.correct = pass.prediction == label ? 1 : 0
    return raster
  }
}
