/// A Kolmogorov network of Gaussian processes in the place of the last layer of an experiment's
/// network, which makes it readable curve by curve (specification of the Kolmogorov network, 1.2).
package struct KolmogorovHead: Sendable, Equatable {
  /// n, features that a linear layer makes for it; 0 for those of the last hidden layer.
  package var features = 6
  /// Q, units, each with an inner curve for every feature and an outer one for every output.
  package var units = 3
  /// M, control points of each curve.
  package var points = ControlPoints.standardCount
  package var kernel = CovarianceKernel.squaredExponential
  /// In distances of two control points.
  package var lengthScale = 1.0
  /// s2.
  package var noise = ControlPoints.standardNoise

  package init() {}

  package static let allowedFeatures = 0...256
  package static let allowedUnits = 1...64

  /// Control points, the same for all curves.
  ///
  /// Throws where there is no factor, or Float32 is too coarse for what the curves are made of.
  package func controlPoints() throws(ControlPointsError) -> ControlPoints {
    try ControlPoints.uniform(
      points, kernel: kernel, lengthScale: lengthScale, noise: noise
    ).checkedForFloat()
  }
}

extension FeedForwardOptions {
  /// A ``KolmogorovHead`` with the control points that it makes.
  package struct Head: Sendable, Equatable {
    package var features: Int
    package var units: Int
    package var points: ControlPoints

    package init(_ head: KolmogorovHead) throws(ControlPointsError) {
      (features, units, points) = (head.features, head.units, try head.controlPoints())
    }
  }
}

extension FeedForwardBuilder {
  /// The last layer, with so many outputs.
  mutating func output(_ outputs: Int, head: FeedForwardOptions.Head?) {
    guard let head else { return dense(outputs, hasBias: true) }
    if head.features > 0 { dense(head.features) }
    kolmogorov(units: head.units, outputs: outputs, points: head.points)
  }
}

extension FeedForwardNetwork {
  /// Its last layer, where that is a Kolmogorov network, and which node it is.
  var head: (layer: KolmogorovLayer, node: Int)? {
    guard case .layer(let layer)? = nodes.last?.work, let head = layer as? KolmogorovLayer
    else { return nil }
    return (head, nodes.count - 1)
  }
}
