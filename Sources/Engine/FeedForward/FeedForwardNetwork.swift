/// A network without time: layers one after another, some of whose outputs are added to those of
/// earlier ones. Its outputs are the logits of its classes.
package struct FeedForwardNetwork: Sendable {
  /// A layer, or a sum.
  package struct Node: Sendable {
    package enum Work: Sendable {
      case layer(any FeedForwardLayer)
      /// The input plus the value with this index.
      case sum(with: Int)
    }

    package let work: Work
    /// Which value goes in: 0 is the network's input, i + 1 the output of node i.
    package let input: Int
    package let output: ImageShape

    /// All values that go in.
    package var inputs: [Int] {
      switch work {
      case .layer: [input]
      case .sum(let other): [input, other]
      }
    }
  }

  package let nodes: [Node]
  package let layout: ParameterLayout
  package let input: ImageShape

  package var classes: Int { shape(ofValue: nodes.count).count }

  package func shape(ofValue value: Int) -> ImageShape {
    value == 0 ? input : nodes[value - 1].output
  }

  /// Fresh weights for `seed`.
  package func makeWeights(seed: UInt64) -> ParameterSlab {
    let weights = ParameterSlab(layout)
    for case .layer(let layer) in nodes.map(\.work) { layer.initialize(weights, seed: seed) }
    return weights
  }
}

/// Puts a ``FeedForwardNetwork`` together: each call adds a layer behind the newest one.
package struct FeedForwardBuilder {
  private var nodes: [FeedForwardNetwork.Node] = []
  private var layout = ParameterLayout()
  private let input: ImageShape
  /// What the resolutions of activations begin with where layers have their own.
  private let resolution: Double?
  private let start: WeightStart

  package init(
    input: ImageShape, resolution: Double? = nil, start: WeightStart = .normal
  ) {
    self.input = input
    self.resolution = resolution
    self.start = start
  }

  /// Index of the newest value, for sums.
  package var value: Int { nodes.count }
  /// Shape of the newest value.
  package var shape: ImageShape { nodes.last?.output ?? input }

  package func makeNetwork() -> FeedForwardNetwork {
    FeedForwardNetwork(nodes: nodes, layout: layout, input: input)
  }

  private mutating func add(_ layer: any FeedForwardLayer, to input: Int? = nil) {
    nodes.append(.init(work: .layer(layer), input: input ?? value, output: layer.output))
  }

  /// Adds a layer that has parameters of its own.
  mutating func addLayer(_ make: (inout ParameterLayout) -> any FeedForwardLayer) {
    add(make(&layout))
  }

  /// Makes a vector of planes.
  mutating func flatten() { add(Flattening(input: shape)) }

  /// Names count the layers that have parameters.
  func name(_ kind: String) -> String { "\(value + 1).\(kind)" }

  package mutating func convolution(
    _ channels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, hasBias: Bool = false
  ) {
    add(
      Convolution(
        name("convolution"), input: shape, channels: channels, kernel: kernel, stride: stride,
        padding: padding, hasBias: hasBias, start: start, layout: &layout))
  }

  /// A fully connected layer; planes become a vector first.
  package mutating func dense(_ outputs: Int, hasBias: Bool = false) {
    if shape.area > 1 { flatten() }
    add(
      Convolution(
        name("dense"), input: shape, channels: outputs, kernel: 1, hasBias: hasBias,
        start: start, layout: &layout))
  }

  package mutating func dropout(_ probability: Double) {
    add(Dropout(probability, input: shape, lane: value + 1))
  }

  package mutating func batchNorm(isScaled: Bool = false) {
    add(BatchNorm(name("norm"), input: shape, isScaled: isScaled, layout: &layout))
  }

  /// Behind a curve that learns, it leaves what comes as it is in full precision.
  package mutating func activation(isBehindCurve: Bool = false) {
    add(
      resolution.map {
        ActivationLayer(
          name("activation"), input: shape, resolution: $0, isBehindCurve: isBehindCurve,
          layout: &layout)
      } ?? ActivationLayer(input: shape, isBehindCurve: isBehindCurve))
  }

  /// Throws where there is no such activation.
  package mutating func selfLearnable(
    _ configuration: SelfLearnableConfiguration
  ) throws(SelfLearnableError) {
    add(
      try SelfLearnableActivation(
        name("learned"), input: shape, configuration: configuration, layout: &layout))
  }

  package mutating func pooling(_ kind: Pooling.Kind, kernel: Int, stride: Int? = nil) {
    add(Pooling(kind, input: shape, kernel: kernel, stride: stride))
  }

  /// Adds an earlier value, through a ``Shortcut`` where its shape is another one.
  package mutating func sum(with earlier: Int) {
    let direct = value
    let (from, to) = (earlier == 0 ? input : nodes[earlier - 1].output, shape)
    var other = earlier
    if from != to {
      add(
        Shortcut(input: from, channels: to.channels, stride: from.height / to.height), to: earlier)
      precondition(shape == to, "a shortcut halves planes evenly")
      other = value
    }
    nodes.append(.init(work: .sum(with: other), input: direct, output: to))
  }
}
