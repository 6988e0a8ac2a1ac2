/// A Kolmogorov network of Gaussian processes as the last layer of a deeper one: what it makes of its
/// features can be read curve by curve (specification of the Kolmogorov network, 1.2). Features are
/// clipped to -1...1, beyond which they get no gradient.
package struct KolmogorovLayer: FeedForwardLayer {
  package let input: ImageShape
  package let output: ImageShape
  /// Control points and sizes; the numbers are those of no training.
  let shape: KolmogorovNetwork
  let parameters: KolmogorovParameters

  /// Of a vector of features.
  init(
    _ name: String, input: ImageShape, units: Int, outputs: Int, points: ControlPoints,
    layout: inout ParameterLayout
  ) {
    precondition(input.area == 1, "a vector of features")
    self.input = input
    output = ImageShape(channels: outputs)
    shape = KolmogorovNetwork.start(
      units: units, inputs: input.channels, outputs: outputs, inner: points, outer: points, seed: 0)
    parameters = KolmogorovParameters(shape, name: name + ".", layout: &layout)
  }

  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    let start = KolmogorovNetwork.start(
      units: shape.units, inputs: shape.inputs, outputs: shape.outputs, inner: shape.inner,
      outer: shape.outer, seed: seed)
    parameters.write(start, to: weights)
  }

  /// The network that the layer is at present.
  package func network(_ weights: ParameterSlab) -> KolmogorovNetwork {
    var network = shape
    parameters.read(weights, into: &network)
    return network
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    KolmogorovLayerPass(self, shards: shards)
  }
}

extension FeedForwardBuilder {
  /// The features are normalized over the batch first.
  package mutating func kolmogorov(units: Int, outputs: Int, points: ControlPoints) {
    if shape.area > 1 { flatten() }
    batchNorm()
    let (name, input) = (name("kolmogorov"), shape)
    addLayer { layout in
      KolmogorovLayer(
        name, input: input, units: units, outputs: outputs, points: points, layout: &layout)
    }
  }
}
