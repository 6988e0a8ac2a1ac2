import Engine
import Foundation
import Testing

/// Every option of the LMU against a plain Double cell: several channels, biases, and connections
/// that are absent.
@Suite struct LMUOptionTests {
  /// Sizes and what is on in the layer.
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 1
    var channels = 1
    var connections = LMUConfiguration.Connections.all
    var hasBiases = true
    var activation = HiddenActivation.tanh

    var testDescription: String {
      "\(inputs) inputs, \(channels) channels, connections \(connections.rawValue),"
        + " biases \(hasBiases), \(activation)"
    }

    func configuration(
      h: Quantizer = .off, m: Quantizer = .off, u: Quantizer = .off
    ) -> LMUConfiguration {
      func site(_ kind: Quantizer) -> QuantizerSite {
        QuantizerSite(kind: kind, resolution: Schedule(.hold(4)))
      }
      return LMUConfiguration(
        hidden: 4, order: 3, theta: 12, activation: activation, hiddenBias: hasBiases,
        channels: channels, memoryBias: hasBiases, connections: connections, h: site(h),
        m: site(m), u: site(u))
    }
  }

  static let cases: [Case] =
    (0..<16).map { Case(connections: .init(rawValue: $0)) }
    + (0..<16).map {
      Case(inputs: 2, channels: 3, connections: .init(rawValue: $0), activation: .relu)
    } + [Case(channels: 2, hasBiases: false), Case(inputs: 3, hasBiases: false)]

  /// A network of the engine's parameters in plain Double, straight from the equations.
  struct Cell {
    let test: Case
    let memory: LegendreMemory
    var weights: [String: [Double]]

    /// Sum of `c` times the outputs of all steps, row-major as they come.
    func loss(_ x: [[Double]], _ c: [[Double]]) -> Double {
      let d = memory.order
      var h = [Double](repeating: 0, count: 4)
      var m = [Double](repeating: 0, count: d * test.channels)
      var loss = 0.0
      for (input, factors) in zip(x, c) {
        var u = weights["lmu.memoryBias"] ?? [Double](repeating: 0, count: test.channels)
        for (name, signal) in [("inputEncoder", input), ("hiddenEncoder", h), ("memoryEncoder", m)]
        {
          guard let encoder = weights["lmu.\(name)"] else { continue }
          for channel in 0..<test.channels {
            for (index, value) in signal.enumerated() {
              u[channel] += encoder[channel * signal.count + index] * value
            }
          }
        }
        m = (0..<m.count).map { place in
          let (channel, row) = place.quotientAndRemainder(dividingBy: d)
          return (0..<d).reduce(memory.inputVector[row] * u[channel]) {
            $0 + memory.stateMatrix[row * d + $1] * m[channel * d + $1]
          }
        }
        var z = weights["lmu.bias"] ?? [Double](repeating: 0, count: 4)
        for (name, signal) in [("inputWeights", input), ("hiddenWeights", h), ("memoryWeights", m)]
        {
          guard let matrix = weights["lmu.\(name)"] else { continue }
          for (index, value) in signal.enumerated() {
            for unit in 0..<4 { z[unit] += value * matrix[index * 4 + unit] }
          }
        }
        h = z.map { test.activation == .tanh ? tanh($0) : max($0, 0) }
        loss += zip(h, factors).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return loss
    }
  }

  /// A layer with random weights, and a run of it over one random sequence.
  struct Bench {
    let layer: LMU
    let layout: ParameterLayout
    let weights: ParameterSlab
    let steps = 19

    init(_ test: Case) throws {
      var layout = ParameterLayout()
      layer = try LMU(test.configuration(), inputs: test.inputs, layout: &layout)
      self.layout = layout
      weights = ParameterSlab(layout)
      weights.flat.set(ChunkedLMUTests.random(1, layout.count, lane: 5).array.map { $0 * 0.7 })
    }

    func numbers(_ slab: ParameterSlab) -> [String: [Double]] {
      let all = slab.flat.array.map(Double.init)
      return Dictionary(
        uniqueKeysWithValues: layout.entries.map {
          ($0.name, Array(all[$0.offset..<$0.offset + $0.count]))
        })
    }

    /// Gradients of the weights by name, and of the input as `x`.
    func gradients(
      _ form: LMU.Form, _ input: Matrix, _ output: Matrix
    ) -> [String: [Double]] {
      let pass = layer.makePass(form, steps: steps, rows: 1, in: Workspace())
      let gradients = ParameterSlab(layout)
      gradients.flat.fill(.nan)
      let inputGradient = Matrix(rows: steps, columns: layer.inputs)
      [0].withUnsafeBufferPointer { samples in
        pass.forward(
          input, weights: weights,
          context: PassContext(
            resolutions: [.infinity, .infinity, .infinity], seed: 3, draw: 0, lane: 0,
            samples: samples))
      }
      pass.backward(
        OutputGradient(output, rows: 1, steps: steps), input: input,
        inputGradient: inputGradient, weights: weights, gradients: gradients)
      return numbers(gradients).merging(["x": inputGradient.array.map(Double.init)]) { a, _ in a }
    }
  }

  @Test(arguments: cases, [1, 7])
  func `gradients are the central differences of a plain cell`(test: Case, first: Int) throws {
    let bench = try Bench(test)
    let steps = bench.steps
    let input = ChunkedLMUTests.random(steps, test.inputs, lane: 1)
    let factors = ChunkedLMUTests.random(first == 1 ? 1 : steps - first, 4, lane: 2)
    let c = (0..<steps).map { t -> [Double] in
      let row = t - (steps - factors.rows)
      return (0..<4).map { row < 0 ? 0 : Double(factors[row, $0]) }
    }
    let x = (0..<steps).map { t in (0..<test.inputs).map { Double(input[t, $0]) } }
    let cell = Cell(
      test: test,
      memory: try LegendreMemory(order: 3, theta: 12, discretization: .zeroOrderHold),
      weights: bench.numbers(bench.weights))
    var expected: [String: [Double]] = [:]
    let size = 1e-5
    for (name, values) in cell.weights {
      expected[name] = values.indices.map { index in
        var (more, less) = (cell, cell)
        more.weights[name]?[index] += size
        less.weights[name]?[index] -= size
        return (more.loss(x, c) - less.loss(x, c)) / (2 * size)
      }
    }
    expected["x"] = (0..<steps * test.inputs).map { place in
      var (more, less) = (x, x)
      more[place / test.inputs][place % test.inputs] += size
      less[place / test.inputs][place % test.inputs] -= size
      return (cell.loss(more, c) - cell.loss(less, c)) / (2 * size)
    }
    for form in Self.forms(of: test) {
      let found = bench.gradients(form, input, factors)
      #expect(Set(found.keys) == Set(expected.keys))
      for (name, values) in expected {
        let error = ChunkedLMUTests.error(
          (found[name] ?? []).map(Float.init), values.map(Float.init))
        #expect(error < 2e-4, "\(form) \(name)")
      }
    }
  }

  /// The form that is chosen, and that of single steps.
  private static func forms(of test: Case) -> [LMU.Form] {
    let isParallel = test.connections.isDisjoint(with: [.hiddenToMemory, .memoryToMemory])
    let isRecurrent = test.connections.contains(.hiddenToHidden)
    let chosen: LMU.Form =
      isParallel && !(isRecurrent && test.channels == 1)
      ? .parallel : test.channels == 1 ? .chunked : .stepwise
    #expect(test.configuration().form == chosen)
    return [chosen, .stepwise]
  }

  @Test func `parameters are those of the specification`() throws {
    func count(_ configuration: LMUConfiguration) throws -> Int {
      try Network(.lmu(configuration), inputs: 1, classes: 10).layout.trainedCount
    }
    var lmu = Case().configuration()
    (lmu.hidden, lmu.order, lmu.memoryBias) = (212, 256, false)
    #expect(try count(lmu) == 102_239)
    lmu.hiddenBias = false
    #expect(try count(lmu) == 102_027)
    lmu.hiddenBias = true
    lmu.hiddenToMemory = false
    lmu.memoryToMemory = false
    #expect(try count(lmu) == 101_771)
  }

  @Test func `starting weights are what the initialization says`() throws {
    var test = Case(inputs: 2, channels: 3)
    test.hasBiases = true
    for start in LMUConfiguration.Initialization.allCases {
      var configuration = test.configuration()
      configuration.initialization = start
      var layout = ParameterLayout()
      let layer = try LMU(configuration, inputs: 2, layout: &layout)
      let weights = ParameterSlab(layout)
      weights.flat.fill(.nan)
      layer.initialize(weights, seed: 2)
      var numbers: [String: [Float]] = [:]
      for (index, entry) in layout.entries.enumerated() {
        numbers[entry.name] = weights.flat.array[entry.offset..<entry.offset + entry.count].map(
          \.self)
        #expect(numbers[entry.name]?.allSatisfy(\.isFinite) == true, "\(start) \(index)")
      }
      let isZero = { (name: String) in numbers["lmu.\(name)"]?.allSatisfy { $0 == 0 } }
      #expect(isZero("bias") == true && isZero("memoryBias") == true)
      #expect(isZero("memoryWeights") == false && isZero("inputEncoder") == false)
      #expect(isZero("hiddenWeights") == (start == .memoryOnly))
      #expect(isZero("hiddenEncoder") == (start == .memoryOnly))
      #expect(isZero("memoryEncoder") == (start != .orthogonal))
    }
  }
}
