import Engine
import Foundation
import Testing

@Suite struct QuantizedReLUTests {
  static let x = [-0.5, 0, 0.125, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2]

  /// The small example of the specification of the coarse gradient, section 6.
  @Test(arguments: [
    (QuantizedReLU.Thresholds.ceil, [0, 0, 0.5, 0.5, 0.5, 1, 1, 1.5, 1.5, 1.5]),
    (.nearest, [0, 0, 0, 0.5, 0.5, 1, 1, 1.5, 1.5, 1.5]),
    (.nearestHalfEven, [0, 0, 0, 0, 0.5, 1, 1, 1, 1.5, 1.5]),
    (.hwgq, [0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1, 1.5, 1.5]),
  ])
  func `conventions differ where the specification says`(
    thresholds: QuantizedReLU.Thresholds, expected: [Double]
  ) throws {
    let relu = try QuantizedReLU(bits: 2, thresholds: thresholds, step: 0.5)
    #expect(Self.x.map(relu.value) == expected)
    let clipped = try relu.surrogate(.clippedReLU)
    #expect(
      Self.x.map { relu.gradient($0, upstream: 1, by: clipped) }
        == [0, 0, 1, 1, 1, 1, 1, 1, 1, 0])
    let straight = try relu.surrogate(.identity)
    #expect(Self.x.allSatisfy { relu.gradient($0, upstream: 3, by: straight) == 3 })
  }

  @Test func `the mask is taken from the input, not from what it was rounded to`() throws {
    let relu = try QuantizedReLU(bits: 2, step: 0.5)
    let clipped = try relu.surrogate(.clippedReLU)
    // All of these become 1.5 = L alpha.
    for (x, slope) in [(1.3, 1.0), (1.5, 1), (1.5.nextUp, 0), (9, 0)] {
      #expect(relu.value(x) == relu.clip)
      #expect(relu.gradient(x, upstream: 1, by: clipped) == slope)
    }
  }

  @Test(arguments: QuantizedReLU.Thresholds.allCases, 1...4)
  func `a calibration makes the error least, and keeps its convention`(
    thresholds: QuantizedReLU.Thresholds, bits: Int
  ) throws {
    let best = try StepCalibration.optimum(bits: bits, thresholds: thresholds)
    let relu = QuantizedReLU(best)
    #expect(relu.thresholds == thresholds && relu.bits == bits && relu.step == best.step)
    let error = { (step: Double) in
      try StepCalibration.error(step: step, bits: bits, thresholds: thresholds)
    }
    let least = try error(best.step)
    for factor in [0.5, 0.9, 0.999, 1.001, 1.1, 2] {
      #expect(try error(best.step * factor) > least)
    }
    // The same integral by the midpoint rule.
    let width = 1e-4
    let sum = stride(from: width / 2, to: 9, by: width).reduce(0) { sum, x in
      let distance = x - relu.value(x)
      return sum + distance * distance * exp(-x * x / 2) * width
    }
    #expect(abs(sum * (2 / Double.pi).squareRoot() - least) < 1e-5)
  }

  @Test func `one convention's calibration costs another's dearly`() throws {
    // The published constants are those of nearest, run with the thresholds of ceil.
    let nearest = try StepCalibration.optimum(bits: 2, thresholds: .nearest)
    let mixed = try StepCalibration.error(step: nearest.step, bits: 2, thresholds: .ceil)
    let own = try StepCalibration.optimum(bits: 2, thresholds: .ceil)
    #expect(abs(mixed - 0.163) < 1e-3)
    let least = try StepCalibration.error(step: own.step, bits: 2, thresholds: .ceil)
    #expect(abs(least - 0.123) < 1e-3)
  }

  @Test func `numbers out of range are refused with their limits`() {
    #expect(throws: QuantizedReLUError.outOfRange("bits", 0, 1...16)) {
      try QuantizedReLU(bits: 0, step: 1)
    }
    #expect(throws: QuantizedReLUError.self) { try QuantizedReLU(bits: 17, step: 1) }
    for step in [0, -1, .infinity, .nan] as [Double] {
      #expect(throws: QuantizedReLUError.self) { try QuantizedReLU(bits: 2, step: step) }
    }
    #expect(throws: QuantizedReLUError.self) {
      try StepCalibration.optimum(bits: 30, thresholds: .nearest)
    }
    #expect(throws: QuantizedReLUError.noSamples) { try StepCalibration.lloyd([-1, 0], bits: 2) }
    #expect(throws: QuantizedReLUError.self) { try StepCalibration.lloyd([1], bits: 0) }
  }

  @Test func `the resolution's true gradient is a central difference between thresholds`() throws {
    for x in [0.1, 0.3, 0.6, 1.2, 2, 7] {
      let values = try [0.5 - 1e-6, 0.5 + 1e-6].map {
        try QuantizedReLU(bits: 2, thresholds: .ceil, step: $0).value(x)
      }
      let relu = try QuantizedReLU(bits: 2, thresholds: .ceil, step: 0.5)
      #expect(abs((values[1] - values[0]) / 2e-6 - relu.stepGradient(x, .exact)) < 1e-6)
    }
  }

  @Test func `a learned resolution takes scaled, bounded steps and stays in its range`() throws {
    let relu = try QuantizedReLU(bits: 2, step: 0.5)
    #expect(relu.learnedStep(gradient: 10, rate: 0.1) == 0.49)
    #expect(relu.learnedStep(gradient: 1e6, rate: 0.1) == 0.4)
    #expect(relu.learnedStep(gradient: -1e6, rate: 10) == 5)
    #expect(relu.learnedStep(gradient: 1e6, rate: 10) == 1e-3)
  }

  @Test func `a learned clip point and step have the gradients of their quantizers`() {
    let clipping = ParametrizedClipping(clip: 1.5, levels: 3)
    #expect(Self.x.map(clipping.slope) == [0, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    #expect(Self.x.map(clipping.clipSlope) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    let signed = LearnedStep(step: 0.5, levels: -2...1)
    #expect([-3, -1, -0.75, 0, 0.2, 0.5, 2].map(signed.value) == [-1, -1, -1, 0, 0, 0.5, 0.5])
    #expect([-1, -0.75, 0.2, 0.5].map(signed.slope) == [0, 1, 1, 0])
    #expect([-1, 0.2, 2].map(signed.stepSlope) == [-2, -0.4, 1])
    #expect(signed.gradientScale(count: 4) == 0.5)
    #expect(LearnedStep.start(meanMagnitude: 3, highest: 9) == 2)
  }

  @Test func `gradients without anything to learn`() {
    let gradient = { (rule: FixedQuantizerGradient, x: Double, upstream: Double) in
      rule.gradient(x, output: 0.5, upstream: upstream, range: 0...1.5)
    }
    #expect([-0.1, 0, 1, 1.1].map { gradient(.doReFa, $0, 2) } == [0, 2, 2, 0])
    #expect(gradient(.clampStraightThrough, 99, 2) == 2)
    let scaled = FixedQuantizerGradient.elementWise(delta: 0.5)
    #expect(gradient(scaled, 0.75, 2) == 2.25)
    #expect(gradient(scaled, 0.75, -2) == -1.75)
    #expect(gradient(scaled, 0.75, 0) == 0 && gradient(scaled, 1.6, 2) == 0)
    #expect(
      [-1, 0.1, 0.5, 2].map { FixedQuantizerGradient.doReFaValue($0, levels: 3) }
        == [0, 0, 2 / 3.0, 1])
  }

  @Test func `at exactly 0 a threshold fires or not, as its rule says`() {
    #expect(!ThresholdRule.strict.fires(0) && ThresholdRule.inclusive.fires(0))
    #expect(ThresholdRule.strict.fires(1e-300) && !ThresholdRule.inclusive.fires(-1e-300))
  }
}
