import Testing

@testable import Engine

@Suite struct QuantizedCurveTests {
  private func network() throws -> KolmogorovNetwork {
    let points = try ControlPoints.uniform(5)
    var network = KolmogorovNetwork.start(
      units: 2, inputs: 2, inner: points, outer: points, seed: 6)
    network.innerOutputs = network.innerOutputs.map { $0.map { $0.map { 8 * $0 } } }
    return network
  }

  private let rows = [[0.3, -0.7], [-0.2, 0.9], [0.05, 0.4], [-0.9, -0.3]]

  @Test(arguments: [1, 4, 15])
  func `spikes are the levels of a quantizer`(steps: Int) {
    let quantizer = CurveQuantizer(steps: steps, range: 0...1)
    for place in -40...80 {
      // Away from thresholds, where rounding of the voltage decides.
      let current = Double(place) / 40 + 0.0037
      #expect(SpikingCurve.count(current: current, steps: steps) == quantizer.code(current))
      let signed = quantizer.code(current) - quantizer.code(-current)
      #expect(SpikingCurve.signedCount(current: current, steps: steps) == signed)
    }
  }

  @Test func `many bits are the curves, few have few values`() throws {
    let network = try network()
    let fine = KolmogorovNetwork.Quantizers(
      inner: .init(bits: 12, range: -4...4), outer: .init(bits: 12, range: -4...4))
    let coarse = KolmogorovNetwork.Quantizers(
      inner: .init(bits: 1, range: -1...1), outer: .init(bits: 2, range: -1...1))
    for x in rows {
      #expect(abs(network.rounded(fine).run(x).outputs[0] - network.run(x).outputs[0]) < 0.01)
      #expect(network.rounded(coarse).run(x).inner.joined().allSatisfy { abs($0) == 1 })
    }
  }

  @Test func `the straight-through gradient is that of the curves, without rows out of range`()
    throws
  {
    let network = try network()
    let upstream = [[0.5], [1.5], [-0.75], [1]]
    let fine = CurveQuantizer(bits: 12, range: -20...20)
    let wide = network.rounded(.init(inner: fine, outer: fine))
      .gradient(rows, outputGradients: upstream)
    let exact = network.gradient(rows, outputGradients: upstream)
    for (found, expected) in zip(wide.inner.joined().joined(), exact.inner.joined().joined()) {
      #expect(abs(found - expected) < 0.02 * max(1, abs(expected)))
    }
    #expect(wide.biases == exact.biases)
    // Nothing of what is above 0 passes.
    let narrow = CurveQuantizer(bits: 3, range: -20...0)
    let gradient = network.rounded(.init(inner: narrow, outer: fine))
      .gradient(rows, outputGradients: upstream)
    let isOut = { (unit: Int, input: Int) in
      rows.allSatisfy { network.run($0).inner[unit][input] > 0 }
    }
    for unit in 0..<2 {
      for input in 0..<2 {
        let isStill = gradient.inner[unit][input].allSatisfy { $0 == 0 }
        #expect(isStill == isOut(unit, input))
      }
    }
  }

  private static let quantizers: [CurveQuantizer] = [
    .signed(bits: 2, reach: 1), .signed(bits: 4, reach: 0.7), .binary(reach: 0.5),
    .spiking(steps: 5, reach: 1.5),
  ]

  @Test(arguments: quantizers)
  func `0 stays 0, and levels are symmetric or two`(quantizer: CurveQuantizer) {
    #expect(quantizer.value(0) == 0 && quantizer.slope(quantizer.range.upperBound * 1.01) == 0)
    #expect(quantizer.slope(0.01) == 1 && quantizer.value(100) == quantizer.range.upperBound)
    let lowest = quantizer.isBinary ? 0 : quantizer.range.lowerBound
    #expect(quantizer.value(-100) == lowest)
    let levels = Set((-300...300).map { quantizer.code(Double($0) / 100) })
    #expect(levels.count == quantizer.steps + 1)
  }

  @Test func `levels of spikes are what integrate-and-fire units count`() {
    let quantizer = CurveQuantizer.spiking(steps: 5, reach: 1.5)
    for place in -80...80 {
      let height = Double(place) / 40 + 0.0037
      let count = SpikingCurve.signedCount(current: height / 1.5, steps: 5)
      #expect(abs(quantizer.value(height) - 1.5 * Double(count) / 5) < 1e-12)
    }
  }

  /// A trainer's pass in single precision, forth and back, is the rounded network in double.
  @Test(arguments: quantizers, [false, true])
  func `training rounds as the network does`(quantizer: CurveQuantizer, isAdditive: Bool) throws {
    let points = try ControlPoints.uniform(5)
    var network = KolmogorovNetwork.start(
      units: 2, inputs: 2, inner: points, outer: points, seed: 6, isAdditive: isAdditive)
    network.innerOutputs = network.innerOutputs.map { $0.map { $0.map { 8 * $0 } } }
    network.constants[1][0] = 0.3
    network.quantizers = .init(inner: quantizer, outer: quantizer)
    var training = KolmogorovTraining()
    training.loss = .square
    let targets = [0.5, -1, 0.25, 2]
    let trainer = KolmogorovTrainer(
      network, rows: rows, targets: targets, configuration: training)
    network.innerOutputs[1][0] = [Double](repeating: 0, count: 5)
    trainer.set(network)
    let score = trainer.differentiate(trainer.whole)
    let outputs = rows.map { network.run($0).outputs[0] }
    let expected = zip(outputs, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / 2 }
    #expect(abs(score.loss - expected) < 1e-4)
    let gradient = network.gradient(
      rows, outputGradients: zip(outputs, targets).map { [($0 - $1) / Double(rows.count)] })
    let inner = trainer.gradient[trainer.parameters.inner].array
    // Nothing looks at the gradient of what a constant stands for.
    for (index, slope) in gradient.inner.joined().joined().enumerated() where index / 5 != 2 {
      #expect(abs(Double(inner[index]) - slope) < 1e-4)
    }
    let outer = trainer.parameters.outer.map { trainer.gradient[$0].array } ?? []
    for (found, slope) in zip(outer, gradient.outer.joined().joined()) {
      #expect(abs(Double(found) - slope) < 1e-4)
    }
    // Without levels it is the network itself.
    let plain = trainer.forward(trainer.whole, nil).loss
    let exact = zip(rows, targets).reduce(0.0) { sum, row in
      let difference = network.rounded(nil).run(row.0).outputs[0] - row.1
      return sum + difference * difference / 2
    }
    #expect(abs(plain - exact) < 1e-4)
  }

  @Test func `control outputs of few bits come near the network`() throws {
    let network = try network()
    let errors = [3, 8, 14].map { bits in
      let rounded = network.withControlOutputs(bits: bits)
      return rows.reduce(0) {
        max($0, abs(rounded.run($1).outputs[0] - network.run($1).outputs[0]))
      }
    }
    #expect(errors[0] > errors[1] && errors[1] > errors[2] && errors[2] < 1e-3)
    let levels = Set(network.withControlOutputs(bits: 2).innerOutputs[0][0])
    #expect(levels.count <= 3)
  }
}
