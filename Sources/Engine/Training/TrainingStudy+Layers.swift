import Foundation

/// The look into all layers at once.
extension TrainingStudy {
  /// Before the first step there is nothing to see.
  func layerReport() -> LayerReport? {
    guard step > 0 else { return nil }
    let rate = steering.value("learningRate", at: max(0, step - 1)) ?? 0
    return LayerReport(
      step: step, sites: signals.indices.compactMap(siteReport),
      weights: trainer.weightReports(rate: rate))
  }

  private func siteReport(_ index: Int) -> LayerReport.Site? {
    let meter = window.meters[index] ?? trainer.meter(ofSite: index)
    guard let levels = meter.levels, let metrics = meter.metrics() else { return nil }
    return LayerReport.Site(
      id: signals[index].id, units: signals[index].units, lowestLevel: levels.lowest,
      shares: levels.shares, deadUnits: levels.dead, saturatedUnits: levels.saturated,
      metrics: Dictionary(metrics.values.map { ($0.rawValue, $1) }) { first, _ in first },
      observations: meter.observations, voltages: trainer.voltageShares(ofSite: index))
  }
}

extension Trainer {
  /// Shares of the voltages of a site in equal parts of 0...1 after the present batch.
  func voltageShares(ofSite site: Int) -> [Double] {
    let parts = LayerReport.voltageParts
    guard let pass = place(ofRow: 0)?.pass.recurrent as? any QuantizedSequencePass,
      pass.quantizers.indices.contains(site), let quantizer = pass.quantizers[site],
      quantizer.isDiffused, presentResolutions[site].isFinite
    else { return [] }
    let voltages = quantizer.voltages.array
    var shares = [Double](repeating: 0, count: parts)
    for voltage in voltages where voltage.isFinite {
      let part = Int(min(max(voltage, 0), 0.999_999) * Float(parts))
      shares[part] += 1 / Double(max(1, voltages.count))
    }
    return shares
  }

  func weightReports(rate: Double) -> [LayerReport.Weights] {
    optimizer.weightReports(weights, gradient: passes[0].gradients, rate: rate)
  }
}

/// An optimizer whose moments tell what its last update was.
protocol MomentReporting {
  var rule: OptimizerRule { get }
  var firstMoment: ParameterSlab { get }
  var secondMoment: ParameterSlab? { get }

  /// Updates that a parameter has had.
  func updates(of handle: ParameterHandle) -> Int
  /// Times the learning rate, for a parameter.
  func rateFactor(of handle: ParameterHandle) -> Double
}

extension Optimizer: MomentReporting {
  func updates(of handle: ParameterHandle) -> Int { updates }
  func rateFactor(of handle: ParameterHandle) -> Double { 1 }
}

extension MomentReporting {
  /// Sizes of all weights, of their gradients and of their last update.
  func weightReports(
    _ weights: ParameterSlab, gradient: ParameterSlab, rate: Double
  ) -> [LayerReport.Weights] {
    weights.layout.entries.enumerated().compactMap { index, entry in
      guard entry.count > 0, entry.role != .statistic else { return nil }
      let handle = ParameterHandle(index: index)
      let size = Self.rootMeanSquare(weights[handle].array)
      let update = Self.rootMeanSquare(lastUpdate(handle, rate: rate))
      return LayerReport.Weights(
        name: entry.name, count: entry.count, size: size,
        gradient: Self.rootMeanSquare(gradient[handle].array),
        updateRatio: size > 0 ? update / size : 0)
    }
  }

  private static func rootMeanSquare(_ values: [Float]) -> Double {
    let sum = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    return (sum / Double(max(1, values.count))).squareRoot()
  }

  /// What the last update has subtracted from an array of weights, at its learning rate.
  func lastUpdate(_ handle: ParameterHandle, rate: Double) -> [Float] {
    let first = firstMoment[handle].array
    let (updates, rate) = (updates(of: handle), rate * rateFactor(of: handle))
    guard updates > 0 else { return first.map { _ in 0 } }
    guard case .adam(let beta1, let beta2, let epsilon) = rule, let secondMoment else {
      return first.map { Float(rate) * $0 }
    }
    let correction1 = Float(1 - pow(beta1, Double(updates)))
    let correction2 = Float(1 - pow(beta2, Double(updates)))
    return zip(first, secondMoment[handle].array).map { m, v in
      Float(rate) * (m / correction1) / ((v / correction2).squareRoot() + Float(epsilon))
    }
  }
}
