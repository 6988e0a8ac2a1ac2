/// Dials of a run as its record has them: those of its beginning, and what was turned since.
extension CoarseDials {
  /// As knobs, for a record that has none.
  package var recalledKnobs: [Knob] { knobs }

  /// The dials after a recorded edit, or after its changes where it says too little; those of other
  /// knobs change nothing.
  package func recalling(_ record: EditRecord) -> CoarseDials {
    if let turned = try? self.turned(by: record.edit) { return turned }
    return record.changes.reduce(self) { dials, change in
      guard let place = change.to, let knob = dials.knobs.first(where: { $0.id == change.knob })
      else { return dials }
      var edit = Edit.set(knob: knob.id, value: place)
      if case .choice(_, let options) = knob.kind {
        guard let index = Int(exactly: place), options.indices.contains(index) else { return dials }
        edit = .choose(knob: knob.id, option: options[index])
      }
      return (try? dials.turned(by: edit)) ?? dials
    }
  }
}

extension DescentOutcome {
  /// From what a record has of a descent: its loss, the angle between w and w* in radians, and |w|.
  ///
  /// v is not among it, so that the saddle is told by a loss within 1e-6 of the saddle's instead of
  /// by v.v*.
  package init(
    in teacher: CoarseTeacher, loss: Double, angle: Double, norm: Double, startNorm: Double
  ) {
    if !loss.isFinite || !norm.isFinite {
      self = .diverged
    } else if loss < 1e-6 {
      self = .global
    } else if let minimum = teacher.spuriousLoss, angle > .pi - 1e-2, abs(loss - minimum) < 1e-3 {
      self = .spurious
    } else if let saddle = teacher.saddle, abs(angle - saddle.angle) < 1e-2,
      abs(loss - saddle.loss) < 1e-6
    {
      self = .saddle
    } else {
      self = norm < 0.1 * startNorm ? .normCollapse : .running
    }
  }
}
