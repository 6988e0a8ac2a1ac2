import Engine
import Foundation
import Testing

@Suite("Moments of estimators")
struct CoarseMomentsTests {
  /// Estimators with closed forms, and the same as functions.
  static let pairs: [(CoarseEstimator, CoarseEstimator)] = [
    (.identity, general { _ in 1 }), (.relu, general { $0 > 0 ? 1 : 0 }),
    (.clippedReLU, general([1]) { $0 > 0 && $0 <= 1 ? 1 : 0 }),
    (
      CoarseEstimator(name: "clipped at 3", .clippedReLU(clip: 3)),
      general([3]) { $0 > 0 && $0 <= 3 ? 1 : 0 }
    ),
    (.hardTanh, general([-1, 1]) { abs($0) <= 1 ? 1 : 0 }),
    (
      CoarseEstimator(name: "leaky", .leakyReLU(slope: 0.25)), general { $0 > 0 ? 1 : 0.25 }
    ),
    (CoarseEstimator(name: "reverse", .reverseReLU), general { $0 < 0 ? 1 : 0 }),
  ]

  private static func general(
    _ breakpoints: [Double] = [], _ derivative: @escaping @Sendable (Double) -> Double
  ) -> CoarseEstimator {
    CoarseEstimator(
      name: "general",
      .general(CoarseEstimator.GeneralProxy(breakpoints: breakpoints, derivative: derivative)))
  }

  static func distance(_ a: CoarseMoments, _ b: CoarseMoments) -> Double {
    [
      a.positive - b.positive, a.total - b.total, a.along - b.along, a.across - b.across,
    ].map { abs($0) }.max() ?? 0
  }

  @Test(arguments: pairs.indices)
  func `Quadrature meets the closed forms to 1e-12`(index: Int) {
    let (closed, general) = Self.pairs[index]
    for norm in [1e-6, 0.01, 0.3, 1, 2.5, 30, 1e4] {
      for angle in [0, 1e-9, 1e-4, 0.02, 0.7, .pi / 2, 2.2, 3, .pi - 1e-5, .pi] {
        let place = CoarsePlace(norm: norm, angle: angle)
        let distance = Self.distance(closed.moments(at: place), general.moments(at: place))
        #expect(distance < 1e-12, "\(closed.name) at \(norm), \(angle)")
        for x in [-4, -1, -0.5, 0.5, 1, 2.9, 4.0] {
          #expect(closed.derivative(x) == general.derivative(x))
        }
      }
    }
  }

  @Test func `A narrow proxy is found, and one with negative lobes`() {
    // µ' = exp(-(x/s)²/2): A = s²/(√(2π)(s² + r²)) and c_⊥ = (sin t/√(2π)) s/√(s² + r² sin² t).
    for (width, norm) in [(1e-3, 1.0), (1, 1), (0.01, 50), (20, 0.1)] {
      let narrow = Self.general { exp(-0.5 * ($0 / width) * ($0 / width)) }
      let squares = width * width + norm * norm
      for angle in [0.01, 1, 3.1] {
        let moments = narrow.moments(at: CoarsePlace(norm: norm, angle: angle))
        let peak = 1 / (2 * Double.pi).squareRoot()
        #expect(abs(moments.positive - peak * width * width / squares) < 1e-12)
        #expect(abs(moments.total) < 1e-12)
        let across = width * width + pow(norm * sin(angle), 2)
        #expect(abs(moments.across - peak * sin(angle) * width / across.squareRoot()) < 1e-12)
      }
    }
    let lobes = Self.general { (1 - $0 * $0) * exp(-0.5 * $0 * $0) }
    #expect(lobes.moments(at: CoarsePlace(norm: 30, angle: 1)).positive < 0)
  }

  @Test func `At the ends the limits hold`() {
    for (estimator, _) in Self.pairs {
      for norm in [0.2, 1, 7] {
        let near = estimator.moments(at: CoarsePlace(norm: norm, angle: 1e-13))
        #expect(near.along == near.positive || abs(near.along - near.positive) < 1e-15)
        #expect(near.across == 0)
        let far = estimator.moments(at: CoarsePlace(norm: norm, angle: .pi))
        #expect(abs(far.along - (far.total - far.positive)) < 1e-15)
        #expect(far.across == 0)
      }
    }
  }
}
