/// An activation that is a Gaussian process through control points: its posterior mean
/// g(x) = a0 + a1 x + k(x)' alpha, alpha = C (u - a0 - a1 z), in double (specification of the
/// Kolmogorov network of Gaussian processes, 2.1 and 2.3).
package struct GaussianProcessCurve: Sendable, Equatable {
  package let points: ControlPoints
  /// u: the heights of the curve at the control inputs, up to the noise.
  package let outputs: [Double]
  /// a0 and a1: what the curve falls back to far from the control inputs. (0, 0) is the usual one.
  package let prior: LinearPrior
  /// C (u - a0 - a1 z).
  package let weights: [Double]

  package struct LinearPrior: Sendable, Equatable {
    package var offset = 0.0
    package var slope = 0.0

    package init(offset: Double = 0, slope: Double = 0) {
      self.offset = offset
      self.slope = slope
    }

    package func value(_ x: Double) -> Double { offset + slope * x }
  }

  /// As many outputs as there are control inputs.
  package init(_ points: ControlPoints, outputs: [Double], prior: LinearPrior = LinearPrior()) {
    precondition(outputs.count == points.count, "an output for each control input")
    self.points = points
    self.outputs = outputs
    self.prior = prior
    weights = points.inverse.times(zip(outputs, points.inputs).map { $0 - prior.value($1) })
  }

  package func value(_ x: Double) -> Double {
    prior.value(x) + dot(points.kernelRow(x), weights)
  }

  /// dg/dx.
  package func slope(_ x: Double) -> Double {
    prior.slope + dot(points.kernelSlopes(x), weights)
  }

  /// dg/dl, the outputs staying.
  package func lengthScaleSlope(_ x: Double) -> Double {
    let (row, scale) = (points.row(x), points.lengthScale)
    let bent = points.inputs.map { z in
      zip(points.inputs, weights).reduce(0) { sum, other in
        sum + points.kernel.lengthScaleSlope(z, other.0, lengthScale: scale) * other.1
      }
    }
    return dot(points.lengthScaleSlopes(x), weights) - dot(row, bent)
  }

  /// dg/ds2.
  package func noiseSlope(_ x: Double) -> Double { -dot(points.row(x), weights) }

  /// dg/dz of all control inputs, the outputs staying.
  package func inputSlopes(_ x: Double) -> [Double] {
    let (row, scale) = (points.row(x), points.lengthScale)
    let slopes = points.kernelSlopes(x)
    return points.inputs.indices.map { m in
      // K'_mj, the derivative of kappa(z_m, z_j) by z_m; 0 on the diagonal.
      let own = points.inputs.indices.map { j in
        j == m
          ? 0 : points.kernel.slope(points.inputs[m], points.inputs[j], lengthScale: scale)
      }
      // The prior at z_m moves with it.
      return -slopes[m] * weights[m] - row[m] * dot(own, weights) - weights[m] * dot(row, own)
        - row[m] * prior.slope
    }
  }

  /// u' C u of what the prior leaves: minus twice the logarithm of the prior's density, but for a
  /// constant. Small for smooth curves.
  package var energy: Double {
    dot(zip(outputs, points.inputs).map { $0 - prior.value($1) }, weights)
  }

  /// The derivative of the energy by the outputs.
  package var energyGradient: [Double] { weights.map { 2 * $0 } }

  /// The same curve through other control points, to interpolation error.
  package func moved(to points: ControlPoints) -> GaussianProcessCurve {
    GaussianProcessCurve(points, outputs: points.inputs.map(value), prior: prior)
  }
}
