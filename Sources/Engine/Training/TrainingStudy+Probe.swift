import Kernels

/// Looks into a training run.
extension TrainingStudy {
  package func probe(_ request: Probe.Request, isStill: Bool) -> Probe? {
    switch request {
    case .raster(let request): raster(request).map(Probe.raster)
    case .layers: layerReport().map(Probe.layers)
    case .curves(let request):
      step > 0 ? curves(request, isStill: isStill).map(Probe.curves) : nil
    case .theory, .dynamics: nil
    }
  }

  private func raster(_ request: RasterRequest) -> Raster? {
    guard let site = signals.firstIndex(where: { $0.id == request.site }) else { return nil }
    let last = min(request.sample + max(1, request.samples), trainer.presentCount)
    let places = (request.sample..<max(request.sample, last)).compactMap { row in
      trainer.place(ofRow: row).flatMap { place in
        place.row < place.pass.recurrent.signalRows ? place : nil
      }
    }
    guard let first = places.first else { return nil }
    let values = meanCounts(ofSite: site, at: places)
    var raster = Raster(
      site: request.site, sample: request.sample, label: Int(first.pass.labels[first.row]),
      prediction: Int(first.pass.predictions[first.row]), step: step,
      steps: trainer.problem.steps, units: signals[site].units,
      resolution: Double(trainer.presentResolutions[site]), values: values)
    raster.samples = places.count
    raster.correct = places.count { $0.pass.labels[$0.row] == $0.pass.predictions[$0.row] }
    raster.detail = request.unit.flatMap { unitDetail($0, ofSite: site, at: first) }
    return raster
  }

  /// The means of what a site has sent in some sequences: counts, or activities where it is not
  /// quantized; unit-major.
  private func meanCounts(
    ofSite site: Int, at places: [(pass: NetworkPass, row: Int)]
  ) -> [Float] {
    let (units, steps) = (signals[site].units, trainer.problem.steps)
    // Step by step, as it lies in memory, and turned once.
    var sums = [Float](repeating: 0, count: units * steps)
    for place in places {
      let signal = place.pass.recurrent.signal(site)
      let rows = place.pass.recurrent.signalRows
      sums.withUnsafeMutableBufferPointer { sums in
        guard let base = sums.baseAddress else { return }
        for t in 0..<steps {
          add_in_place(
            base + t * units, signal.base + (t * rows + place.row) * units, units)
        }
      }
    }
    let w = trainer.presentResolutions[site]
    let factor = (w.isFinite ? w : 1) / Float(places.count)
    let isCounted = w.isFinite && places.count == 1
    var values = sums
    for t in 0..<steps {
      for unit in 0..<units {
        let value = sums[t * units + unit] * factor
        values[unit * steps + t] = isCounted ? value.rounded() : value
      }
    }
    return values
  }
}
