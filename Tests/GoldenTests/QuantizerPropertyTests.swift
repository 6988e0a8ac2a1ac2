import Foundation
import Golden
import TestSupport
import Testing

/// Section 1.4 of the hybrid-spiking specification, for every route.
@Suite("Properties of the quantizers")
struct QuantizerPropertyTests {
  static let resolutions = [0.01, 0.1, 0.37, 0.5, 1, 2, 3.3, 8, 64, 1000]

  @Test(arguments: resolutions, [ReferenceActivation.linear, .relu, .tanh])
  func `What goes in comes out, up to less than one spike`(
    w: Double, activation: ReferenceActivation
  ) throws {
    var generator = SeededGenerator(UInt64(w * 1000))
    for _ in 0..<50 {
      let rates = generator.uniforms(60, in: -3..<3).map(activation.value)
      let voltage = generator.uniform()
      let sequence = ReferenceQuantizer.diffused(rates, resolution: w, voltage: voltage)
      let input = rates.reduce(0, +)
      let output = sequence.outputs.reduce(0, +)
      #expect(abs(output - (input + (voltage - sequence.voltage) / w)) < 1e-9 * (1 + 60 / w))
      #expect(abs(output - input) < 1 / w)
      #expect((0..<1).contains(sequence.voltage))
      for (rate, (count, out)) in zip(rates, zip(sequence.counts, sequence.outputs)) {
        #expect(abs(out - rate) < (1 + 1e-12) / w)
        #expect(count == count.rounded())
        #expect([(w * rate).rounded(.down), (w * rate).rounded(.up)].contains(count))
      }
    }
  }

  @Test func `The error of each step is the difference of the voltages`() {
    var generator = SeededGenerator(4)
    var voltage = 0.3
    for _ in 0..<500 {
      let rate = generator.uniform(-2..<2)
      let before = voltage
      let step = ReferenceQuantizer.diffused(rate, resolution: 2.7, voltage: &voltage)
      #expect(abs((step.output - rate) - (before - voltage) / 2.7) < 1e-12)
    }
  }

  @Test func `Without a finite resolution nothing happens, and with a huge one nearly nothing`() {
    let rates = SeededGenerator(5).then { $0.uniforms(100, in: -2..<2) }
    for voltage in [0, 0.25] {
      let bypassed = ReferenceQuantizer.diffused(rates, resolution: .infinity, voltage: voltage)
      #expect(bypassed.outputs == rates)
      #expect(bypassed.counts.allSatisfy { $0 == 0 })
      #expect(bypassed.voltage == voltage)
      let fine = ReferenceQuantizer.diffused(rates, resolution: 1e8, voltage: voltage)
      #expect(zip(fine.outputs, rates).allSatisfy { abs($0 - $1) <= 1e-8 })
    }
  }

  @Test func `Two halves with the voltage carried over are one run`() {
    let rates = SeededGenerator(6).then { $0.uniforms(40, in: -1..<1) }
    let whole = ReferenceQuantizer.diffused(rates, resolution: 3, voltage: 0.5)
    let first = ReferenceQuantizer.diffused(Array(rates[..<17]), resolution: 3, voltage: 0.5)
    let second = ReferenceQuantizer.diffused(
      Array(rates[17...]), resolution: 3, voltage: first.voltage)
    #expect(first.counts + second.counts == whole.counts)
    #expect(second.voltage == whole.voltage)
  }

  @Test func `Scaling activity and resolution against each other scales the output`() {
    let rates = SeededGenerator(7).then { $0.uniforms(100, in: -1..<1) }
    let plain = ReferenceQuantizer.diffused(rates, resolution: 3, voltage: 0.5)
    let scaled = ReferenceQuantizer.diffused(
      rates.map { 4 * $0 }, resolution: 0.75, voltage: 0.5)
    #expect(scaled.counts == plain.counts)
    #expect(scaled.outputs == plain.outputs.map { 4 * $0 })
  }

  @Test(arguments: [ReferenceActivation.linear, .relu, .tanh, .sigmoid])
  func `The gradient knows neither resolution nor voltage`(
    activation: ReferenceActivation
  ) throws {
    let x = SeededGenerator(8).then { $0.uniforms(50, in: -2..<2) } + [0]
    let upstream = SeededGenerator(9).then { $0.uniforms(51, in: -1..<1) }
    for route in [ReferenceRoute() as any HybridRoute, EngineRoute()] {
      for w in [0.1, 1, 16, .infinity] {
        let gradient = try route.gradient(
          x, upstream: upstream, activation: activation, resolution: w, voltage: 0.7)
        for (found, (x, upstream)) in zip(gradient, zip(x, upstream)) {
          #expect(abs(found - upstream * activation.derivative(x)) < 1e-6)
        }
      }
    }
  }

  @Test(arguments: [ReferenceActivation.linear, .tanh, .sigmoid])
  func `Derivatives are those of the functions`(activation: ReferenceActivation) {
    for x in stride(from: -3.0, through: 3, by: 0.37) {
      let slope = (activation.value(x + 1e-6) - activation.value(x - 1e-6)) / 2e-6
      #expect(abs(slope - activation.derivative(x)) < 1e-8)
    }
  }

  @Test(arguments: [
    (0.1, 3.0, 2.0), (0.5, 3, 2), (1, 3, 2), (2, 5, 3), (4, 9, 5), (8, 17, 9), (16, 33, 17),
  ])
  func `Levels are those of the table`(w: Double, signed: Double, unsigned: Double) {
    #expect(ReferenceQuantizer.levels(resolution: w, range: -1...1) == signed)
    #expect(ReferenceQuantizer.levels(resolution: w, range: 0...1) == unsigned)
  }

  @Test func `Rounding to nearest takes ties to even and keeps no state`() {
    let sequence = ReferenceQuantizer.nearest([0.5, 1.5, 2.5, -0.5, 0.49, -1.51], resolution: 1)
    #expect(sequence.counts == [0, 2, 2, 0, 0, -2])
  }
}

extension SeededGenerator {
  /// Uses a fresh copy at once.
  func then<Result>(_ use: (inout SeededGenerator) -> Result) -> Result {
    var copy = self
    return use(&copy)
  }
}
