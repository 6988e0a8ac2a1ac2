import Engine
import Exports
import Foundation
import Testing

/// Graphs compute what the networks compute that they were made of.
@Suite struct NIRTranslationTests {
  private static let site = ExportedNetwork.site()

  private static func lmu(
    _ variant: LMUConfiguration.Variant = .exactState, m: Quantizer = .diffused,
    channels: Int = 1, connections: LMUConfiguration.Connections = .all,
    activation: HiddenActivation = .tanh, learned: LearnedHidden? = nil, memoryBias: Bool = false
  ) -> ModelConfiguration {
    .lmu(
      LMUConfiguration(
        hidden: 5, order: 4, theta: 6, variant: variant, activation: activation, learned: learned,
        initialization: .full, channels: channels, memoryBias: memoryBias,
        connections: connections, h: site, m: ExportedNetwork.site(m),
        u: ExportedNetwork.site(channels > 1 ? .nearest : .off)))
  }

  private static let learned = LearnedHidden(
    SelfLearnableConfiguration(
      basis: .legendre, degree: 3, sharing: .channel, ends: .clipped(scale: 1.5)))

  private func expectSameScores(
    _ network: ExportedNetwork,
    cell: @escaping GraphSimulation.Cell = { node, _ in
      throw GraphSimulation.Failure(node: node)
    }, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try NIRFile.bytes(of: network.translation.graph, path: "f")
    let graph = try NIRFile.parse(bytes, from: "f")
    #expect(graph == network.translation.graph, sourceLocation: sourceLocation)
    let simulation = GraphSimulation(graph, cell: cell)
    var largest = 0.0
    for (input, expected) in zip(network.sequence, network.scores()) {
      let found = try simulation.step(input)
      for (left, right) in zip(found, expected) {
        largest = max(largest, abs(left - Double(right)))
      }
      #expect(expected.contains { abs($0) > 0.01 }, sourceLocation: sourceLocation)
    }
    #expect(largest < 2e-5, "differs by \(largest)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    lmu(), lmu(.quantizedState), lmu(m: .off), lmu(channels: 3, memoryBias: true),
    lmu(connections: .feedforward, activation: .relu), lmu(connections: [.memoryToMemory]),
    lmu(connections: [.hiddenToMemory], activation: .relu), lmu(learned: learned),
    lmu(learned: LearnedHidden()),
  ])
  func `an LMU computes the same`(_ model: ModelConfiguration) throws {
    try expectSameScores(try ExportedNetwork(model))
  }

  @Test func `layers above each other compute the same`() throws {
    try expectSameScores(try ExportedNetwork(Self.lmu(), layers: 2))
    try expectSameScores(
      try ExportedNetwork(.rnn(RNNConfiguration(hidden: 5, h: Self.site)), layers: 3))
  }

  @Test(arguments: [HiddenActivation.tanh, .relu])
  func `a plain RNN computes the same`(_ activation: HiddenActivation) throws {
    try expectSameScores(
      try ExportedNetwork(
        .rnn(RNNConfiguration(hidden: 6, activation: activation, h: Self.site))))
  }

  private static func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }

  @Test func `an LSTM computes the same with its cell put in`() throws {
    var c = [Double](repeating: 0, count: 5)
    try expectSameScores(
      try ExportedNetwork(.lstm(LSTMConfiguration(hidden: 5, h: Self.site)))
    ) { _, simulation in
      let gates = try simulation.value(of: "gates")
      return (0..<5).map { index in
        let (i, f, g, o) = (gates[index], gates[5 + index], gates[10 + index], gates[15 + index])
        c[index] = Self.sigmoid(f) * c[index] + Self.sigmoid(i) * tanh(g)
        return Self.sigmoid(o) * tanh(c[index])
      }
    }
  }

  @Test func `a GRU computes the same with its cell put in`() throws {
    var h = [Double](repeating: 0, count: 5)
    try expectSameScores(
      try ExportedNetwork(.gru(GRUConfiguration(hidden: 5, h: Self.site)))
    ) { _, simulation in
      let x = try simulation.value(of: "gates_of_input")
      let p = try simulation.value(of: "gates_of_hidden")
      for index in 0..<5 {
        let z = Self.sigmoid(x[index] + p[index])
        let r = Self.sigmoid(x[5 + index] + p[5 + index])
        h[index] = z * h[index] + (1 - z) * tanh(x[10 + index] + r * p[10 + index])
      }
      return h
    }
    var (before, gate) = ([Double](repeating: 0, count: 5), [Double](repeating: 0, count: 5))
    try expectSameScores(
      try ExportedNetwork(.gru(GRUConfiguration(hidden: 5, reset: .before, h: Self.site)))
    ) { node, simulation in
      let x = try simulation.value(of: "gates_of_input")
      let p = try simulation.value(of: "gates_of_hidden")
      if node == "reset_hidden" {
        return (0..<5).map { Self.sigmoid(x[5 + $0] + p[5 + $0]) * gate[$0] }
      }
      let candidate = try simulation.value(of: "candidate")
      for index in 0..<5 {
        let z = Self.sigmoid(x[index] + p[index])
        before[index] = z * before[index] + (1 - z) * tanh(x[10 + index] + candidate[index])
      }
      gate = before
      return before
    }
  }

  @Test func `the reports say what is missing`() throws {
    let lmu = try ExportedNetwork(Self.lmu()).translation.report
    for words in [
      "weights of step 12", "The graph has every product", "tanh: NIR has no such node",
      "temporally diffused error", "w = 2.5", "memory_recursion", "Ad", "the last of 9 time steps",
    ] {
      #expect(lmu.contains(words), "\(words): \(lmu)")
    }
    let learned = try ExportedNetwork(Self.lmu(learned: Self.learned)).translation.report
    for words in [
      "in place of a learned activation of the sum, legendre, degree 3, a row per unit",
      "learned: NIR has no such node", "in the metadata of the node in its place",
    ] {
      #expect(learned.contains(words), "\(words): \(learned)")
    }
    let nru = NRUConfiguration(
      hidden: 4, memory: 4, heads: 4, hasLayerNorm: true, h: Self.site, m: Self.site)
    let translation = try ExportedNetwork(.nru(nru)).translation
    #expect(translation.report.contains("cannot be expressed as a graph that runs"))
    #expect(translation.report.contains("the normalization of the hidden units"))
    let bytes = try NIRFile.bytes(of: translation.graph, path: "f")
    #expect(try NIRFile.parse(bytes, from: "f") == translation.graph)
  }
}
