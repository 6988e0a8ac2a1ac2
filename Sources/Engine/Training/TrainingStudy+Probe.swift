/// Looks into a training run.
extension TrainingStudy {
  package func probe(_ request: Probe.Request) -> Probe? {
    switch request {
    case .raster(let site, let sample): raster(site: site, sample: sample).map(Probe.raster)
    case .layers: layerReport().map(Probe.layers)
    }
  }

  private func raster(site id: String, sample: Int) -> Raster? {
    guard let site = signals.firstIndex(where: { $0.id == id }),
      let place = trainer.place(ofRow: sample), place.row < place.pass.recurrent.signalRows
    else { return nil }
    let (units, steps) = (signals[site].units, trainer.problem.steps)
    let signal = place.pass.recurrent.signal(site)
    let rows = place.pass.recurrent.signalRows
    let w = trainer.presentResolutions[site]
    let factor = w.isFinite ? w : 1
    var values = [Float](repeating: 0, count: units * steps)
    for t in 0..<steps {
      let row = signal.base + (t * rows + place.row) * units
      for unit in 0..<units {
        let value = row[unit] * factor
        values[unit * steps + t] = w.isFinite ? value.rounded() : value
      }
    }
    return Raster(
      site: id, sample: sample, label: Int(place.pass.labels[place.row]),
      prediction: Int(place.pass.predictions[place.row]), step: step, steps: steps, units: units,
      resolution: Double(w), values: values)
  }
}
