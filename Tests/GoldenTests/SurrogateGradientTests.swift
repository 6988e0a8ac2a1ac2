import Engine
import Golden
import TestSupport
import Testing

/// The engine's gradients with surrogates against the references, in which quantizers have their
/// slopes: cells by central differences, the LMU by its equations.
@Suite("Gradients through surrogates")
struct SurrogateGradientTests {
  /// Curves without steps, since an activity on a step may lie on either side in Float32.
  static let surrogates = [
    SiteSurrogate(.standard(.arctan)),
    SiteSurrogate(.standard(.fastSigmoid), normalization: .unitMass, placement: .thresholds),
    SiteSurrogate(.standard(.triangular), placement: .thresholds),
    SiteSurrogate(.standard(.multiGaussian), normalization: .unitPeak),
    SiteSurrogate(.standard(.swishSign), placement: .thresholds),
    SiteSurrogate(.standard(.logAbs)), SiteSurrogate(.standard(.zero)),
  ]

  private func tally(_ pairs: [(String, [Double], [Double])]) -> GoldenTally {
    var tally = GoldenTally()
    for (name, found, expected) in pairs {
      tally.compare(found, expected, .scaled(1e-4), at: name)
    }
    return tally
  }

  @Test(arguments: ReferenceCellTests.kinds, surrogates)
  func `a baseline cell's are central differences`(
    kind: ReferenceCell.Kind, surrogate: SiteSurrogate
  ) throws {
    for (readSteps, seed) in [(1, 70), (5, 71)] as [(Int, UInt64)] {
      var cell = ReferenceCellTests.cell(kind, inputs: 2, seed: seed, resolution: 2)
      cell.surrogate = surrogate
      var generator = SeededGenerator(seed)
      let x = (0..<18).map { _ in generator.uniforms(2, in: -1..<1) }
      let gradient = generator.gradient(cell.units, steps: 18, reading: readSteps)
      let voltages = generator.uniforms(cell.units)
      let a = ReferenceRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
      let b = try EngineRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
      #expect(a.counts == b.counts)
      let parts = [\ReferenceCell.Weights.kernel, \.recurrent, \.biases].map {
        ("\($0)", b.gradients[keyPath: $0].flatMap { $0 }, a.gradients[keyPath: $0].flatMap { $0 })
      }
      let inputs = ("x", b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 })
      let failures = tally(parts + [inputs]).failures
      #expect(failures.isEmpty, "\(failures)")
    }
  }

  @Test(arguments: [0, 3, 6], surrogates)
  func `a non-saturating unit's are central differences`(
    shape: Int, surrogate: SiteSurrogate
  ) throws {
    for (readSteps, seed) in [(1, 72), (5, 73)] as [(Int, UInt64)] {
      var cell = ReferenceNRUTests.cell(ReferenceNRUTests.shapes[shape], seed: seed, h: 2, m: 4)
      cell.surrogates = .init(h: surrogate, m: Self.surrogates[0])
      var generator = SeededGenerator(seed)
      let x = (0..<9).map { _ in generator.uniforms(cell.inputs, in: -1..<1) }
      let gradient = generator.gradient(cell.units, steps: 9, reading: readSteps)
      let voltages = ReferenceNRU.Pair(
        h: generator.uniforms(cell.units), m: generator.uniforms(cell.memory))
      let a = ReferenceRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
      let b = try EngineRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
      #expect(a.h.counts == b.h.counts && a.m.counts == b.m.counts)
      let parts = ReferenceNRU.Weights.parts.map {
        ("\($0)", b.gradients[keyPath: $0], a.gradients[keyPath: $0])
      }
      let inputs = ("x", b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 })
      let failures = tally(parts + [inputs]).failures
      #expect(failures.isEmpty, "\(failures)")
    }
  }

  @Test(
    arguments: ReferenceLMUTests.variants,
    [
      ReferenceLMU.Resolutions(h: 4), ReferenceLMU.Resolutions(m: 4),
      ReferenceLMU.Resolutions(h: 1, m: 2, u: 4), ReferenceLMU.Resolutions(u: 4),
    ])
  func `an LMU's are those of its equations`(
    variant: LMUConfiguration.Variant, resolutions: ReferenceLMU.Resolutions
  ) throws {
    for (index, surrogate) in Self.surrogates.enumerated() {
      var cell = try ReferenceLMUTests.cell(
        seed: UInt64(80 + index), variant: variant, resolutions: resolutions)
      cell.surrogates = .init(h: surrogate, m: Self.surrogates[2], u: surrogate)
      let readSteps = [1, 4, ReferenceLMUTests.steps][index % 3]
      let gradient = ReferenceLMUTests.upstream.indices.map {
        ReferenceLMUTests.steps - $0 > readSteps ? [0, 0, 0, 0] : ReferenceLMUTests.upstream[$0]
      }
      let (x, voltages) = (ReferenceLMUTests.x, ReferenceLMUTests.voltages)
      let a = ReferenceRoute().run(cell, over: x, from: voltages, hiddenGradient: gradient)
      for isStepwise in [false, true] {
        let b = try EngineRoute(isStepwise: isStepwise).run(
          cell, over: x, from: voltages, hiddenGradient: gradient)
        #expect(a.hiddenCounts == b.hiddenCounts)
        let parts = a.gradients.byName.map { name, expected in
          (name, b.gradients.byName[name] ?? [], expected)
        }
        let inputs = ("x", b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 })
        let failures = tally(parts + [inputs]).failures
        #expect(failures.isEmpty, "\(surrogate.curve.text): \(failures)")
      }
    }
  }
}
