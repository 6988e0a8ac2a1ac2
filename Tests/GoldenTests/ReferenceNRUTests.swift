import Golden
import TestSupport
import Testing

@Suite("The non-saturating recurrent unit")
struct ReferenceNRUTests {
  /// Sizes with an integer s = sqrt(M k), and both options.
  struct Shape: Sendable {
    var inputs = 1
    var memory = 4
    var heads = 4
    var isRectified = false
    var hasLayerNorm = false
  }

  /// A head holds one row of the outer product, half of all, all, or one and a half.
  static let shapes = [
    Shape(), Shape(inputs: 3, memory: 8, heads: 2), Shape(memory: 9, heads: 1),
    Shape(inputs: 2, memory: 9, heads: 4), Shape(isRectified: true), Shape(hasLayerNorm: true),
    Shape(inputs: 2, memory: 18, heads: 2, isRectified: true, hasLayerNorm: true),
  ]

  /// Vectors stay away from 0, where a norm has no gradient and magnifies rounding errors.
  static func cell(
    _ shape: Shape, seed: UInt64, h: Double = .infinity, m: Double = .infinity
  ) -> ReferenceNRU {
    var generator = SeededGenerator(seed)
    let units = 5
    let side = Int(Double(shape.memory * shape.heads).squareRoot())
    func map(_ rows: Int, _ columns: Int) -> ReferenceNRU.Map {
      ReferenceNRU.Map(
        weights: generator.uniforms(rows * columns, in: -0.2..<0.2),
        bias: generator.uniforms(rows, in: -0.5..<0.5).map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 })
    }
    let both = units + shape.memory
    var cell = ReferenceNRU(
      inputs: shape.inputs, memory: shape.memory, heads: shape.heads,
      weights: ReferenceNRU.Weights(
        hidden: map(units, shape.inputs + both), write: map(shape.heads, both),
        erase: map(shape.heads, both), writeVectors: map(2 * side, both),
        eraseVectors: map(2 * side, both)))
    if shape.hasLayerNorm {
      cell.weights.gain = generator.uniforms(units, in: 0.5..<1.5)
      cell.weights.shift = generator.uniforms(units, in: -0.5..<0.5)
    }
    cell.isRectified = shape.isRectified
    cell.resolutions = .init(h: h, m: m)
    return cell
  }

  /// What the engine's outputs and hand-written gradients miss the reference by, in Float32
  /// against central differences in Double.
  private func compare(
    _ cell: ReferenceNRU, steps: Int, reading readSteps: Int, seed: UInt64
  ) throws -> GoldenTally {
    var generator = SeededGenerator(seed)
    let x = (0..<steps).map { _ in generator.uniforms(cell.inputs, in: -1..<1) }
    let gradient = generator.gradient(cell.units, steps: steps, reading: readSteps)
    let voltages = ReferenceNRU.Pair(
      h: generator.uniforms(cell.units), m: generator.uniforms(cell.memory))
    let a = ReferenceRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
    let b = try EngineRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
    var tally = GoldenTally()
    for (name, found, expected, w) in [
      ("h", b.h, a.h, cell.resolutions.h), ("m", b.m, a.m, cell.resolutions.m),
    ] {
      tally.compare(
        found.counts.flatMap { $0 }, expected.counts.flatMap { $0 }, .exact, at: "counts \(name)")
      tally.compare(
        found.outputs.flatMap { $0 }, expected.outputs.flatMap { $0 }, .scaled(2e-5), at: name)
      guard w.isFinite else { continue }
      tally.compareVoltages(
        found.voltages, expected.voltages, within: max(1e-4, 2e-5 * w), at: "voltages \(name)")
    }
    for part in ReferenceNRU.Weights.parts {
      tally.compare(
        b.gradients[keyPath: part], a.gradients[keyPath: part], .scaled(2e-5), at: "\(part)")
    }
    tally.compare(
      b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 }, .scaled(2e-5), at: "x")
    return tally
  }

  @Test(arguments: shapes, [1, 2, 7, 17])
  func `The engine's gradients are central differences of the equations`(
    shape: Shape, steps: Int
  ) throws {
    for (readSteps, seed) in [(1, 40), (1, 41), (5, 40)] as [(Int, UInt64)] {
      let tally = try compare(
        Self.cell(shape, seed: seed), steps: steps, reading: readSteps, seed: seed + 100)
      #expect(tally.failures.isEmpty, "\(tally.failures)")
    }
  }

  @Test(arguments: shapes, [(1.0, 1.0), (4, 16), (2, .infinity), (.infinity, 4)])
  func `With quantizers gradients pass straight through, and counts are the reference's`(
    shape: Shape, resolutions: (h: Double, m: Double)
  ) throws {
    for (readSteps, seed) in [(1, 50), (1, 51), (5, 50)] as [(Int, UInt64)] {
      let cell = Self.cell(shape, seed: seed, h: resolutions.h, m: resolutions.m)
      let tally = try compare(cell, steps: 12, reading: readSteps, seed: seed + 100)
      #expect(tally.failures.isEmpty, "\(tally.failures)")
    }
  }

  @Test func `Quantized states are whole counts over their resolutions`() {
    let cell = Self.cell(Self.shapes[1], seed: 60, h: 2, m: 4)
    let voltages = ReferenceNRU.Pair(
      h: [Double](repeating: 0.25, count: 5), m: [Double](repeating: 0.5, count: 8))
    let trace = cell.forward([[0.5, 1, -1], [-1, 0, 0.25], [0.25, 1, 1]], from: voltages)
    for (signal, w, start) in [(trace.h, 2.0, 0.25), (trace.m, 4.0, 0.5)] {
      #expect(signal.outputs == signal.counts.map { $0.map { $0 / w } })
      for unit in signal.voltages.indices {
        let error = zip(signal.states, signal.outputs).reduce(0) { $0 + $1.0[unit] - $1.1[unit] }
        #expect(abs(error - (signal.voltages[unit] - start) / w) < 1e-12)
      }
    }
  }
}
