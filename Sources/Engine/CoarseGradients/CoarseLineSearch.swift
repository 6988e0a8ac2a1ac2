/// Losses after one step of different sizes down the gradient for v and the coarse gradient for w
/// of a finite sample (Yin et al. 2019, figure 1): with few samples the loss falls only roughly.
package struct CoarseLineSearch: Sendable, Equatable {
  /// The sample's gradients.
  package let gradientV: [Double]
  package let gradientW: [Double]
  /// A number per step size: the loss of the same samples, the population loss at the same
  /// places, and that along the expected gradients instead.
  package let empirical: [Double]
  package let population: [Double]
  package let expected: [Double]

  /// From `start`, with the samples `range` of the normals.
  package init(
    from start: PopulationPoint, estimator: CoarseEstimator, samples range: Range<Int>,
    of normals: PortableNormals, rates: [Double]
  ) {
    var sums = SampleSums(start, estimators: [estimator])
    sums.add(range, of: normals)
    let (v, w) = (sums.meanGradientV, sums.meanGradientW())
    let exact = ExpectedCoarseGradient(of: estimator, at: start)
    let sampled = rates.map { rate in
      var point = start
      point.descend(rate: rate, alongV: v, alongW: w)
      return point
    }
    let losses = SampleSums(start, estimators: [])
    empirical = sampled.map { point in
      var sums = losses
      sums.begin(at: point)
      sums.add(range, of: normals)
      return sums.meanLoss
    }
    population = sampled.map(\.loss)
    expected = rates.map { rate in
      var point = start
      point.descend(rate: rate, radial: exact.radial, tangential: exact.tangential)
      return point.loss
    }
    (gradientV, gradientW) = (v, w)
  }
}
