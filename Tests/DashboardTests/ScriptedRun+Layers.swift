import Engine

extension ScriptedRun {
  /// Shares of thirteen levels, most in the middle.
  private static let bell: [Double] = (0..<13).map { level in
    0.02 + 0.018 * Double(6 - abs(level - 6))
  }

  /// A look into the layers after so many steps.
  func layers(step: Int) -> LayerReport {
    let site = { (id: String, units: Int, lowest: Int, shares: [Double]) in
      LayerReport.Site(
        id: id, units: units, lowestLevel: lowest, shares: shares, deadUnits: id == "h" ? 2 : 0,
        saturatedUnits: 0,
        metrics: [
          "bitsRange": 1.58, "bitsDistinct": 1.5, "bitsEntropy": 1.4, "significantBits": 0.6,
          "popcount": 0.6,
        ], observations: 640, voltages: (0..<16).map { 0.06 + 0.005 * Double($0 % 2) })
    }
    let weights = { (name: String, count: Int, size: Double) in
      LayerReport.Weights(
        name: name, count: count, size: size, gradient: size / 200, updateRatio: 0.0012)
    }
    return LayerReport(
      step: step,
      sites: [
        site("h", 128, -1, [0.31, 0.38, 0.31]),
        site("m", 64, -6, Self.bell),
      ],
      weights: [
        weights("lmu.memoryWeights", 8192, 0.13), weights("lmu.hiddenWeights", 16_384, 0.09),
        weights("readout.weights", 1280, 0.4),
      ])
  }
}
