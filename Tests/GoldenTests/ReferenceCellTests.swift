import Engine
import Golden
import TestSupport
import Testing

@Suite("The baseline cells")
struct ReferenceCellTests {
  static let kinds: [ReferenceCell.Kind] = [
    .rnn(.tanh), .rnn(.relu), .lstm, .gruResetAfter, .gruResetBefore,
  ]

  /// Sequences around one and several spans of 16 steps, with one input and with several.
  static let shapes = [(1, 1), (1, 2), (2, 7), (1, 16), (3, 17), (1, 33), (2, 48)]

  static func cell(
    _ kind: ReferenceCell.Kind, inputs: Int, seed: UInt64, resolution: Double = .infinity
  ) -> ReferenceCell {
    var generator = SeededGenerator(seed)
    let units = 4
    let gates =
      switch kind {
      case .rnn: 1
      case .lstm: 4
      case .gruResetAfter, .gruResetBefore: 3
      }
    let range = -0.6..<0.6
    let columns = gates * units
    return ReferenceCell(
      kind: kind,
      weights: ReferenceCell.Weights(
        kernel: (0..<inputs).map { _ in generator.uniforms(columns, in: range) },
        recurrent: (0..<units).map { _ in generator.uniforms(columns, in: range) },
        biases: (0..<(kind == .gruResetAfter ? 2 : 1)).map { _ in
          generator.uniforms(columns, in: range)
        }),
      resolution: resolution)
  }

  /// What a loss may depend on: the outputs of the last step, or those of the last few steps.
  static let readSteps = [1, 5]

  /// What the engine's outputs and hand-written gradients miss the reference by, in Float32
  /// against central differences in Double.
  private func compare(
    _ cell: ReferenceCell, steps: Int, reading readSteps: Int, seed: UInt64
  ) throws -> GoldenTally {
    var generator = SeededGenerator(seed)
    let inputs = cell.weights.kernel.count
    let x = (0..<steps).map { _ in generator.uniforms(inputs, in: -1..<1) }
    let gradient = generator.gradient(cell.units, steps: steps, reading: readSteps)
    let voltages = generator.uniforms(cell.units)
    let a = ReferenceRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
    let b = try EngineRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
    var tally = GoldenTally()
    tally.compare(b.counts.flatMap { $0 }, a.counts.flatMap { $0 }, .exact, at: "counts")
    tally.compare(b.h.flatMap { $0 }, a.h.flatMap { $0 }, .scaled(2e-5), at: "h")
    if cell.resolution.isFinite {
      tally.compareVoltages(b.voltages, a.voltages, within: 1e-4, at: "voltages")
    }
    for part in [\ReferenceCell.Weights.kernel, \.recurrent, \.biases] {
      tally.compare(
        b.gradients[keyPath: part].flatMap { $0 }, a.gradients[keyPath: part].flatMap { $0 },
        .scaled(2e-5), at: "\(part)")
    }
    tally.compare(
      b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 }, .scaled(2e-5), at: "x")
    return tally
  }

  @Test(arguments: kinds, shapes)
  func `The engine's gradients are central differences of the equations`(
    kind: ReferenceCell.Kind, shape: (inputs: Int, steps: Int)
  ) throws {
    for readSteps in Self.readSteps {
      for seed in 40..<42 as Range<UInt64> {
        let cell = Self.cell(kind, inputs: shape.inputs, seed: seed)
        let tally = try compare(cell, steps: shape.steps, reading: readSteps, seed: seed + 100)
        #expect(tally.failures.isEmpty, "\(tally.failures)")
      }
    }
  }

  @Test(arguments: kinds, [1.0, 4, 16])
  func `With a quantizer gradients pass straight through, and counts are the reference's`(
    kind: ReferenceCell.Kind, resolution: Double
  ) throws {
    for readSteps in Self.readSteps {
      for seed in 50..<53 as Range<UInt64> {
        let cell = Self.cell(kind, inputs: 2, seed: seed, resolution: resolution)
        let tally = try compare(cell, steps: 18, reading: readSteps, seed: seed + 100)
        #expect(tally.failures.isEmpty, "\(tally.failures)")
      }
    }
  }

  @Test(arguments: kinds)
  func `A reference that is quantized emits whole counts over its resolution`(
    kind: ReferenceCell.Kind
  ) {
    let cell = Self.cell(kind, inputs: 1, seed: 60, resolution: 2)
    let trace = cell.forward([[0.5], [-1], [0.25]], from: [0, 0.25, 0.5, 0.75])
    #expect(trace.h == trace.counts.map { $0.map { $0 / 2 } })
    for unit in 0..<cell.units {
      let error = zip(trace.states, trace.h).reduce(0) { $0 + $1.0[unit] - $1.1[unit] }
      #expect(abs(error - (trace.voltages[unit] - Double(unit) / 4) / 2) < 1e-12)
    }
  }
}

extension SeededGenerator {
  /// A gradient by the outputs of `steps` steps that is zero but by those of the last `count`.
  mutating func gradient(_ units: Int, steps: Int, reading count: Int) -> [[Double]] {
    (0..<steps).map { step in
      steps - step > count
        ? [Double](repeating: 0, count: units) : uniforms(units, in: -1..<1)
    }
  }
}
