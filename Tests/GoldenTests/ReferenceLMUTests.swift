import Engine
import Golden
import TestSupport
import Testing

@Suite("The reference LMU")
struct ReferenceLMUTests {
  static let variants = LMUConfiguration.Variant.allCases

  /// A small cell with random weights.
  static func cell(
    seed: UInt64, inputs: Int = 2, variant: LMUConfiguration.Variant = .exactState,
    activation: ReferenceActivation = .tanh,
    resolutions: ReferenceLMU.Resolutions = ReferenceLMU.Resolutions()
  ) throws -> ReferenceLMU {
    var generator = SeededGenerator(seed)
    let (hidden, order) = (4, 5)
    var weights = ReferenceLMU.Weights(inputs: inputs, hidden: hidden, order: order)
    let range = -0.6..<0.6
    weights.inputEncoder = generator.uniforms(inputs, in: range)
    weights.hiddenEncoder = generator.uniforms(hidden, in: range)
    weights.memoryEncoder = generator.uniforms(order, in: range)
    weights.inputKernel = (0..<inputs).map { _ in generator.uniforms(hidden, in: range) }
    weights.hiddenKernel = (0..<hidden).map { _ in generator.uniforms(hidden, in: range) }
    weights.memoryKernel = (0..<order).map { _ in generator.uniforms(hidden, in: range) }
    weights.bias = generator.uniforms(hidden, in: range)
    return ReferenceLMU(
      memory: try LegendreMemory(order: order, theta: 9, discretization: .zeroOrderHold),
      weights: weights, variant: variant, activation: activation, resolutions: resolutions)
  }

  static let steps = 7
  static let x = SeededGenerator(1).then { generator in
    (0..<steps).map { _ in generator.uniforms(2, in: -1..<1) }
  }
  static let upstream = SeededGenerator(2).then { generator in
    (0..<steps).map { _ in generator.uniforms(4, in: -1..<1) }
  }
  static let voltages = ReferenceLMU.Voltages(
    h: SeededGenerator(3).then { $0.uniforms(4) }, m: SeededGenerator(4).then { $0.uniforms(5) })

  /// sum over steps and units of upstream * h.
  static func loss(_ cell: ReferenceLMU, _ x: [[Double]]) -> Double {
    let h = cell.forward(x, from: voltages).h
    return zip(h.flatMap { $0 }, upstream.flatMap { $0 }).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test(arguments: variants, [ReferenceActivation.tanh, .relu, .sigmoid])
  func `Gradients are those of central differences where nothing is quantized`(
    variant: LMUConfiguration.Variant, activation: ReferenceActivation
  ) throws {
    let cell = try Self.cell(seed: 11, variant: variant, activation: activation)
    let trace = cell.forward(Self.x, from: Self.voltages)
    let gradients = cell.backward(trace, hiddenGradient: Self.upstream)
    for (name, expected) in gradients.weights.byName {
      for index in expected.indices {
        let slope = try difference { change in
          var byName = cell.weights.byName
          byName[name]?[index] += change
          var changed = cell
          changed.weights = ReferenceLMU.Weights(byName, like: cell.weights)
          return Self.loss(changed, Self.x)
        }
        #expect(abs(slope - expected[index]) < 1e-7, "\(name)[\(index)]")
      }
    }
    for step in Self.x.indices {
      for input in Self.x[step].indices {
        let slope = try difference { change in
          var x = Self.x
          x[step][input] += change
          return Self.loss(cell, x)
        }
        #expect(abs(slope - gradients.x[step][input]) < 1e-7, "x[\(step)][\(input)]")
      }
    }
  }

  /// Fourth-order central difference at 0.
  private func difference(_ function: (Double) throws -> Double) throws -> Double {
    let step = 1e-3
    let near = try function(step) - function(-step)
    let far = try function(2 * step) - function(-2 * step)
    return (8 * near - far) / (12 * step)
  }

  @Test func `Both variants are one LMU when nothing is quantized`() throws {
    let exact = try Self.cell(seed: 12, variant: .exactState)
    let quantized = try Self.cell(seed: 12, variant: .quantizedState)
    let first = exact.forward(Self.x, from: Self.voltages)
    let second = quantized.forward(Self.x, from: Self.voltages)
    #expect(first.h == second.h)
    let (a, b) = (
      exact.backward(first, hiddenGradient: Self.upstream).x.flatMap { $0 },
      quantized.backward(second, hiddenGradient: Self.upstream).x.flatMap { $0 }
    )
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test(arguments: variants)
  func `A huge resolution is nearly none, at every site`(
    variant: LMUConfiguration.Variant
  ) throws {
    let plain = try Self.cell(seed: 13, variant: variant)
    let fine = try Self.cell(
      seed: 13, variant: variant, resolutions: ReferenceLMU.Resolutions(h: 1e8, m: 1e8, u: 1e8))
    let a = plain.forward(Self.x, from: Self.voltages)
    let b = fine.forward(Self.x, from: Self.voltages)
    #expect(zip(a.h.flatMap { $0 }, b.h.flatMap { $0 }).allSatisfy { abs($0 - $1) < 1e-6 })
    let (p, q) = (
      plain.backward(a, hiddenGradient: Self.upstream),
      fine.backward(b, hiddenGradient: Self.upstream)
    )
    for (name, gradient) in p.weights.byName {
      let other = try #require(q.weights.byName[name])
      #expect(zip(gradient, other).allSatisfy { abs($0 - $1) < 1e-5 }, "\(name)")
    }
  }

  @Test(arguments: variants, [ReferenceActivation.tanh, .relu])
  func `Each site emits whole counts over its resolution`(
    variant: LMUConfiguration.Variant, activation: ReferenceActivation
  ) throws {
    let w = ReferenceLMU.Resolutions(h: 2, m: 4, u: 8)
    let cell = try Self.cell(
      seed: 14, variant: variant, activation: activation, resolutions: w)
    let trace = cell.forward(Self.x, from: Self.voltages)
    #expect(trace.h == trace.hiddenCounts.map { $0.map { $0 / w.h } })
    #expect(trace.quantizedMemory == trace.memoryCounts.map { $0.map { $0 / w.m } })
    #expect(trace.quantizedInput == trace.inputCounts.map { $0 / w.u })
    let ratio = zip(trace.u, trace.quantizedInput).map { $1 - $0 }.reduce(0, +)
    #expect(abs(ratio - (Self.voltages.u - trace.voltages.u) / w.u) < 1e-12)
  }

  @Test(
    arguments: variants,
    [
      ReferenceLMU.Resolutions(), ReferenceLMU.Resolutions(h: 4, m: 16),
      ReferenceLMU.Resolutions(h: 1, m: 2, u: 4), ReferenceLMU.Resolutions(m: 8),
      ReferenceLMU.Resolutions(h: 4),
    ])
  func `The engine has the reference's counts and gradients`(
    variant: LMUConfiguration.Variant, resolutions: ReferenceLMU.Resolutions
  ) throws {
    for activation in [ReferenceActivation.tanh, .relu] {
      for seed in 20..<25 {
        // The last step alone, the last few, and all steps.
        let readSteps = [1, 4, Self.steps][seed % 3]
        let cell = try Self.cell(
          seed: UInt64(seed), variant: variant, activation: activation, resolutions: resolutions)
        let gradient = Self.upstream.indices.map {
          Self.steps - $0 > readSteps ? [0, 0, 0, 0] : Self.upstream[$0]
        }
        let a = ReferenceRoute().run(
          cell, over: Self.x, from: Self.voltages, hiddenGradient: gradient)
        for isStepwise in [false, true] {
          let b = try EngineRoute(isStepwise: isStepwise).run(
            cell, over: Self.x, from: Self.voltages, hiddenGradient: gradient)
          #expect(a.hiddenCounts == b.hiddenCounts)
          #expect(a.memoryCounts == b.memoryCounts)
          var tally = GoldenTally()
          tally.compare(b.h.flatMap { $0 }, a.h.flatMap { $0 }, .single, at: "h")
          if !resolutions.m.isFinite {
            tally.compare(b.m.flatMap { $0 }, a.m.flatMap { $0 }, .single, at: "m")
          }
          for (name, expected) in a.gradients.byName {
            tally.compare(
              try #require(b.gradients.byName[name]), expected, .scaled(2e-5), at: name)
          }
          tally.compare(
            b.inputGradient.flatMap { $0 }, a.inputGradient.flatMap { $0 }, .scaled(2e-5),
            at: "x")
          #expect(tally.failures.isEmpty, "\(tally.failures)")
        }
      }
    }
  }
}
