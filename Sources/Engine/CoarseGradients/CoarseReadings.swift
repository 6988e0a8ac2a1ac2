import Foundation

/// What is worth watching of a descent, all at one step.
package struct CoarseReadings: Sendable, Equatable {
  package var step: Int
  /// f, and F at the same angle: the least loss that any v has there.
  package var loss: Double
  package var leastLoss: Double
  /// Between w and w*, radians.
  package var angle: Double
  /// |w|, and whether it has fallen below a tenth of where it began.
  package var norm: Double
  package var isNormSmall: Bool
  /// |v - v*| and |v - v_sp|
  package var distanceToTeacher: Double
  package var distanceToFarEnd: Double
  /// |df/dv|
  package var gradientV: Double
  /// Between the expected coarse gradient and df/dw, radians; `nil` where one of them is 0.
  package var coarseAngle: Double?
  /// <E g, df/dw>
  package var inner: Double
  /// The coarse gradient along w, and its size across w.
  package var radial: Double
  package var tangential: Double
  /// |E g|²/(|df/dv|² + <E g, df/dw>)
  package var boundRatio: Double?
  /// Of the last batch: its loss, and the angle between its coarse gradient and the expected one,
  /// radians.
  package var empiricalLoss: Double?
  package var sampleAngle: Double?

  package init(_ descent: CoarseGradientDescent) {
    let (point, expected) = (descent.point, descent.expected)
    step = descent.record.steps
    loss = point.loss
    leastLoss = point.teacher.leastLoss(at: point.place.angle)
    angle = point.place.angle
    norm = point.place.norm
    isNormSmall = norm < 0.1 * descent.record.startNorm
    distanceToTeacher = point.distanceToTeacher
    distanceToFarEnd = point.distanceToFarEnd
    gradientV = point.squaredGradientV.squareRoot()
    coarseAngle = expected.angle
    inner = expected.inner
    radial = expected.radial
    tangential = abs(expected.tangential)
    boundRatio = expected.boundRatio
    empiricalLoss = descent.batchView?.empiricalLoss
    sampleAngle = descent.batchView?.cosine.map { acos($0) }
  }
}

/// What an estimator leaves at the spurious minimum, where df/dv and df/dw vanish: K (A - B) along
/// w, which shortens w until its direction turns over.
package struct CoarseResidual: Sendable, Equatable {
  /// K (A - B) at a given |w|; negative where the estimator has a negative lobe.
  package let size: Double
  /// |w|/(η K (A - B)), steps until w comes to 0 at that speed; `nil` where it does not shrink.
  package let collapseSteps: Double?

  /// At |w| = norm.
  package init(
    of estimator: CoarseEstimator, teacher: CoarseTeacher, norm: Double, rate: Double
  ) {
    let moments = estimator.moments(at: CoarsePlace(norm: norm, angle: .pi))
    self.init(size: teacher.residualFactor * moments.negativeSide, norm: norm, rate: rate)
  }

  /// Of a size that is known, at |w| = norm.
  package init(size: Double, norm: Double, rate: Double) {
    self.size = size
    collapseSteps = size > 1e-12 ? norm / (rate * size) : nil
  }
}
