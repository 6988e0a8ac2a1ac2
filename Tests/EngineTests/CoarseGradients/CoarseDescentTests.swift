import Engine
import Foundation
import Testing

@Suite("Coarse gradient descent")
struct CoarseDescentTests {
  private func descent(
    _ estimator: CoarseEstimator, from start: CoarseStart, in teacher: CoarseTeacher? = nil
  ) throws -> CoarseGradientDescent {
    let teacher = try teacher ?? RandomPoints.teacher()
    return CoarseGradientDescent(
      from: try start.point(for: teacher), settings: .init(rate: 0.05, estimator: estimator))
  }

  @Test(arguments: [CoarseEstimator.relu, .clippedReLU])
  func `The loss never rises while w is not short (T11)`(estimator: CoarseEstimator) throws {
    for index in 0..<100 {
      var descent = try descent(estimator, from: .random(seed: 77, index: index, norm: 3))
      var (loss, worst) = (descent.point.loss, 0.0)
      for _ in 0..<20_000 {
        let isLong = descent.point.place.norm >= 0.1
        descent.run(1)
        if isLong && descent.point.place.norm >= 0.1 {
          worst = max(worst, descent.point.loss - loss)
        }
        loss = descent.point.loss
      }
      #expect(worst <= 1e-12)
    }
  }

  static let beside = CoarseStart.nearFarEnd(offset: 0.01, angle: 0.05, norm: 1)

  @Test func `Beside the spurious minimum identity leaps, ReLU stays (T12)`() throws {
    var identity = try descent(.identity, from: Self.beside)
    identity.run(4000)
    #expect(abs(try #require(identity.record.firstIncrease) - 95) <= 3)
    #expect(abs(identity.record.largestIncrease - 0.482) < 1e-3)
    #expect(identity.record.smallestNorm < 0.1)

    for (estimator, norm) in [(CoarseEstimator.relu, 1.039), (.clippedReLU, 1.015)] {
      var descent = try descent(estimator, from: Self.beside)
      descent.run(4000)
      #expect(descent.record.isMonotone)
      #expect(abs(descent.point.loss - 0.225) < 1e-8)
      #expect(abs(descent.point.place.norm - norm) < 1e-3)
      #expect(descent.outcome == .spurious)
    }
  }

  @Test func `The residual meter foretells the leap`() throws {
    let teacher = try RandomPoints.teacher()
    func residual(_ estimator: CoarseEstimator, norm: Double) -> CoarseResidual {
      CoarseResidual(of: estimator, teacher: teacher, norm: norm, rate: 0.05)
    }
    let identity = residual(.identity, norm: 1)
    #expect(abs(try #require(identity.collapseSteps) - 92.8) < 0.1)
    #expect(abs(residual(.identity, norm: 1.3).size - 0.215429) < 1e-6)
    #expect(abs(residual(.hardTanh, norm: 1.3).size - 0.055173) < 1e-6)
    #expect(residual(.relu, norm: 1).size == 0)
    #expect(residual(.relu, norm: 1).collapseSteps == nil)
  }

  /// Steps until the loss is below 1e-6, at most 5000.
  private func stepsToSolve(_ descent: CoarseGradientDescent) -> Int {
    var descent = descent
    while descent.point.loss >= 1e-6 && descent.record.steps < 5000 { descent.run(1) }
    return descent.record.steps
  }

  @Test(arguments: [(1.0, 1187), (3, 2490)])
  func `Without spurious minima the far end is left (T17)`(norm: Double, steps: Int) throws {
    let teacher = try CoarseTeacher(v: [1, 1, 1], w: [0.5, 0.5, 0.5, 0.5])
    #expect(!teacher.hasSpuriousMinima)
    let angle = Double.pi - 0.05
    let w = zip(teacher.w, [0.5, -0.5, 0.5, -0.5]).map {
      norm * (cos(angle) * $0 + sin(angle) * $1)
    }
    let start = CoarseStart.exactly(v: teacher.farEnd.v, w: w)
    let descent = try descent(.relu, from: start, in: teacher)
    #expect(try PopulationPoint(teacher, v: teacher.farEnd.v, w: [-1, -1, -1, -1]).projection >= 0)
    #expect(abs(stepsToSolve(descent) - steps) <= 2)
  }

  @Test func `Scaled back to its length, w does not collapse`() throws {
    var descent = try descent(.identity, from: Self.beside)
    var settings = descent.settings
    settings.keepsNorm = true
    descent.change(settings)
    descent.run(2000)
    #expect(abs(descent.point.place.norm - 1) < 1e-12)
    #expect(descent.record.isMonotone)
    #expect(descent.outcome == .spurious)
  }

  @Test func `It stops where it is stationary, if that is asked for`() throws {
    var descent = try descent(.clippedReLU, from: .random(seed: 2024, index: 0, norm: 3))
    let steps = descent.run(100_000, untilStationary: true)
    #expect(steps < 100_000)
    #expect(descent.isStationary && descent.outcome == .global)
    #expect(descent.run(10, untilStationary: true) == 0)
    #expect(descent.run(10) == 10)
  }

  @Test func `Numbers that leave all bounds end it`() throws {
    var descent = try descent(.identity, from: .random(seed: 1, index: 0, norm: 3))
    var settings = descent.settings
    settings.rate = 1e6
    descent.change(settings)
    #expect(descent.run(1000) < 1000)
    #expect(descent.outcome == .diverged)
  }

  @Test func `Another estimator takes over where the first has come to`() throws {
    var descent = try descent(.relu, from: Self.beside)
    descent.run(4000)
    var settings = descent.settings
    settings.estimator = .identity
    descent.change(settings)
    #expect(descent.expected.radial > 0.2)
    descent.run(2000)
    #expect(descent.outcome == .global)
  }

  @Test func `A race has one start and many ends`() throws {
    let start = try Self.beside.point(for: RandomPoints.teacher())
    var race = CoarseGradientRace(
      from: start, estimators: [.identity, .relu, .clippedReLU, .hardTanh],
      settings: .init(rate: 0.05, estimator: .relu))
    race.run(4000)
    #expect(race.standings.map(\.estimator) == ["identity", "relu", "clipped_relu", "hard_tanh"])
    #expect(race.standings.map(\.outcome) == [.global, .spurious, .spurious, .global])
    #expect(race.standings.map { $0.increases > 0 } == [true, false, false, true])
    #expect(race.standings[0].smallestNorm < 0.1)
  }

  @Test func `Readings say what the point is`() throws {
    var descent = try descent(.identity, from: Self.beside)
    descent.run(80)
    let readings = CoarseReadings(descent)
    #expect(readings.step == 80)
    #expect(readings.loss == descent.point.loss && readings.loss >= readings.leastLoss)
    #expect(readings.distanceToFarEnd < 0.05 && readings.distanceToTeacher > 2)
    #expect(!readings.isNormSmall && readings.norm < 0.2)
    #expect(readings.radial > 100 * readings.tangential)
    #expect(try #require(readings.coarseAngle) > 1.5)
    #expect(try #require(readings.boundRatio) > 10)
    #expect(readings.empiricalLoss == nil && readings.sampleAngle == nil)
    descent.run(10)
    #expect(CoarseReadings(descent).isNormSmall)
  }
}
