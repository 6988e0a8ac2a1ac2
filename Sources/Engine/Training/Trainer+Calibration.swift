/// The multipliers of the sites' resolutions (specification, section 1.8).
extension Trainer {
  /// Most activities of a site that a quantile is taken from.
  private static let largestSample = 1 << 19

  /// The fixed scale of each site, or 1 / quantile of |a| over one batch of training samples run
  /// with the present weights and without quantizers.
  func calibratedScales() -> [Double] {
    let sites = network.recurrent.sites
    let needsRun = sites.contains {
      if case .calibrated = $0.site.scale { $0.site.kind != .off } else { false }
    }
    if needsRun {
      let count = min(configuration.batch, problem.count(in: .training))
      _ = evaluate(
        0..<count, split: .training, draw: 0, resolutions: sites.map { _ in .infinity },
        isMetered: false, needsSignals: true)
    }
    return sites.indices.map { index in
      switch sites[index].site.scale {
      case .fixed(let scale): scale
      case .calibrated(let quantile): needsRun ? scale(ofSite: index, quantile: quantile) : 1
      }
    }
  }

  private func scale(ofSite site: Int, quantile: Double) -> Double {
    var magnitudes: [Float] = []
    for pass in passes where pass.rows > 0 {
      let signal = pass.recurrent.signal(site)
      let spacing = max(1, signal.count * passes.count / Self.largestSample)
      for index in stride(from: 0, to: signal.count, by: spacing) {
        let magnitude = abs(signal.base[index])
        if magnitude.isFinite { magnitudes.append(magnitude) }
      }
    }
    magnitudes.sort()
    guard let largest = magnitudes.last, largest > 0 else { return 1 }
    let index = min(magnitudes.count - 1, Int(quantile * Double(magnitudes.count)))
    let value = magnitudes[index] > 0 ? magnitudes[index] : largest
    return min(max(1 / Double(value), 1e-6), 1e6)
  }
}
