import Engine
import Testing

/// An LMU without connections into its memory, all of it formed at once and step by step.
@Suite struct ParallelLMUTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rows = 5
    var channels = 1
    var isRecurrent = false
    var h = Quantizer.diffused
    var m = Quantizer.diffused
    var u = Quantizer.off
    var surrogate = SiteSurrogate.straightThrough
    var learned: LearnedHidden?

    var testDescription: String {
      "\(rows) rows, \(channels) channels, recurrent \(isRecurrent), h \(h), m \(m), u \(u), "
        + surrogate.curve.text + (learned == nil ? "" : ", learned")
    }

    var configuration: LMUConfiguration {
      func site(_ kind: Quantizer) -> QuantizerSite {
        QuantizerSite(kind: kind, resolution: Schedule(.hold(4)), surrogate: surrogate)
      }
      return LMUConfiguration(
        hidden: 6, order: 5, theta: 30, learned: learned, initialization: .full, channels: channels,
        memoryBias: true,
        connections: isRecurrent ? [.inputToHidden, .hiddenToHidden] : [.inputToHidden],
        h: site(h), m: site(m), u: site(u))
    }
  }

  static let cases = [
    Case(), Case(rows: 1, channels: 2), Case(isRecurrent: true),
    Case(channels: 2, isRecurrent: true, u: .diffused), Case(h: .off, m: .nearest),
    Case(h: .stochastic, m: .off, u: .stochastic), Case(h: .off, m: .off),
    Case(channels: 3, isRecurrent: true, h: .off, m: .off), Case(h: .poisson, m: .poisson),
    Case(u: .nearest, surrogate: SiteSurrogate(.standard(.arctan))),
    Case(
      channels: 2, h: .stochastic, m: .stochastic, u: .stochastic,
      surrogate: SiteSurrogate(.standard(.stochasticSpike))),
    Case(learned: ChunkedLMUTests.learned), Case(rows: 3, h: .off, learned: LearnedHidden()),
    Case(channels: 2, isRecurrent: true, h: .off, m: .off, learned: LearnedHidden()),
  ]

  /// Around one and several chunks of 8 steps and spans of 8 chunks.
  static let steps = [1, 2, 8, 9, 40, 64, 65, 150]

  /// A layer with random weights and a batch for it.
  struct Bench {
    let test: Case
    let steps: Int
    let layer: LMU
    let layout: ParameterLayout
    let weights: ParameterSlab
    let input: Matrix
    let lastStep: Matrix

    init(_ test: Case, steps: Int) throws {
      var layout = ParameterLayout()
      layer = try LMU(test.configuration, inputs: 2, layout: &layout)
      (self.test, self.steps, self.layout) = (test, steps, layout)
      weights = ParameterSlab(layout)
      weights.flat.set(ChunkedLMUTests.random(1, layout.count, lane: 5).array)
      ChunkedLMUTests.tame(weights, layout)
      input = ChunkedLMUTests.random(steps * test.rows, 2, lane: 1)
      lastStep = ChunkedLMUTests.random(test.rows, 6, lane: 2)
    }

    /// w of h, m and u.
    static let resolutions: [Float] = [4, 4, 4]

    func forward(
      _ pass: any SequencePass, isLastStepEnough: Bool = false, draw: Int = 0,
      resolutions: [Float] = Self.resolutions
    ) {
      Array(0..<test.rows).withUnsafeBufferPointer { samples in
        pass.forward(
          input, weights: weights,
          context: PassContext(
            resolutions: resolutions, seed: 3, draw: draw, lane: 0, samples: samples,
            isLastStepEnough: isLastStepEnough))
      }
    }

    /// Gradients of all parameters, one after the other.
    func backward(_ pass: any SequencePass) -> [Float] {
      let gradients = ParameterSlab(layout)
      gradients.flat.fill(.nan)
      pass.backward(
        OutputGradient(lastStep: lastStep, steps: steps), input: input, inputGradient: nil,
        weights: weights, gradients: gradients)
      let numbers = gradients.flat.array
      return layout.entries.flatMap { numbers[$0.offset..<$0.offset + $0.count] }
    }
  }

  @Test(arguments: cases, steps)
  func `the parallel memory is that of the loop`(test: Case, steps: Int) throws {
    let bench = try Bench(test, steps: steps)
    let parallel = bench.layer.makePass(steps: steps, rows: test.rows, in: Workspace())
    let loop = bench.layer.makePass(.stepwise, steps: steps, rows: test.rows, in: Workspace())
    #expect(parallel is ParallelLMUPass && loop is LMUPass)
    bench.forward(parallel)
    bench.forward(loop)
    // A spike of the last digit of an activity may come a step later, and then what follows.
    let isExact = !test.isRecurrent || test.h == .off && test.m == .off
    for site in 0..<3 {
      let (a, b) = (parallel.signal(site).array, loop.signal(site).array)
      let different = zip(a, b).reduce(0) { $0 + (abs($1.0 - $1.1) > 1e-3 ? 1 : 0) }
      #expect(a.count == b.count)
      #expect(isExact ? different <= a.count / 500 : steps > 9 || different == 0, "signal \(site)")
    }
    guard isExact, parallel.output.array == loop.output.array || test.h == .off else { return }
    let (found, expected) = (bench.backward(parallel), bench.backward(loop))
    #expect(ChunkedLMUTests.error(found, expected) < 1e-3)
  }

  @Test func `the last step alone is the last of all where nothing is random`() throws {
    for test in [
      Case(h: .off, m: .off), Case(channels: 2, h: .nearest, m: .nearest),
      Case(
        channels: 2, h: .nearest, m: .nearest, u: .nearest,
        surrogate: SiteSurrogate(.standard(.triangular), placement: .thresholds)),
      Case(h: .nearest, m: .nearest, learned: ChunkedLMUTests.learned),
      Case(
        h: .nearest, m: .off,
        surrogate: SiteSurrogate(.standard(.triangular), placement: .thresholds),
        learned: LearnedHidden()),
    ] {
      let bench = try Bench(test, steps: 70)
      let all = bench.layer.makePass(steps: 70, rows: 5, in: Workspace())
      let last = bench.layer.makePass(steps: 70, rows: 5, in: Workspace())
      bench.forward(all)
      bench.forward(last, isLastStepEnough: true)
      #expect(last.signalRows == 4 && all.signalRows == 5)
      #expect(ChunkedLMUTests.error(last.lastOutput.array, all.lastOutput.array) < 1e-4)
      #expect(ChunkedLMUTests.error(bench.backward(last), bench.backward(all)) < 1e-4)
    }
  }

  @Test func `a batch that is smaller than the pass is the same alone`() throws {
    let bench = try Bench(Case(rows: 3, channels: 2, u: .nearest), steps: 21)
    let large = bench.layer.makePass(steps: 21, rows: 7, in: Workspace())
    let exact = bench.layer.makePass(steps: 21, rows: 3, in: Workspace())
    for isLastStepEnough in [true, false] {
      bench.forward(large, isLastStepEnough: isLastStepEnough)
      bench.forward(exact, isLastStepEnough: isLastStepEnough)
      #expect(large.lastOutput.array == exact.lastOutput.array)
      #expect(bench.backward(large) == bench.backward(exact))
      for site in 0..<3 { #expect(large.signal(site).array == exact.signal(site).array) }
    }
  }

  /// Drawn voltages instead of scanned ones: the same mean and variance of every output.
  @Test func `the last step alone has the distribution of the last of all`() throws {
    let bench = try Bench(Case(rows: 2), steps: 40)
    let draws = 4000
    func moments(isLastStepEnough: Bool) -> (mean: [Double], square: [Double]) {
      let pass = bench.layer.makePass(steps: 40, rows: 2, in: Workspace())
      var mean = [Double](repeating: 0, count: 12)
      var square = mean
      for draw in 0..<draws {
        bench.forward(pass, isLastStepEnough: isLastStepEnough, draw: draw, resolutions: [2, 1, 1])
        for (index, value) in pass.lastOutput.array.enumerated() {
          mean[index] += Double(value) / Double(draws)
          square[index] += Double(value * value) / Double(draws)
        }
      }
      return (mean, square)
    }
    let (all, last) = (moments(isLastStepEnough: false), moments(isLastStepEnough: true))
    // Outputs within -1...1: five standard deviations of the difference of two means are below
    // 5 sqrt(2 / 4000) = 0.11; most units vary far less.
    for index in 0..<12 {
      #expect(abs(all.mean[index] - last.mean[index]) < 0.06, "mean \(index)")
      #expect(abs(all.square[index] - last.square[index]) < 0.06, "square \(index)")
    }
  }

  @Test func `signals of a last step alone are those of whole sequences`() throws {
    let bench = try Bench(Case(channels: 2), steps: 50)
    let all = bench.layer.makePass(steps: 50, rows: 5, in: Workspace())
    let last = bench.layer.makePass(steps: 50, rows: 5, in: Workspace())
    bench.forward(all)
    bench.forward(last, isLastStepEnough: true)
    for site in 0..<3 {
      let (whole, watched) = (all.signal(site), last.signal(site))
      #expect(watched.rows == 50 * 4)
      for t in 0..<50 {
        let a = watched.rows(t * 4, 4).array
        let b = whole.rows(t * 5, 4).array
        let different = zip(a, b).filter { abs($0 - $1) > 1e-3 }.count
        #expect(different <= 1, "signal \(site) at \(t)")
      }
    }
  }

  @Test func `fixed voltages and recurrence keep all steps`() throws {
    var halves = Case().configuration
    halves.m.initialVoltage = .half
    for configuration in [halves, Case(isRecurrent: true).configuration] {
      var layout = ParameterLayout()
      let layer = try LMU(configuration, inputs: 2, layout: &layout)
      let pass = layer.makePass(steps: 12, rows: 5, in: Workspace())
      Array(0..<5).withUnsafeBufferPointer { samples in
        pass.forward(
          Matrix(rows: 60, columns: 2), weights: ParameterSlab(layout),
          context: PassContext(
            resolutions: [4, 4, 4], seed: 1, draw: 0, lane: 0, samples: samples,
            isLastStepEnough: true))
      }
      #expect(pass.signalRows == 5 && pass.output.rows == 60)
    }
  }

  @Test func `a memory that its own quantizer feeds runs step by step`() throws {
    var configuration = Case().configuration
    configuration.variant = .quantizedState
    var layout = ParameterLayout()
    let layer = try LMU(configuration, inputs: 2, layout: &layout)
    #expect(layer.makePass(steps: 3, rows: 2, in: Workspace()) is LMUPass)
  }
}
