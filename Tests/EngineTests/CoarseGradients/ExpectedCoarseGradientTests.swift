import Engine
import Foundation
import TestSupport
import Testing

@Suite("Expected coarse gradients")
struct ExpectedCoarseGradientTests {
  @Test func `Not against the gradient for any estimator (T4), by two forms alike (T5)`() throws {
    for (index, point) in try RandomPoints.make(10_000, seed: 5).enumerated() {
      // All closed forms, and one after the other of those by quadrature.
      let general = RandomPoints.estimators.filter { !$0.hasClosedForm }
      let estimators =
        RandomPoints.estimators.filter(\.hasClosedForm) + [general[index % general.count]]
      for estimator in estimators {
        let expected = ExpectedCoarseGradient(of: estimator, at: point)
        let (p, moments) = (point.projection, expected.moments)
        let inner = p * p * moments.across / (2 * .pi * point.place.norm)
        let product = expected.vector(at: point).dot(point.gradientW)
        #expect(abs(expected.inner - inner) < 1e-13 * (1 + inner))
        // The product of the vectors has the rounding of u_⊥ in it, which grows near the tips.
        #expect(abs(product - inner) < 1e-13 * (1 + abs(expected.radial)) / point.place.sine)
        #expect(expected.inner >= -1e-15)

        let sums = point.sum * point.sum - point.squaredNorm - point.sum * point.teacher.sum + p
        let radial =
          moments.positive * point.squaredNorm + moments.total / 2 * sums - p * moments.along
        #expect(abs(radial - expected.radial) < 1e-12 * (1 + abs(radial)))
      }
    }
  }

  @Test func `Nothing is left at the global minima (T6)`() throws {
    for point in try RandomPoints.make(20, seed: 6) {
      let teacher = point.teacher
      for scale in [0.1, 1, 10] {
        let minimum = try PopulationPoint(
          teacher, v: teacher.v, w: teacher.w.map { scale * $0 })
        #expect(minimum.loss < 1e-28)
        for estimator in RandomPoints.estimators {
          #expect(ExpectedCoarseGradient(of: estimator, at: minimum).norm < 1e-14)
        }
      }
    }
  }

  @Test func `A negative side is what is left at the spurious minimum (T7) and saddle (T8)`() throws
  {
    var compared = 0
    for candidate in try RandomPoints.make(60, seed: 7) {
      let teacher = candidate.teacher
      guard let saddle = teacher.saddle, let minimum = teacher.spuriousMinimum else { continue }
      compared += 1
      for norm in [0.4, 1.3] {
        let far = try PopulationPoint(
          teacher, v: minimum.v, w: teacher.w.map { -norm * $0 })
        let middle = try PopulationPoint(
          teacher, v: saddle.v, w: teacher.filter(at: saddle.angle, norm: norm))
        #expect(abs(far.loss - minimum.loss) < 1e-12 && abs(middle.loss - saddle.loss) < 1e-12)
        #expect(far.gradientV.length < 1e-13 && middle.gradientV.length < 1e-13)
        #expect(abs(middle.projection) < 1e-12)
        for estimator in RandomPoints.estimators {
          let left = ExpectedCoarseGradient(of: estimator, at: far)
          let side = left.moments.negativeSide
          #expect(abs(left.norm - teacher.residualFactor * abs(side)) < 1e-12)
          let there = ExpectedCoarseGradient(of: estimator, at: middle)
          #expect(
            abs(there.norm - middle.squaredNorm * abs(there.moments.negativeSide)) < 1e-12)
          if RandomPoints.oneSided.contains(estimator.name) {
            #expect(left.norm < 1e-12)
          } else if teacher.residualFactor > 1e-6 {
            #expect(left.norm > 1e-12)
          }
        }
      }
    }
    #expect(compared > 20)
  }

  @Test func `The bound of ReLU with its constants (T9)`() throws {
    let constant = 2 * pow(2 * .pi, 1.5) * (1 / pow(.pi, 3) + 1 / (8 * .pi))
    for point in try RandomPoints.make(10_000, seed: 8) {
      let expected = ExpectedCoarseGradient(of: .relu, at: point)
      let bound =
        4 * point.squaredNorm / .pi * point.squaredGradientV
        + constant * point.place.norm * expected.inner
      #expect(expected.norm * expected.norm <= bound * (1 + 1e-12))
    }
  }

  @Test func `On the way to the spurious minimum identity has no bound, ReLU has (T10)`() throws {
    let teacher = try RandomPoints.teacher()
    func ratio(_ estimator: CoarseEstimator, _ distance: Double) throws -> Double {
      let start = CoarseStart.nearFarEnd(offset: distance, angle: distance, norm: 1)
      let point = try start.point(for: teacher)
      return try #require(ExpectedCoarseGradient(of: estimator, at: point).boundRatio)
    }
    for distance in [1e-3, 1e-4] {
      let slope = try log10(ratio(.identity, distance / 10) / ratio(.identity, distance))
      #expect(abs(slope - 1) < 0.02)
    }
    for distance in [0.1, 0.03, 0.01, 1e-3, 1e-4, 1e-5] {
      #expect(try ratio(.relu, distance) < 0.1)
      #expect(try ratio(.clippedReLU, distance) < 0.1)
    }
  }

  @Test func `The paper's own forms of identity and ReLU`() throws {
    let peak = 1 / (2 * Double.pi).squareRoot()
    for point in try RandomPoints.make(500, seed: 9) {
      let (teacher, p) = (point.teacher, point.projection)
      let identity = zip(point.direction, teacher.w).map {
        peak * (point.squaredNorm * $0 - p * $1)
      }
      let half = cos(point.place.angle / 2)
      let middle = zip(point.direction, teacher.w).map(+)
      let h = point.squaredNorm + point.sum * point.sum - point.sum * teacher.sum + p
      let relu = zip(point.direction, middle).map {
        peak / 2 * h * $0 - peak * half * p * $1 / middle.length
      }
      for (estimator, vector) in [(CoarseEstimator.identity, identity), (.relu, relu)] {
        let expected = ExpectedCoarseGradient(of: estimator, at: point)
        for (a, b) in zip(expected.vector(at: point), vector) {
          #expect(abs(a - b) < 1e-12 * (1 + abs(expected.norm)) / point.place.sine)
        }
      }
    }
  }

  @Test func `Cosine and angle belong together, and are missing where a vector is 0`() throws {
    for point in try RandomPoints.make(200, seed: 10) {
      let expected = ExpectedCoarseGradient(of: .hardTanh, at: point)
      let cosine = try #require(expected.cosine)
      let angle = try #require(expected.angle)
      #expect(abs(cos(angle) - cosine) < 1e-12)
      #expect(angle <= .pi / 2 + 1e-12)
    }
    let teacher = try RandomPoints.teacher()
    let minimum = try PopulationPoint(teacher, v: teacher.v, w: teacher.w)
    let expected = ExpectedCoarseGradient(of: .relu, at: minimum)
    #expect(expected.cosine == nil && expected.angle == nil && expected.boundRatio == nil)
  }
}
