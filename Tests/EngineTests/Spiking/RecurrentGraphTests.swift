import Engine
import Golden
import Testing

@Suite("Synapses within recurrent layers")
struct RecurrentGraphTests {
  @Test func `As in the released program no synapse leads to a later neuron`() {
    for sides in [[5, 5, 4], [5, 5, 16], [10, 10, 8], [1, 1, 30]] {
      let graph = RecurrentGraph(sides: sides, rule: .released)
      #expect(graph.units == sides.reduce(1, *))
      #expect(graph.pairs.allSatisfy { $0.before >= $0.after })
      #expect(graph.pairs.contains { $0.before == $0.after })
      #expect(graph.pairs.contains { $0.before > $0.after })
    }
  }

  /// About 4 445 and 1 241 to 1 322 synapses for 5 x 5 x 16 (specification, 3.2).
  @Test func `There are about as many synapses as in the program`() {
    let distance = RecurrentGraph(sides: [5, 5, 16], rule: .distance)
    #expect(abs(Double(distance.synapses) / 4445 - 1) < 0.1)
    let released = RecurrentGraph(sides: [5, 5, 16], rule: .released)
    #expect((1150...1480).contains(released.synapses))
    // One graph is the other without what the slip takes away.
    let kept = distance.pairs.filter { pair in
      zip(Self.place(pair.before, [5, 5, 16]), Self.place(pair.after, [5, 5, 16]))
        .allSatisfy { $0 >= $1 }
    }
    #expect(kept.map { [$0.before, $0.after] } == released.pairs.map { [$0.before, $0.after] })
  }

  private static func place(_ unit: Int, _ sides: [Int]) -> [Int] {
    [unit / (sides[1] * sides[2]), unit / sides[2] % sides[1], unit % sides[2]]
  }

  @Test func `Four fifths of the neurons are excitatory and reach farther`() {
    let isExcitatory = RecurrentGraph.excitatory(1000)
    let share = Double(isExcitatory.count { $0 }) / 1000
    #expect(abs(share - 0.8) < 0.05)
    let graph = RecurrentGraph(sides: [5, 5, 40], rule: .distance)
    // Of neurons with themselves 0.45 are joined, or 0.15.
    let own = graph.pairs.filter { $0.before == $0.after }
    let excitatory = Double(own.count { isExcitatory[$0.before] }) / (1000 * share)
    let inhibitory = Double(own.count { !isExcitatory[$0.before] }) / (1000 * (1 - share))
    #expect(abs(excitatory - 0.45) < 0.07)
    #expect(abs(inhibitory - 0.15) < 0.1)
  }

  @Test func `A graph is the same each time, and another with another seed`() {
    let graph = RecurrentGraph(sides: [5, 5, 4], rule: .distance)
    #expect(graph == RecurrentGraph(sides: [5, 5, 4], rule: .distance))
    #expect(graph != RecurrentGraph(sides: [5, 5, 4], rule: .distance, seed: 6))
  }

  @Test func `Every number of neurons has a grid`() {
    #expect(RecurrentGraph.sides(of: 100) == [5, 5, 4])
    #expect(RecurrentGraph.sides(of: 400) == [5, 5, 16])
    #expect(RecurrentGraph.sides(of: 500) == [10, 10, 5])
    #expect(RecurrentGraph.sides(of: 800) == [10, 10, 8])
    #expect(RecurrentGraph.sides(of: 64) == [4, 4, 4])
    #expect(RecurrentGraph.sides(of: 7) == [1, 1, 7])
    for units in 1...300 { #expect(RecurrentGraph.sides(of: units).reduce(1, *) == units) }
  }

  /// A synapse that does not exist has no place among the weights, so nothing can train it.
  @Test func `Only synapses that exist have weights`() throws {
    let graph = RecurrentGraph(sides: [5, 5, 4], rule: .released)
    let network = SpikingNetwork(
      inputs: 3,
      layers: [
        SpikingNetwork.Layer(units: 100, threshold: 8, graph: graph),
        SpikingNetwork.Layer(units: 2, threshold: 8),
      ],
      response: SpikeResponse())
    let entries = network.layout.entries
    #expect(entries.map(\.name) == ["hidden1.weights", "hidden1.recurrent", "output.weights"])
    #expect(entries.map(\.count) == [300, graph.synapses, 200])
    #expect(network.layout.trainedCount == 500 + graph.synapses)
    #expect(network.handles[1].recurrent == nil)
    let weights = ParameterSlab(network.layout)
    network.initialize(weights, seed: 3)
    let drawn = weights[try #require(network.handles[0].recurrent)].array
    #expect(drawn.allSatisfy { $0 != 0 && abs($0) <= 1 })
    #expect(drawn.contains { $0 > 0.5 } && drawn.contains { $0 < -0.5 })
    let matrix = network.recurrent(0, of: weights)
    #expect(matrix.count { $0 != 0 } == graph.synapses)
  }
}
