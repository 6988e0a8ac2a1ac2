import Engine
import Foundation
import Testing

@Suite("Critical points of the two-layer model")
struct CriticalPointsTests {
  @Test func `The reference teacher's numbers`() throws {
    let teacher = try RandomPoints.teacher()
    #expect(teacher.hasSpuriousMinima)
    #expect(teacher.spuriousTest.left == 2.25 && teacher.spuriousTest.right == 4.6875)
    #expect(abs(teacher.residualFactor - 0.54) < 1e-15)
    let saddle = try #require(teacher.saddle)
    #expect(abs(saddle.loss - 0.30838816) < 1e-8 && abs(saddle.angle - 2.06683727) < 1e-8)
    let minimum = try #require(teacher.spuriousMinimum)
    #expect(abs(minimum.loss - 0.225) < 1e-15)
    for (a, b) in zip(minimum.v, [-0.4, 1.1, 0.35, -0.15]) { #expect(abs(a - b) < 1e-15) }
  }

  @Test func `No v has less loss at an angle than the best (T15)`() throws {
    for point in try RandomPoints.make(100, seed: 11) {
      let teacher = point.teacher
      let best = try point.with(v: teacher.bestV(at: point.place.angle))
      #expect(abs(best.loss - teacher.leastLoss(at: point.place.angle)) < 1e-13 * (1 + best.loss))
      #expect(best.gradientV.length < 1e-13)
      #expect(point.loss >= best.loss)
    }
  }

  @Test func `One patch never has spurious minima, a sum of 0 makes them global`() throws {
    let single = try CoarseTeacher(v: [1.2], w: [0, 1])
    #expect(!single.hasSpuriousMinima)
    #expect(single.saddle == nil && single.spuriousMinimum == nil)
    let balanced = try CoarseTeacher(v: [1, -1], w: [0.8, -0.6])
    let minimum = try #require(balanced.spuriousMinimum)
    #expect(minimum.loss == 0 && minimum.v == [-1, 1])
    #expect(balanced.residualFactor == 0)
  }

  @Test func `Outcomes are told by loss, angle and |w|`() throws {
    let teacher = try RandomPoints.teacher()
    let saddle = try #require(teacher.saddle)
    func outcome(v: [Double], angle: Double, norm: Double = 1, start: Double = 1) throws
      -> DescentOutcome
    {
      let point = try PopulationPoint(teacher, v: v, w: teacher.filter(at: angle, norm: norm))
      return DescentOutcome(of: point, startNorm: start)
    }
    #expect(try outcome(v: teacher.v, angle: 1e-7) == .global)
    #expect(try outcome(v: teacher.farEnd.v, angle: .pi - 1e-3) == .spurious)
    #expect(try outcome(v: teacher.farEnd.v, angle: .pi - 2e-2) == .running)
    #expect(try outcome(v: saddle.v, angle: saddle.angle + 5e-3) == .saddle)
    #expect(try outcome(v: saddle.v, angle: saddle.angle + 2e-2) == .running)
    #expect(try outcome(v: [1, 1, 1, 1], angle: 1, norm: 0.09) == .normCollapse)
    #expect(try outcome(v: [1e200, 1, 1, 1], angle: 1) == .diverged)
  }
}
