/// Layers above each other: each reads what the one below emits, after its quantizer.
///
/// The layers have parameters, sites and random numbers of their own. The outputs of the stack are
/// those of its last layer.
package struct StackedLayers: SequenceLayer {
  /// From the input up.
  package let layers: [any SequenceLayer]

  /// Makes `count` layers with one size of outputs; `make` makes the next one for the given inputs
  /// in the layout, where its parameters are called `layer1.`..., `layer2.`... .
  init(
    _ count: Int, inputs: Int, layout: inout ParameterLayout,
    make: (_ index: Int, _ inputs: Int, _ layout: inout ParameterLayout) throws(LegendreMemoryError)
      -> any SequenceLayer
  ) throws(LegendreMemoryError) {
    precondition(count > 0, "a stack has layers")
    var layers: [any SequenceLayer] = []
    for index in 0..<count {
      layout.prefix = "layer\(index + 1)."
      layers.append(try make(index, layers.last?.outputs ?? inputs, &layout))
    }
    layout.prefix = ""
    self.layers = layers
  }

  /// That of its layers, which are of one kind.
  package var form: String { layers[0].form }
  package var inputs: Int { layers[0].inputs }
  package var outputs: Int { layers[layers.count - 1].outputs }
  package var learnedActivations: [SelfLearnableActivation] {
    layers.flatMap(\.learnedActivations)
  }
  package var inputFanOut: Int { layers[0].inputFanOut }
  package var state: Int { layers.reduce(0) { $0 + $1.state } }

  package var outputSource: Connection.Source {
    layers[layers.count - 1].outputSource
      .shifted(by: layers.dropLast().reduce(0) { $0 + $1.sites.count })
  }

  /// That of all layers; what one emits is the input of the next.
  package var work: LayerWork {
    var total = LayerWork([], neurons: 0)
    var input = Connection.Source.input
    var firstSite = 0
    for layer in layers {
      var work = layer.work
      for index in work.connections.indices {
        let source = work.connections[index].source
        work.connections[index].source = source == .input ? input : source.shifted(by: firstSite)
      }
      total.add(work)
      input = layer.outputSource.shifted(by: firstSite)
      firstSite += layer.sites.count
    }
    return total
  }

  /// Those of all layers; what one emits is the input of the next.
  package var junctions: [Junction] {
    var (all, input, firstSite) = ([Junction](), Junction.Source.input, 0)
    for layer in layers {
      all += layer.junctions.map { $0.moved(by: firstSite, input: input) }
      input = .site(firstSite)
      firstSite += layer.sites.count
    }
    return all
  }

  /// Those of all layers from the input up: `h1`, `m1`, `h2`, `m2`. What a layer emits also meets
  /// the weights of the next one.
  package var sites: [QuantizedSignal] {
    layers.indices.flatMap { index in
      layers[index].sites.enumerated().map { site, signal in
        var signal = signal
        if site == 0 && index + 1 < layers.count {
          signal.fanOut += layers[index + 1].inputFanOut
        }
        signal.id += "\(index + 1)"
        signal.title += " \(index + 1)"
        return signal
      }
    }
  }

  /// Each layer starts from numbers of its own, the first from those it would have alone.
  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    for (index, layer) in layers.enumerated() {
      layer.initialize(weights, seed: seed &+ UInt64(index) &* Self.seedDistance)
    }
  }

  /// An odd number whose multiples lie far apart (of the generator SplitMix64).
  private static let seedDistance: UInt64 = 0xBF58_476D_1CE4_E5B9

  package func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass {
    StackedPass(self, steps: steps, rows: rows, in: workspace)
  }
}
