import Engine
import Testing

@Suite struct OperationCountTests {
  private static let spikes = QuantizerSite(kind: .diffused, resolution: Schedule(.hold(2)))
  private static let off = QuantizerSite(kind: .off, resolution: Schedule(.hold(2)))

  private static func lmu(_ h: QuantizerSite, _ m: QuantizerSite, _ u: QuantizerSite) -> Model {
    .lmu(LMUConfiguration(hidden: 3, order: 2, theta: 5, h: h, m: m, u: u))
  }

  typealias Model = ModelConfiguration

  /// Multiply-accumulates without spikes, and how many of them those with counts would replace.
  private static func products(
    _ model: Model, steps: Int = 5
  ) throws -> (all: Double, counted: Double) {
    let network = try Network(model, inputs: 2, classes: 4)
    let sites = network.recurrent.sites.map { signal in
      signal.site.kind == .off
        ? nil
        : OperationCounts.Site(
          units: signal.units, kind: signal.site.kind, metrics: .init(), lastStep: .init())
    }
    let counts = OperationCounts(network.work, sites: sites, steps: steps)
    return (counts.dense + counts.macs, counts.dense)
  }

  @Test func `an LMU's products are those of its equations`() throws {
    // x: (1 + 3) weights for each of 2 inputs; h: 1 + 3 for each of 3; m: 3 and 1 and Ad for each
    // of 2; u: 2. What comes from the step before is missing at the first; V at the last step.
    let h = 4 * 3 * 4 + 3 * 4
    let m = 5 * 2 * 3 + 4 * 2 * 1
    let (x, recursion, u) = (5 * 2 * 4, 4 * 2 * 2, 5 * 2)
    let all = x + h + m + recursion + u
    let cases: [(Model, Int)] = [
      (Self.lmu(Self.off, Self.off, Self.off), 0),
      (Self.lmu(Self.spikes, Self.off, Self.off), h),
      (Self.lmu(Self.off, Self.spikes, Self.off), m),
      (Self.lmu(Self.spikes, Self.spikes, Self.spikes), h + m + u),
    ]
    for (model, counted) in cases {
      let products = try Self.products(model)
      #expect(products.all == Double(all))
      #expect(products.counted == Double(counted))
    }
    guard case .lmu(var quantized) = cases[2].0 else { return }
    quantized.variant = .quantizedState
    #expect(try Self.products(.lmu(quantized)).counted == Double(m + recursion))
  }

  @Test func `gated cells count all their gates`() throws {
    // 2 inputs, 3 units, 4 classes, 5 steps. With the reset before the product a GRU's candidate
    // sees no count. The memory of 4 in one head has vectors of 2, so that A and B have 2 + 4 * 2
    // columns.
    let h = 4 * 3 * 3 + 5 * 3 * 10 + 12
    let m = 4 * 4 * (3 + 10)
    let cases: [(model: Model, all: Int, counted: Int)] = [
      (
        .lstm(LSTMConfiguration(hidden: 3, h: Self.spikes)), 5 * 2 * 12 + 4 * 3 * 12 + 12,
        4 * 3 * 12 + 12
      ),
      (
        .gru(GRUConfiguration(hidden: 3, reset: .after, h: Self.spikes)),
        5 * 2 * 9 + 4 * 3 * 9 + 12, 4 * 3 * 9 + 12
      ),
      (
        .gru(GRUConfiguration(hidden: 3, reset: .before, h: Self.spikes)),
        5 * 2 * 9 + 4 * 3 * 9 + 12, 4 * 3 * 6 + 12
      ),
      (
        .nru(NRUConfiguration(hidden: 3, memory: 4, heads: 1, h: Self.spikes, m: Self.spikes)),
        5 * 2 * 3 + h + m, h + m
      ),
    ]
    for (model, all, counted) in cases {
      let products = try Self.products(model)
      #expect(products.all == Double(all))
      #expect(products.counted == Double(counted))
    }
  }

  @Test func `the fan-out of a site is the number of weights of its connections`() throws {
    let models: [Model] = [
      Self.lmu(Self.spikes, Self.spikes, Self.spikes),
      .rnn(RNNConfiguration(hidden: 3, h: Self.spikes)),
      .lstm(LSTMConfiguration(hidden: 3, h: Self.spikes)),
      .gru(GRUConfiguration(hidden: 3, reset: .after, h: Self.spikes)),
      .gru(GRUConfiguration(hidden: 3, reset: .before, h: Self.spikes)),
      .nru(NRUConfiguration(hidden: 3, memory: 4, heads: 1, h: Self.spikes, m: Self.spikes)),
    ]
    for model in models {
      let layer = try Network(model, inputs: 2, classes: 4).recurrent
      for (index, signal) in layer.sites.enumerated() {
        let connections = layer.work.connections.filter { $0.source == .site(index) }
        #expect(connections.reduce(0) { $0 + $1.fanOut } == signal.fanOut)
        #expect(connections.allSatisfy { $0.units == signal.units })
      }
    }
  }

  /// Every trained weight but biases meets a number, and every fixed one of an LMU.
  @Test func `all weights are connected`() throws {
    var lmu = LMUConfiguration(
      hidden: 5, order: 3, theta: 5, h: Self.spikes, m: Self.spikes, u: Self.off)
    lmu.hiddenBias = false
    let models: [(Model, fixed: Int)] = [
      (.lmu(lmu), 3 * 3 + 3), (.rnn(RNNConfiguration(hidden: 6, h: Self.spikes)), 0),
      (.lstm(LSTMConfiguration(hidden: 6, h: Self.spikes)), 0),
      (.gru(GRUConfiguration(hidden: 6, reset: .before, h: Self.spikes)), 0),
      (.nru(NRUConfiguration(hidden: 3, memory: 9, heads: 1, h: Self.spikes, m: Self.spikes)), 0),
    ]
    for (model, fixed) in models {
      let network = try Network(model, inputs: 2, classes: 4)
      let biases = network.layout.entries.filter { $0.role == .bias }
      let weights =
        network.layout.trainedCount - biases.reduce(0) { $0 + $1.rows * $1.columns } + fixed
      #expect(network.work.connections.reduce(0) { $0 + $1.weights } == weights, "\(model)")
    }
  }
}
