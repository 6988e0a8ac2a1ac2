/// A layer of a ``ReferenceSpikingNetwork`` on the way back: every quantity of 2.2 to 2.4 of the
/// specification of ST-RSBP. Matrices are [post][pre]; those of recurrent synapses are 0 where there
/// is none, and `nil` in a layer without recurrence.
package struct ReferenceSpikingErrors: Sendable {
  /// c and delta.
  package var errors: [Double]
  package var delta: [Double]
  /// e.
  package var responses: [[Double]]
  package var recurrentResponses: [[Double]]?
  /// g = de/do_post and r = de/do_pre.
  package var slopes: [[Double]]
  package var ratios: [[Double]]
  package var recurrentSlopes: [[Double]]?
  package var recurrentRatios: [[Double]]?
  /// Phi.
  package var feed: [[Double]]
  package var diagonal: [Double]
  /// Omega, and Omega with the term of a self connection by the count before it.
  package var system: [[Double]]?
  package var systemWithSelf: [[Double]]?
  /// u; delta/D in a layer without recurrence.
  package var adjoint: [Double]
  /// c of the layer below.
  package var errorsBelow: [Double]
  /// By delta/D, times the lateral factor in the output layer.
  package var gradient: Gradient
  /// By u.
  package var fullGradient: Gradient
  package var hybrid: Hybrid

  package struct Gradient: Sendable {
    package var forward: [[Double]]
    package var recurrent: [[Double]]?
  }

  /// What HM2-BP makes of the same errors.
  package struct Hybrid: Sendable {
    /// The sum over synapses of W e/o_post, over nu.
    package var side: [Double]
    package var gradient: Gradient
    package var errorsBelow: [Double]
  }
}

/// The choice of g.
package enum ReferencePostDerivative: Sendable {
  /// The slope of a polynomial in o_post, of highest power first, a row for each o_pre from 1 on.
  case table([[Double]])
  /// e/o_post.
  case ratio
}
