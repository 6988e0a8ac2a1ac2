/// What a descent has come to.
package enum DescentOutcome: String, Sendable, Codable, CaseIterable {
  case running
  /// Loss below 1e-6.
  case global
  /// Within 1e-2 of the opposite of w*, the loss within 1e-3 of the spurious minimum's.
  case spurious
  /// |v.v*| below 1e-4 and the angle within 1e-2 of the saddle's.
  case saddle
  /// |w| below a tenth of where it began: directions then change by leaps.
  case normCollapse
  /// Numbers that are not finite.
  case diverged

  package init(of point: PopulationPoint, startNorm: Double) {
    let teacher = point.teacher
    let angle = point.place.angle
    if !point.loss.isFinite || !point.place.norm.isFinite {
      self = .diverged
    } else if point.loss < 1e-6 {
      self = .global
    } else if let minimum = teacher.spuriousLoss, angle > .pi - 1e-2,
      abs(point.loss - minimum) < 1e-3
    {
      self = .spurious
    } else if let saddle = teacher.saddleAngle, abs(point.projection) < 1e-4,
      abs(angle - saddle) < 1e-2
    {
      self = .saddle
    } else {
      self = point.place.norm < 0.1 * startNorm ? .normCollapse : .running
    }
  }
}
