/// A trained network for other programs: every curve with its control points and in words, how
/// inputs are scaled, and the tables that stand for the curves where bits are few (specification, 5
/// and 11).
package struct KolmogorovExport: Codable, Sendable, Equatable {
  package struct Input: Codable, Sendable, Equatable {
    var name: String
    /// What -1 and 1 stand for.
    var low, high: Double
  }

  package struct Curve: Codable, Sendable, Equatable {
    var id: String
    /// Counted from 1.
    var unit: Int
    /// One of the inputs, or none of an outer curve.
    var input: String?
    /// Of an outer curve, counted from 0.
    var output: Int?
    var outputs: [Double]
    /// a0 and a1 of a curve with a linear prior.
    var prior: [Double]
    /// What stands in the place of a curve that was removed.
    var constant: Double?
    var words: String
    var table: CurveTable?
  }

  package let inputs: [Input]
  package let target: String
  package let classes: [String]
  package let targetMean, targetDeviation: Double
  package let kernel: String
  package let lengthScale, noise, scale: Double
  package let controlInputs: [Double]
  /// The same of outer curves, where there are any.
  package let outerLengthScale, outerNoise: Double?
  package let outerControlInputs: [Double]?
  package let biases: [Double]
  package let curves: [Curve]
}

extension KolmogorovStudy {
  /// The network at present; with tables of so many bits where they are not 0.
  package func export(bits: Int) -> KolmogorovExport {
    let network = trainer.network
    let tables = bits > 0 ? tables(bits: bits) : nil
    return KolmogorovExport(
      inputs: zip(table.names, table.ranges).map {
        KolmogorovExport.Input(name: $0, low: $1.lowerBound, high: $1.upperBound)
      },
      target: table.target, classes: table.classes, targetMean: table.targetScaling.mean,
      targetDeviation: table.targetScaling.deviation, kernel: network.inner.kernel.rawValue,
      lengthScale: network.inner.lengthScale, noise: network.inner.noise, scale: network.scale,
      controlInputs: network.inner.inputs,
      outerLengthScale: network.isAdditive ? nil : network.outer.lengthScale,
      outerNoise: network.isAdditive ? nil : network.outer.noise,
      outerControlInputs: network.isAdditive ? nil : network.outer.inputs, biases: network.biases,
      curves: trainer.places.map { exported($0, network, tables) })
  }

  private func exported(
    _ place: KolmogorovCurvePlace, _ network: KolmogorovNetwork, _ tables: KolmogorovTables?
  ) -> KolmogorovExport.Curve {
    let curve = curve(place, of: network)
    let isLinear = network.prior == .linear
    var exported = KolmogorovExport.Curve(
      id: names.id(place), unit: place.unit + 1, outputs: curve.outputs,
      prior: isLinear ? [curve.prior.offset, curve.prior.slope] : [],
      words: removed.contains(place)
        ? "removed" : CurveShape(curve, at: dataPlaces(place, network)).words)
    switch place {
    case .inner(let unit, let input):
      exported.input = table.names[input]
      exported.constant = network.constants[unit][input]
      exported.table = tables?.inner[unit][input]
    case .outer(let unit, let output):
      exported.output = output
      exported.table = tables?.outer[unit][output]
    }
    return exported
  }
}
