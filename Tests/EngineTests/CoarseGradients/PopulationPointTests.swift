import Engine
import Foundation
import TestSupport
import Testing

@Suite("Population loss of the two-layer model")
struct PopulationPointTests {
  @Test func `The gradients are those of the loss (T2)`() throws {
    let step = 1e-6
    var compared = 0
    for point in try RandomPoints.make(400, seed: 1) {
      let place = point.place
      guard (0.05...(.pi - 0.05)).contains(place.angle), (0.3...5).contains(place.norm) else {
        continue
      }
      compared += 1
      for row in point.v.indices {
        let difference =
          try point.with(v: point.v.adding(step, at: row)).loss
          - point.with(v: point.v.adding(-step, at: row)).loss
        #expect(abs(difference / (2 * step) - point.gradientV[row]) < 1e-8)
      }
      let gradient = point.gradientW
      for column in point.w.indices {
        let difference =
          try point.with(w: point.w.adding(step, at: column)).loss
          - point.with(w: point.w.adding(-step, at: column)).loss
        #expect(abs(difference / (2 * step) - gradient[column]) < 1e-8)
      }
    }
    #expect(compared > 200)
  }

  @Test func `The loss is the quadratic form of the paper`() throws {
    for point in try RandomPoints.make(200, seed: 2) {
      let teacher = point.teacher
      let share = 1 - 2 * point.place.angle / .pi
      let cross = share * point.projection + point.sum * teacher.sum
      let form =
        (point.squaredNorm + point.sum * point.sum - 2 * cross + teacher.squaredNorm
          + teacher.sum * teacher.sum) / 8
      #expect(abs(point.loss - form) < 1e-13 * (1 + form))
    }
  }

  @Test func `The length of w changes neither loss nor direction (T14)`() throws {
    for point in try RandomPoints.make(200, seed: 3) {
      for scale in [0.01, 0.5, 40] {
        let scaled = try point.with(w: point.w.map { scale * $0 })
        #expect(abs(scaled.loss - point.loss) < 1e-13 * (1 + point.loss))
        for (a, b) in zip(scaled.gradientW, point.gradientW) {
          #expect(abs(scale * a - b) < 1e-13 * (1 + abs(b)) / point.place.sine)
        }
        for estimator in [CoarseEstimator.identity, .relu] {
          let (a, b) = (
            ExpectedCoarseGradient(of: estimator, at: scaled),
            ExpectedCoarseGradient(of: estimator, at: point)
          )
          #expect(abs(a.radial - b.radial) < 1e-13 * (1 + abs(b.radial)))
          #expect(abs(a.tangential - b.tangential) < 1e-13 * (1 + abs(b.tangential)))
        }
      }
    }
    let point = try #require(try RandomPoints.make(1, seed: 4).first)
    let doubled = try point.with(w: point.w.map { 2 * $0 })
    #expect(
      ExpectedCoarseGradient(of: .clippedReLU, at: doubled).radial
        != ExpectedCoarseGradient(of: .clippedReLU, at: point).radial)
  }

  /// Two points mirrored about w* at a small angle: the gradient jumps between them, so that it
  /// has no Lipschitz constant across the tip.
  @Test(arguments: [(0.1, 2.97), (1e-3, 298), (1e-5, 29842)])
  func `Across the tip the gradient jumps`(angle: Double, quotient: Double) throws {
    let teacher = try RandomPoints.teacher()
    let left = try PopulationPoint(
      teacher, v: teacher.v, w: teacher.filter(at: angle, norm: 1))
    let right = try PopulationPoint(
      teacher, v: teacher.v, w: teacher.filter(at: -angle, norm: 1))
    let jump = zip(left.gradientW, right.gradientW).map { $0 - $1 }.length
    let distance = zip(left.w, right.w).map { $0 - $1 }.length
    #expect(abs(jump / distance / quotient - 1) < 0.01)
  }

  @Test func `w = 0 has the loss of a silent network and no gradients`() throws {
    let teacher = try RandomPoints.teacher()
    for w in [[0.0, 0, 0], [1e-301, 0, 0]] {
      let point = try PopulationPoint(teacher, v: [1, 2, 3, 4], w: w)
      #expect(point.isAtZero)
      #expect(point.loss == (teacher.squaredNorm + teacher.sum * teacher.sum) / 8)
      #expect(point.gradientV == [0, 0, 0, 0] && point.gradientW == [0, 0, 0])
      #expect(ExpectedCoarseGradient(of: .identity, at: point).norm == 0)
      var descent = CoarseGradientDescent(
        from: point, settings: .init(estimator: .identity))
      #expect(descent.run(5) == 0)
    }
  }

  @Test func `Very short and very long w keep their direction`() throws {
    let teacher = try RandomPoints.teacher()
    let plain = try PopulationPoint(teacher, v: teacher.v, w: [0.9, -0.3, 0.4])
    for scale in [1e-290, 1e-170, 1e170] {
      let point = try plain.with(w: plain.w.map { scale * $0 })
      #expect(abs(point.place.angle - plain.place.angle) < 1e-14)
      #expect(abs(point.place.norm / scale - plain.place.norm) < 1e-14)
    }
  }

  @Test func `Vectors that do not fit are refused`() throws {
    let teacher = try RandomPoints.teacher()
    #expect(throws: CoarseGradientError.unusableTeacher(vector: "v")) {
      try CoarseTeacher(v: [0, 0], w: [1])
    }
    #expect(throws: CoarseGradientError.unusableTeacher(vector: "w")) {
      try CoarseTeacher(v: [1], w: [])
    }
    #expect(throws: CoarseGradientError.wrongLength(vector: "v", expected: 4, found: 1)) {
      try PopulationPoint(teacher, v: [1], w: [1, 0, 0])
    }
    #expect(throws: CoarseGradientError.notFinite(vector: "w")) {
      try PopulationPoint(teacher, v: teacher.v, w: [.nan, 0, 0])
    }
    #expect(try CoarseTeacher(v: [2], w: [3, 4]).w == [0.6, 0.8])
  }
}
