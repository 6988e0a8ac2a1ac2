/// Derivatives of a loss by what the curves of one kind share: length scale, noise and control
/// inputs (specification of the Kolmogorov network of Gaussian processes, 3), in double.
package struct CovarianceGradient: Sendable, Equatable {
  package var lengthScale = 0.0
  package var noise = 0.0
  package var inputs: [Double]

  private let points: ControlPoints
  /// dK/dl and K'_mj = d kappa(z_m, z_j) / dz_m, which is 0 on the diagonal.
  private let byLengthScale, byInput: [[Double]]

  init(_ points: ControlPoints) {
    self.points = points
    inputs = points.inputs.map { _ in 0 }
    let (z, scale, kernel) = (points.inputs, points.lengthScale, points.kernel)
    byLengthScale = z.map { a in z.map { kernel.lengthScaleSlope(a, $0, lengthScale: scale) } }
    byInput = z.indices.map { m in
      z.indices.map { m == $0 ? 0 : kernel.slope(z[m], z[$0], lengthScale: scale) }
    }
  }

  /// Adds what comes through a curve, given the derivatives by its values at some places: with
  /// s = sum d k(x) and w = C s it is sum d (dk/dl)' alpha - w' (dK/dl) alpha by the length scale,
  /// and likewise by the others.
  mutating func add(_ curve: GaussianProcessCurve, places: [Double], upstream: [Double]) {
    let (alpha, z) = (curve.weights, points.inputs)
    let (kernel, scale) = (points.kernel, points.lengthScale)
    var sums = z.map { _ in 0.0 }
    for (x, d) in zip(places, upstream) where d != 0 {
      for m in z.indices {
        sums[m] += d * kernel.value(x, z[m], lengthScale: scale)
        lengthScale += d * alpha[m] * kernel.lengthScaleSlope(x, z[m], lengthScale: scale)
        inputs[m] -= d * alpha[m] * kernel.slope(x, z[m], lengthScale: scale)
      }
    }
    let w = points.inverse.times(sums)
    noise -= dot(w, alpha)
    for m in z.indices {
      lengthScale -= w[m] * dot(byLengthScale[m], alpha)
      // The prior at z_m moves with it.
      inputs[m] -=
        w[m] * dot(byInput[m], alpha) + alpha[m] * dot(w, byInput[m])
        + w[m] * curve.prior.slope
    }
  }

  /// Adds that of a share of the curve's energy.
  mutating func addEnergy(_ curve: GaussianProcessCurve, share: Double) {
    let alpha = curve.weights
    noise -= share * dot(alpha, alpha)
    for m in alpha.indices {
      lengthScale -= share * alpha[m] * dot(byLengthScale[m], alpha)
      inputs[m] -= 2 * share * alpha[m] * (dot(byInput[m], alpha) + curve.prior.slope)
    }
  }
}
