import TestSupport
import Testing

@testable import Engine

@Suite struct SelfLearnableActivationTests {
  typealias Configuration = SelfLearnableConfiguration

  /// One layer and its run over a batch of vectors, [channel][sample], in evaluation or training.
  private final class Layer {
    let layer: SelfLearnableActivation
    let weights: ParameterSlab
    private let shards: Int

    init(_ configuration: Configuration, channels: Int = 1, shards: Int = 1) throws {
      var layout = ParameterLayout()
      layer = try SelfLearnableActivation(
        "g", input: ImageShape(channels: channels), configuration: configuration, layout: &layout)
      weights = ParameterSlab(layout)
      self.shards = shards
      layer.initialize(weights, seed: 5)
    }

    func outputs(_ x: [[Float]], isTraining: Bool = true) -> [Float] {
      let (input, output) = (
        Matrix(rows: x.count, columns: x[0].count), Matrix(rows: x.count, columns: x[0].count)
      )
      input.set(x.flatMap { $0 })
      let context = FeedForwardContext(
        weights: weights, activation: .rectified, isTraining: isTraining)
      let pass = layer.makePass(shards: 1, rows: x[0].count, in: Workspace(blockSize: 1 << 12))
      if let joined = pass as? any JoinedLayerPass {
        joined.measure(input, shard: 0, context: context)
        joined.join(shards: 1, context: context)
      }
      pass.forward(input, into: output, shard: 0, context: context)
      return output.array
    }

    /// Sets c to 1 for one element and 0 for the others, and b to 0.
    func choose(_ element: Int) {
      weights[layer.coefficients].fill(0)
      for row in 0..<weights[layer.coefficients].rows {
        weights[layer.coefficients][row, element] = 1
      }
      weights[layer.constant].fill(0)
    }
  }

  private static let x: [Float] = (0..<64).map { Float($0 * 37 % 64) / 20 - 1.4 }
  private var x: [Float] { Self.x }

  private func near(_ a: [Float], _ b: [Float], _ limit: Float) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= limit }
  }

  @Test(arguments: 0..<6)
  func `normalized elements have mean 0 and variance 1, whatever the scale`(element: Int) throws {
    let layer = try Layer(Configuration(degree: 6, normalization: .elements))
    layer.choose(element)
    let h = layer.outputs([x])
    let mean = h.reduce(0) { $0 + Double($1) } / Double(h.count)
    let variance = h.reduce(0) { $0 + Double($1) * Double($1) } / Double(h.count) - mean * mean
    #expect(abs(mean) < 1e-5 && abs(variance - 1) < 1e-5)
    #expect(near(layer.outputs([x.map { $0 * 3 }]), h, 1e-5))
    if element % 2 == 1 { #expect(near(layer.outputs([x.map { $0 * -2 }]), h, 1e-5)) }
  }

  @Test func `degree 1 is batch normalization`() throws {
    let layer = try Layer(Configuration(degree: 1, normalization: .elements))
    layer.choose(0)
    let mean = x.reduce(0, +) / Float(x.count)
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(x.count)
    #expect(near(layer.outputs([x]), x.map { ($0 - mean) / variance.squareRoot() }, 2e-5))
  }

  @Test(arguments: [
    Configuration.paper(), .stable(), Configuration(ends: .tails),
    Configuration(basis: .fourier, degree: 5, normalization: .maximum(passesGradient: false)),
    Configuration(degree: 7, sharing: .channel, normalization: .elements, ends: .tails),
  ])
  func `the folded curve is the layer in evaluation`(configuration: Configuration) throws {
    let layer = try Layer(configuration, channels: 2)
    _ = layer.outputs([x, x.map { $0 * 0.5 + 0.2 }])
    let far = x.map { $0 * 1.3 }
    let found = layer.outputs([far, far], isTraining: false)
    for channel in 0..<2 {
      let curve = layer.layer.curve(ofChannel: channel, layer.weights)
      let own = found[channel * x.count..<(channel + 1) * x.count]
      let size = own.map(abs).max() ?? 0
      for (input, output) in zip(far, own) {
        #expect(abs(curve.value(Double(input)) - Double(output)) < 1e-5 * Double(max(1, size)))
        let step = 1e-6
        let above = curve.value(Double(input) + step)
        let below = curve.value(Double(input) - step)
        // At an end of the range the two sides differ.
        let beside = abs(curve.slope(Double(input)) - (above - below) / (2 * step))
        #expect(beside < 1e-5 * Double(max(1, size)))
      }
    }
  }

  @Test func `a constant input gives the constant alone`() throws {
    let layer = try Layer(.paper(degree: 7))
    for value in [Float(0), 1, -2.7, 13] {
      let outputs = layer.outputs([[Float](repeating: value, count: 50)])
      #expect(outputs.allSatisfy { $0 == layer.weights[layer.layer.constant][0, 0] })
    }
    let before = layer.weights.flat.array
    #expect(layer.outputs([[3]])[0] == layer.weights[layer.layer.constant][0, 0])
    #expect(layer.weights.flat.array == before)
    let scaled = try Layer(Configuration(normalization: .maximum(passesGradient: true)))
    #expect(scaled.outputs([[0, 0, 0]]).allSatisfy { $0.isFinite })
  }

  @Test(arguments: [
    Configuration.paper(), .stable(), Configuration(ends: .tails),
    Configuration(normalization: .maximum(passesGradient: true)), Configuration(basis: .fourier),
  ])
  func `not a number is neither hidden nor kept`(configuration: Configuration) throws {
    let layer = try Layer(configuration)
    _ = layer.outputs([x])
    let before = layer.weights.flat.array
    var odd = x
    odd[7] = .nan
    #expect(layer.outputs([odd])[7].isNaN)
    let quantiles = layer.layer.quantiles != nil
    #expect(layer.weights.flat.array == before || quantiles)
    #expect(layer.weights.flat.array.allSatisfy { $0.isFinite })
    odd[7] = .infinity
    #expect(!layer.outputs([odd])[7].isFinite)
    #expect(layer.weights.flat.array.allSatisfy { $0.isFinite })
  }

  @Test(arguments: KnownActivation.allCases)
  func `an activation begins like a known one`(known: KnownActivation) throws {
    for configuration in [
      Configuration(basis: .chebyshev, degree: 9, start: .known(known, reach: 2)),
      Configuration(
        degree: 9, normalization: .elements, isGated: true, start: .known(known, reach: 2)),
      Configuration(
        basis: .legendre, degree: 9, ends: .clipped(scale: 2), start: .known(known, reach: 9)),
    ] {
      let layer = try Layer(configuration)
      if let statistics = layer.layer.statistics {
        // What they come to with standard normal inputs: (2j - 1)!!.
        let moments: [Float] = [0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10_395]
        for j in 0..<9 {
          let even: Float = [1, 3, 15, 105, 945, 10_395, 135_135, 2_027_025, 34_459_424][j]
          layer.weights[statistics.mean][0, j] = moments[j]
          layer.weights[statistics.variance][0, j] = even - moments[j] * moments[j]
        }
      }
      let curve = layer.layer.curve(ofChannel: 0, layer.weights)
      for x in stride(from: -2.0, through: 2, by: 0.25) {
        #expect(abs(curve.value(x) - known.value(x)) < (known == .relu ? 0.1 : 5e-3))
      }
    }
  }

  @Test func `presets begin as the specification says`() throws {
    let stable = try Layer(.stable(), channels: 40)
    let rows = stable.weights[stable.layer.coefficients]
    #expect(rows.rows == 40 && rows.columns == 12)
    #expect((0..<40).allSatisfy { rows[$0, 0] == 1 && abs(rows[$0, 5]) < 0.6 })
    let paper = try Layer(.paper(), channels: 40)
    #expect(paper.weights[paper.layer.coefficients].rows == 1)
    #expect(paper.weights[paper.layer.constant][0, 0] == 0.1)
    #expect(paper.layer.gate != nil && paper.layer.statistics != nil)
  }

  @Test func `settings that are out of range are refused`() throws {
    let refused: [(Configuration, SelfLearnableError)] = [
      (Configuration(degree: 0), .degree(0)), (Configuration(degree: 17), .degree(17)),
      (Configuration(basis: .fourier, normalization: .elements), .notPolynomial),
      (Configuration(ends: .clipped(scale: 0)), .setting("scale", 0)),
      (Configuration(start: .identity(deviation: -1)), .setting("deviation", -1)),
      (Configuration(start: .known(.relu, reach: .infinity)), .setting("reach", .infinity)),
    ]
    for (configuration, error) in refused {
      #expect(throws: error) { try configuration.validate() }
      #expect(throws: error) { try Layer(configuration) }
    }
    #expect(throws: SelfLearnableError.self) {
      try Configuration(normalization: .elements, ends: .clipped(scale: 1)).validate()
    }
    #expect(throws: SelfLearnableError.tooFewRows(1)) { try Configuration.paper().requireRows(1) }
    #expect(throws: Never.self) { try Configuration.paper().requireRows(2) }
    #expect(throws: Never.self) { try Configuration.stable().requireRows(1) }
  }

  @Test func `tails begin at the quantiles, however small the batches`() throws {
    let layer = try Layer(Configuration(ends: .tails))
    let quantiles = weights(of: layer)
    var generator = SeededGenerator(3)
    var (low, high) = (Float(0), Float(0))
    for step in 0..<600 {
      _ = layer.outputs([generator.uniforms(16, in: -2..<2).map { Float($0) }])
      guard step >= 300 else { continue }
      low += quantiles[0, 0] / 300
      high += quantiles[0, 1] / 300
    }
    // The least and the largest of 16 such numbers are at -1.76 and 1.76 in the mean.
    #expect(abs(low + 1.996) < 0.1 && abs(high - 1.996) < 0.1)
  }

  private func weights(of layer: Layer) -> Matrix {
    layer.layer.quantiles.map { layer.weights[$0] } ?? Matrix(rows: 1, columns: 2)
  }

  @Test func `powers of large inputs count as far as Float32 goes, and beyond it are no numbers`()
    throws
  {
    let large = (0..<25_600).map { Float($0 % 512 - 256) }
    let layer = try Layer(Configuration(degree: 7, normalization: .elements))
    layer.choose(6)
    let h = layer.outputs([large])
    let square = h.reduce(0) { $0 + Double($1) * Double($1) } / Double(h.count)
    #expect(abs(square - 1) < 1e-3)
    #expect(layer.outputs([large.map { $0 * 10 }]).allSatisfy { $0.isNaN })
  }

  @Test func `a channel that is all 0 has no gradient that drowns the others`() throws {
    var builder = FeedForwardBuilder(input: ImageShape(channels: 2))
    try builder.selfLearnable(Configuration(normalization: .maximum(passesGradient: true)))
    let run = NetworkRun(builder.makeNetwork(), samples: 4)
    run.input = run.input.enumerated().map { $0.offset % 2 == 0 ? 0 : $0.element }
    run.run(isTraining: true)
    #expect(run.inputGradient.allSatisfy { abs($0) < 1e3 })
  }

  @Test func `a start without a fit is refused`() {
    let configuration = Configuration(start: .known(.square, reach: 1e200))
    #expect(throws: SelfLearnableError.self) { try configuration.validate() }
  }
}
