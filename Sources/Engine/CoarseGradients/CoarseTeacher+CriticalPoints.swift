import Foundation

/// The landscape of the population loss: its one-dimensional section and the points where its
/// gradient vanishes (Yin et al. 2019, section 2; the section is a concave parabola in the angle,
/// so that descent must go to one of its two ends).
extension CoarseTeacher {
  /// A place where the gradients vanish: the angle between w and w*, the v that belongs to it, and
  /// the loss there.
  package struct CriticalPoint: Sendable, Equatable {
    package let angle: Double
    package let v: [Double]
    package let loss: Double
  }

  /// Whether a saddle and spurious local minima exist: S² < (m + 1) N / 2.
  package var hasSpuriousMinima: Bool { spuriousTest.left < spuriousTest.right }

  /// The two sides of that test, S² and (m + 1) N / 2.
  package var spuriousTest: (left: Double, right: Double) {
    (sum * sum, Double(patches + 1) * squaredNorm / 2)
  }

  /// The v of least loss at an angle in [0, π].
  package func bestV(at angle: Double) -> [Double] {
    let share = 1 - 2 * angle / .pi
    let level = (1 - share) * sum / Double(patches + 1)
    return v.map { share * $0 + level }
  }

  /// F(angle), the least loss over v at an angle in [0, π].
  package func leastLoss(at angle: Double) -> Double {
    let share = angle / .pi
    return (share * squaredNorm - share * share * slack) / 2
  }

  /// The global minimum, loss 0.
  package var globalMinimum: CriticalPoint { CriticalPoint(angle: 0, v: v, loss: 0) }

  /// The saddle, where v.v* is 0.
  package var saddle: CriticalPoint? {
    guard let angle = saddleAngle else { return nil }
    return CriticalPoint(
      angle: angle, v: bestV(at: angle), loss: squaredNorm * squaredNorm / (8 * slack))
  }

  /// The angle of the saddle.
  package var saddleAngle: Double? {
    hasSpuriousMinima ? .pi / 2 * squaredNorm / slack : nil
  }

  /// The loss of the spurious minimum.
  package var spuriousLoss: Double? {
    hasSpuriousMinima ? sum * sum / (2 * Double(patches + 1)) : nil
  }

  /// The spurious local minimum.
  package var spuriousMinimum: CriticalPoint? { hasSpuriousMinima ? farEnd : nil }

  /// The best v opposite to the teacher, (2S/(m + 1)) 1 - v*, whether or not it is a minimum.
  package var farEnd: CriticalPoint {
    let level = 2 * sum / Double(patches + 1)
    return CriticalPoint(
      angle: .pi, v: v.map { level - $0 }, loss: sum * sum / (2 * Double(patches + 1)))
  }

  /// K = 2S²(m - 1)/(m + 1)²: at the far end the expected coarse gradient is K (A - B) w/|w|.
  package var residualFactor: Double {
    let size = Double(patches + 1)
    return 2 * sum * sum * Double(patches - 1) / (size * size)
  }

  /// N - S²/(m + 1), above 0 by the inequality of Cauchy and Schwarz.
  private var slack: Double { squaredNorm - sum * sum / Double(patches + 1) }
}
