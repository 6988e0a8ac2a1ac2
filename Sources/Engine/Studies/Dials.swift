/// Settings of a study that are turned at once and follow no schedule.
protocol Dials: Sendable, Equatable, Codable {
  var knobs: [Knob] { get }

  /// The dials after an edit; `nil` where it is of another knob.
  func turned(by edit: Edit) throws(EditError) -> Self?

  /// These dials of an experiment, with those taken over that were turned in another one which had
  /// the same setting.
  func taking(_ turned: Self, whereSameAs configured: Self) -> Self
}

extension Dials {
  /// What the number of a knob is turned to; `nil` where no knob has this id.
  ///
  /// Throws where the knob has no number, or would leave its range.
  func number(_ knob: String, _ turn: (Double) -> Double) throws(EditError) -> Double? {
    guard let present = knobs.first(where: { $0.id == knob }) else { return nil }
    guard case .number(let before, let range, _) = present.kind else {
      throw .wrongKind(knob: knob)
    }
    let value = turn(before)
    guard range.contains(value) else {
      throw .outOfRange(knob: knob, value: value, allowed: range)
    }
    return value
  }

  /// What differs from other dials; choices are told by the places of their options. A knob that
  /// came with a choice is told by where it stands.
  func changes(from other: Self) -> [EditRecord.Change] {
    let before = Dictionary(uniqueKeysWithValues: other.knobs.map { ($0.id, $0.place) })
    return knobs.compactMap { after in
      let place = before[after.id]
      guard place != after.place else { return nil }
      return EditRecord.Change(knob: after.id, from: place ?? after.place, to: after.place)
    }
  }
}

extension Knob {
  /// The number it stands at, or the place of the chosen option.
  fileprivate var place: Double? {
    switch kind {
    case .number(let value, _, _): value
    case .choice(let selected, let options): options.firstIndex(of: selected).map(Double.init)
    case .action, .schedule: nil
    }
  }
}
