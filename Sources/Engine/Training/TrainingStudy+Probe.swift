/// Looks into a training run.
extension TrainingStudy {
  package func probe(_ request: Probe.Request) -> Probe? {
    switch request {
    case .raster(let request): raster(request).map(Probe.raster)
    case .layers: layerReport().map(Probe.layers)
    case .theory: nil
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
    var values = [Float](repeating: 0, count: signals[site].units * trainer.problem.steps)
    for place in places { add(site, at: place, share: 1 / Float(places.count), to: &values) }
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

  /// Adds a share of what a site has sent in one sequence: counts, or activities where it is not
  /// quantized; unit-major.
  private func add(
    _ site: Int, at place: (pass: NetworkPass, row: Int), share: Float, to values: inout [Float]
  ) {
    let (units, steps) = (signals[site].units, trainer.problem.steps)
    let signal = place.pass.recurrent.signal(site)
    let rows = place.pass.recurrent.signalRows
    let w = trainer.presentResolutions[site]
    let factor = w.isFinite ? w : 1
    for t in 0..<steps {
      let row = signal.base + (t * rows + place.row) * units
      for unit in 0..<units {
        let value = row[unit] * factor
        values[unit * steps + t] += share * (w.isFinite ? value.rounded() : value)
      }
    }
  }
}
