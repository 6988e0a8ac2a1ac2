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
      #expect(abs(network.run(x, fine).outputs[0] - network.run(x).outputs[0]) < 0.01)
      #expect(network.run(x, coarse).inner.joined().allSatisfy { abs($0) == 1 })
    }
  }

  @Test func `the straight-through gradient is that of the curves, without rows out of range`()
    throws
  {
    let network = try network()
    let upstream = [[0.5], [1.5], [-0.75], [1]]
    let fine = CurveQuantizer(bits: 12, range: -20...20)
    let wide = network.gradient(
      rows, outputGradients: upstream, .init(inner: fine, outer: fine))
    let exact = network.gradient(rows, outputGradients: upstream)
    for (found, expected) in zip(wide.inner.joined().joined(), exact.inner.joined().joined()) {
      #expect(abs(found - expected) < 0.02 * max(1, abs(expected)))
    }
    #expect(wide.biases == exact.biases)
    // Nothing of what is above 0 passes.
    let narrow = CurveQuantizer(bits: 3, range: -20...0)
    let gradient = network.gradient(
      rows, outputGradients: upstream, .init(inner: narrow, outer: fine))
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
