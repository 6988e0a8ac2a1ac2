import Engine
import Testing

/// An LMU whose memory is not quantized, run in chunks of steps and step by step.
@Suite struct ChunkedLMUTests {
  /// Sizes and what is on in the layer.
  struct Case: Sendable, CustomTestStringConvertible {
    var rows = 1
    var inputs = 1
    var order = 6
    var hidden = 5
    var activation = HiddenActivation.tanh
    var hasBias = true
    var discretization = LMUConfiguration.Discretization.zeroOrderHold
    var h = Quantizer.off
    /// Of m and u.
    var memory = Quantizer.off
    var variant = LMUConfiguration.Variant.exactState
    var channels = 1
    var connections = LMUConfiguration.Connections.all
    var learned: LearnedHidden?

    var testDescription: String {
      "\(rows) rows, \(inputs) inputs, \(hidden)/\(order), \(activation), h \(h)"
        + (learned.map { ", \($0.activation.outline)" } ?? "")
    }

    var configuration: LMUConfiguration {
      let memorySite = QuantizerSite(kind: memory, resolution: Schedule(.hold(4)))
      return LMUConfiguration(
        hidden: hidden, order: order, theta: 40, variant: variant, discretization: discretization,
        activation: activation, learned: learned, initialization: .full, hiddenBias: hasBias,
        channels: channels,
        connections: connections,
        h: QuantizerSite(kind: h, resolution: Schedule(.hold(4))), m: memorySite, u: memorySite)
    }
  }

  static let cases = [
    Case(), Case(rows: 7, inputs: 3, activation: .relu),
    Case(rows: 7, inputs: 1, order: 33, hidden: 20, hasBias: false),
    Case(rows: 1, inputs: 3, order: 1, hidden: 1, discretization: .euler),
    Case(rows: 7, inputs: 3, order: 12, hidden: 9, h: .nearest),
    Case(rows: 7, inputs: 1, h: .diffused),
    Case(rows: 5, inputs: 2, order: 12, hidden: 37, learned: learned),
    Case(rows: 2, inputs: 2, h: .nearest, learned: LearnedHidden()),
  ]

  /// A row of coefficients for each unit, and a reach that inputs go beyond.
  static let learned = LearnedHidden(
    SelfLearnableConfiguration(
      basis: .legendre, degree: 5, sharing: .channel, ends: .clipped(scale: 0.5)))

  /// Around one and several chunks of 8 steps, and around one and several spans of 16 chunks.
  static let steps = [1, 2, 7, 8, 9, 26, 128, 129, 300]

  /// A layer with random weights and room for runs.
  struct Bench {
    let layer: LMU
    let layout: ParameterLayout
    let weights: ParameterSlab

    init(_ test: Case) throws {
      var layout = ParameterLayout()
      layer = try LMU(test.configuration, inputs: test.inputs, layout: &layout)
      self.layout = layout
      weights = ParameterSlab(layout)
      var stream = RandomStream(seed: 9, purpose: .initialization)
      weights.flat.set(
        (0..<layout.count).map { _ in Float(stream.nextUniform() - 0.5) * 0.6 })
      ChunkedLMUTests.tame(weights, layout)
    }

    /// Runs forward and backward over `rows` random sequences, of whose outputs a loss reads the
    /// last `readSteps` steps.
    func run(
      _ pass: any SequencePass, steps: Int, rows: Int, w: Float, reading readSteps: Int = 1,
      inputGradient: Matrix? = nil, memoryW: Float = .infinity
    ) -> ParameterSlab {
      let input = ChunkedLMUTests.random(steps * rows, layer.inputs, lane: 1)
      let output = ChunkedLMUTests.random(
        min(readSteps, steps) * rows, layer.outputs, lane: 2)
      let gradients = ParameterSlab(layout)
      gradients.flat.fill(.nan)
      Array(0..<rows).withUnsafeBufferPointer { samples in
        pass.forward(
          input, weights: weights,
          context: PassContext(
            resolutions: [w, memoryW, memoryW], seed: 3, draw: 0, lane: 0,
            samples: samples))
      }
      pass.backward(
        OutputGradient(output, rows: rows, steps: steps), input: input,
        inputGradient: inputGradient, weights: weights, gradients: gradients)
      return gradients
    }

    /// All gradients by name.
    func byName(_ slab: ParameterSlab) -> [(String, ArraySlice<Float>)] {
      let numbers = slab.flat.array
      return layout.entries.map { ($0.name, numbers[$0.offset..<$0.offset + $0.count]) }
    }
  }

  /// Steep curves would make sequences chaotic, so that roundings would grow from step to step.
  static func tame(_ weights: ParameterSlab, _ layout: ParameterLayout) {
    for entry in layout.entries where entry.name.hasSuffix(".coefficients") {
      for place in entry.offset..<entry.offset + entry.count { weights.flat.base[place] *= 0.1 }
    }
  }

  static func random(_ rows: Int, _ columns: Int, lane: Int) -> Matrix {
    var stream = RandomStream(seed: 4, purpose: .permutation, lane: lane)
    let matrix = Matrix(rows: rows, columns: columns)
    matrix.set((0..<rows * columns).map { _ in Float(2 * stream.nextUniform() - 1) })
    return matrix
  }

  /// Largest difference, relative to the largest number expected.
  static func error(_ found: some Sequence<Float>, _ expected: some Sequence<Float>) -> Float {
    let scale = expected.reduce(1e-6) { max($0, abs($1)) }
    return zip(found, expected).reduce(0) { worst, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(worst, difference)
    } / scale
  }

  @Test(arguments: cases, steps)
  func `Chunks have the outputs and gradients of single steps`(test: Case, steps: Int) throws {
    let bench = try Bench(test)
    let chunked = bench.layer.makePass(steps: steps, rows: test.rows, in: Workspace())
    let stepwise = bench.layer.makePass(
      .stepwise, steps: steps, rows: test.rows, in: Workspace())
    #expect(chunked is ChunkedLMUPass)
    // A quantizer of h makes a spike of the last digit of an activity, which few steps may not
    // meet by chance; so long runs leave it out.
    let w: Float = test.h == .off || steps > 26 ? .infinity : 4
    let found = bench.run(chunked, steps: steps, rows: test.rows, w: w)
    let expected = bench.run(stepwise, steps: steps, rows: test.rows, w: w)
    for site in 0..<3 {
      let (a, b) = (chunked.signal(site), stepwise.signal(site))
      #expect(a.rows == b.rows && a.columns == b.columns)
      #expect(Self.error(a.array, b.array) < 1e-4, "signal \(site)")
    }
    for (a, b) in zip(bench.byName(found), bench.byName(expected)) {
      #expect(Self.error(a.1, b.1) < 1e-4, "\(a.0)")
    }
  }

  /// Cases that run in chunks, and with the memory formed first.
  static let readCases =
    cases + [
      Case(rows: 5, inputs: 2, connections: [.inputToHidden]),
      Case(rows: 5, inputs: 3, activation: .relu, channels: 2, connections: []),
      Case(rows: 3, inputs: 2, channels: 2, connections: [.inputToHidden, .hiddenToHidden]),
      Case(rows: 5, inputs: 2, hidden: 40, connections: [.inputToHidden], learned: learned),
    ]

  /// Of chunks of 8 steps: parts of one, one and a part, and several.
  @Test(arguments: readCases, [1, 3, 8, 13, 26, 150])
  func `Other forms have the gradients of single steps where a loss reads many`(
    test: Case, readSteps: Int
  ) throws {
    let (bench, steps) = (try Bench(test), readSteps < 27 ? 26 : 150)
    let passes: [any SequencePass] = [
      bench.layer.makePass(steps: steps, rows: test.rows, in: Workspace()),
      bench.layer.makePass(.stepwise, steps: steps, rows: test.rows, in: Workspace()),
    ]
    let inputGradients = passes.map { _ in Matrix(rows: steps * test.rows, columns: test.inputs) }
    let found = zip(passes, inputGradients).map { pass, inputGradient in
      inputGradient.fill(.nan)
      let gradients = bench.run(
        pass, steps: steps, rows: test.rows, w: .infinity, reading: readSteps,
        inputGradient: inputGradient)
      let without = bench.run(
        pass, steps: steps, rows: test.rows, w: .infinity, reading: readSteps)
      for (a, b) in zip(bench.byName(gradients), bench.byName(without)) { #expect(a.1 == b.1) }
      return gradients
    }
    for (a, b) in zip(bench.byName(found[0]), bench.byName(found[1])) {
      #expect(Self.error(a.1, b.1) < 1e-4, "\(a.0)")
    }
    #expect(Self.error(inputGradients[0].array, inputGradients[1].array) < 1e-4)
  }

  static let quantizedCases = [
    Case(rows: 7, order: 33, hidden: 20, h: .diffused, memory: .diffused),
    Case(
      rows: 7, inputs: 3, order: 33, hidden: 20, activation: .relu, memory: .nearest,
      variant: .quantizedState),
    Case(rows: 7, order: 33, hidden: 20, h: .diffused, memory: .diffused, learned: learned),
  ]

  /// Both passes run forward alike, so that quantizers cannot tell their gradients apart.
  @Test(arguments: quantizedCases, [48, 53, 129])
  func `The way back in chunks has the gradients of single steps, whatever is quantized`(
    test: Case, steps: Int
  ) throws {
    let bench = try Bench(test)
    let passes: [any SequencePass] = [
      bench.layer.makePass(steps: steps, rows: test.rows, in: Workspace()),
      bench.layer.makePass(.stepwise, steps: steps, rows: test.rows, in: Workspace()),
    ]
    #expect(passes.map { ($0 as? LMUPass)?.hasChunkedGradient } == [true, false])
    let inputGradients = passes.map { _ in Matrix(rows: steps * test.rows, columns: test.inputs) }
    let found = zip(passes, inputGradients).map { pass, inputGradient in
      bench.run(
        pass, steps: steps, rows: test.rows, w: 4, reading: 20, inputGradient: inputGradient,
        memoryW: 4)
    }
    #expect(passes[0].output.array == passes[1].output.array)
    for (a, b) in zip(bench.byName(found[0]), bench.byName(found[1])) {
      #expect(Self.error(a.1, b.1) < 1e-4, "\(a.0)")
    }
    #expect(Self.error(inputGradients[0].array, inputGradients[1].array) < 1e-4)
  }

  @Test func `A smaller batch and a batch after one that diverged leave nothing behind`() throws {
    let bench = try Bench(Case(inputs: 3))
    let pass = bench.layer.makePass(steps: 21, rows: 7, in: Workspace())
    let fresh = bench.layer.makePass(steps: 21, rows: 4, in: Workspace())
    let weights = bench.weights.flat.array
    bench.weights.flat.fill(.nan)
    _ = bench.run(pass, steps: 21, rows: 7, w: .infinity)
    #expect(pass.signal(1).array.contains { $0.isNaN })
    bench.weights.flat.set(weights)
    let found = bench.run(pass, steps: 21, rows: 4, w: .infinity)
    let expected = bench.run(fresh, steps: 21, rows: 4, w: .infinity)
    for (a, b) in zip(bench.byName(found), bench.byName(expected)) { #expect(a.1 == b.1) }
    for site in 0..<3 { #expect(pass.signal(site).array == fresh.signal(site).array) }
  }

  @Test func `A layer with a quantizer at the memory or its input runs step by step`() throws {
    for site in [\LMUConfiguration.m, \LMUConfiguration.u] {
      var configuration = Case().configuration
      configuration[keyPath: site].kind = .diffused
      var layout = ParameterLayout()
      let layer = try LMU(configuration, inputs: 1, layout: &layout)
      #expect(layer.makePass(steps: 3, rows: 2, in: Workspace()) is LMUPass)
    }
  }
}
