import Kernels
import Testing

@testable import Engine

@Suite struct ResolutionRuleTests {
  private let inputs: [Float] = [
    -1, -0.2, 0, 0.1, 0.25, 0.3, 0.5, 0.74, 0.8, 1, 1.2, 1.4, 1.49, 1.6, 2, 7,
  ]
  /// Alternating, so that a sum of all with one sign would be noticed.
  private var upstream: [Float] { inputs.indices.map { $0 % 2 == 0 ? 1.5 : -0.5 } }

  private func sum(_ slope: (Double) -> Double) -> Double {
    zip(inputs, upstream).reduce(0) { $0 + Double($1.1) * slope(Double($1.0)) }
  }

  @Test(arguments: [1, 2, 4])
  func `sums of derivatives are those of the formulas`(bits: Int) throws {
    let relu = try QuantizedReLU(bits: bits, thresholds: .ceil, step: 0.45)
    let lsq = LearnedStep(step: 0.45, levels: 0...relu.levels)
    let pact = ParametrizedClipping(clip: relu.clip, levels: relu.levels)
    let formulas: [(ResolutionRule, (Double) -> Double)] = [
      (.bcgdExact, { relu.stepGradient($0, .exact) }),
      (.bcgdMean, { relu.stepGradient($0, .mean) }),
      (.bcgdMinimum, { relu.stepGradient($0, .minimum) }),
      (.lsq, { lsq.stepSlope($0) }), (.pact, { relu.levels * pact.clipSlope($0) }),
    ]
    for (rule, slope) in formulas {
      let kernel = try #require(rule.kernel)
      let found = resolution_gradient(
        upstream, inputs, 0.45, Float(relu.levels), kernel, THRESHOLDS_HALF_EVEN, inputs.count)
      #expect(abs(found - sum(slope)) < 1e-5, "\(rule)")
    }
  }

  @Test(arguments: QuantizedReLU.Thresholds.allCases)
  func `LSQ takes the level that comes out, whatever the thresholds`(
    thresholds: QuantizedReLU.Thresholds
  ) throws {
    let relu = try QuantizedReLU(bits: 2, thresholds: thresholds, step: 0.45)
    let kernel = try #require(ResolutionRule.lsq.kernel)
    let found = resolution_gradient(
      upstream, inputs, 0.45, 3, kernel, thresholds.kernel, inputs.count)
    let expected = sum { x in
      x <= 0 ? 0 : x >= relu.clip ? 3 : relu.level(x) - x / relu.step
    }
    #expect(abs(found - expected) < 1e-5)
  }

  @Test(arguments: [Surrogate.Kind.hardTanh, .logTailedReLU, .clippedReLU], [false, true])
  func `curves end where a layer's own resolution saturates`(
    kind: Surrogate.Kind, isScaled: Bool
  ) throws {
    let relu = try QuantizedReLU.calibrated(bits: 2, thresholds: .nearest)
    let scale: Surrogate.Normalization = isScaled && kind != .logTailedReLU ? .unitMass : .none
    let activation = try FeedForwardActivation(
      relu, by: try Surrogate(kind, parameters: [relu.clip], normalization: scale))
    let own: Float = 0.3
    let expected = try Surrogate(
      kind, parameters: [Double(own) * relu.levels], normalization: scale)
    let (input, upstream) = (Matrix(rows: 1, columns: 5), Matrix(rows: 1, columns: 5))
    let gradient = Matrix(rows: 1, columns: 5)
    input.set([-1.5, -0.4, 0.5, 1.2, 1.8])
    upstream.fill(2)
    activation.backward(upstream, input: input, into: gradient, resolution: own)
    for (x, slope) in zip(input.array, gradient.array) {
      #expect(abs(Double(slope) - 2 * expected.derivative(Double(x))) < 1e-5, "\(x)")
    }
  }

  @Test(arguments: QuantizedReLU.Thresholds.allCases)
  func `element-wise scaling is that of the formula`(
    thresholds: QuantizedReLU.Thresholds
  ) throws {
    let relu = try QuantizedReLU(bits: 2, thresholds: thresholds, step: 0.45)
    let range = 0...relu.clip
    var gradient = zip(inputs, upstream).map { range.contains(Double($0)) ? $1 : 0 }
    element_wise_scaling(
      &gradient, upstream, inputs, 0.45, 3, thresholds.kernel, 0.2, inputs.count)
    for (index, x) in inputs.enumerated() {
      let expected = FixedQuantizerGradient.elementWise(delta: 0.2).gradient(
        Double(x), output: relu.value(Double(x)), upstream: Double(upstream[index]), range: range)
      #expect(abs(Double(gradient[index]) - expected) < 1e-5, "\(x)")
    }
  }

  @Test func `gradients are scaled as their methods say`() {
    #expect(ResolutionRule.bcgdMean.gradient(sum: 50, levels: 3, units: 10) == 0.5)
    #expect(ResolutionRule.bcgdMean.gradient(sum: -500, levels: 3, units: 10) == -1)
    // c = L alpha moves by L times as much as alpha: by the gradient of c, a share of 1 / L of the sum.
    #expect(ResolutionRule.pact.gradient(sum: 18, levels: 3, units: 10) == 2)
    #expect(abs(ResolutionRule.lsq.gradient(sum: 6, levels: 3, units: 12) - 1) < 1e-12)
    #expect(ResolutionRule.fixed.gradient(sum: 6, levels: 3, units: 12) == 0)
  }

  private func trainer(
    _ rule: ResolutionRule, weightDecay: Double = 0
  ) throws -> (FeedForwardTrainer, FeedForwardActivation) {
    let images = SyntheticClasses(seed: 3)
    var activation = try FeedForwardActivation(
      bits: 2, thresholds: .nearestHalfEven, by: .clippedReLU)
    activation.rule = rule
    let relu = try QuantizedReLU.calibrated(bits: 2, thresholds: .nearestHalfEven)
    let trainer = try FeedForwardTrainer(
      network: try FeedForwardModel.chain(width: 24, depth: 2).makeNetwork(
        input: images.shape, classes: images.classes, resolution: rule.start(relu)),
      images: images,
      configuration: FeedForwardConfiguration(
        optimizer: OptimizerConfiguration(
          rule: .momentum(0.9), learningRate: Schedule(.hold(0.05)), clipNorm: nil),
        weightDecay: weightDecay, batch: 64, shards: 2, seed: 5),
      threads: 2)
    return (trainer, activation)
  }

  @Test(arguments: ResolutionRule.allCases.filter(\.isLearned))
  func `layers learn resolutions of their own, and the classes`(rule: ResolutionRule) throws {
    let (trainer, activation) = try trainer(rule, weightDecay: 1e-4)
    let start = trainer.resolutions
    #expect(start.count == 2 && start[0] == start[1])
    var losses: [Double] = []
    for step in 0..<96 {
      let first = step % 16 * 64
      losses.append(
        trainer.train(
          Array(first..<first + 64)[...], epoch: step / 16, activation: activation, rate: 0.05
        ).loss / 64)
      #expect(trainer.resolutions.allSatisfy { $0 >= 1e-3 && $0 <= 5 })
    }
    #expect(losses[80...].reduce(0, +) < 0.8 * losses[..<16].reduce(0, +))
    #expect(trainer.resolutions[0] != trainer.resolutions[1])
    let report = trainer.report(on: Array(0..<64)[...], epoch: 0, activation: activation)
    #expect(report.layers.compactMap { $0.resolution?.value } == trainer.resolutions)
    #expect(report.layers.allSatisfy { $0.resolution?.gradient != 0 })
  }

  @Test func `in full precision resolutions stay as they are`() throws {
    let (trainer, _) = try trainer(.pact, weightDecay: 1e-2)
    let start = trainer.resolutions
    for _ in 0..<3 {
      _ = trainer.train(Array(0..<64)[...], epoch: 0, activation: .rectified, rate: 0.1)
    }
    #expect(trainer.resolutions == start)
  }
}
