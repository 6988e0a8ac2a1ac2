import Engine

/// The sentence that a printed run has for an edit.
enum PlainEdit {
  static func sentence(for record: EditRecord) -> String {
    let changes = record.changes.map { change in
      "\(change.knob) \(text(of: change.from)) -> \(text(of: change.to))"
    }.joined(separator: ", ")
    let source = record.source == .rule ? " by rule" : ""
    let sentence = "edit\(source) at step \(record.step): \(action(of: record.edit))"
    return changes.isEmpty ? sentence : "\(sentence): \(changes)"
  }

  private static func action(of edit: Edit) -> String {
    switch edit {
    case .set(let knob, let value): "set \(knob) to \(PlainText.significant(value))"
    case .scale(let knob, let factor): "scale \(knob) by \(PlainText.significant(factor))"
    case .choose(let knob, let option): "choose \(option) for \(knob)"
    case .schedule(let knob, _): "new schedule for \(knob)"
    case .hold(let knob): "hold \(knob)"
    case .release(let knob): "release \(knob)"
    case .perform(let action): action
    case .reshape(let curve, let change): "\(curve): \(action(of: change))"
    case .undo: "undo"
    case .redo: "redo"
    }
  }

  private static func action(of change: CurveChange) -> String {
    switch change {
    case .move(let point, let height): "point \(point) to \(PlainText.significant(height))"
    case .freeze: "freeze"
    case .thaw: "thaw"
    case .straighten: "straighten"
    case .remove: "remove"
    case .regrid: "spread control points"
    case .fit: "fit"
    case .begin(let known): "begin like \(known)"
    case .degree(let degree): "degree \(degree)"
    case .basis(let basis): "basis \(basis)"
    }
  }

  private static func text(of value: Double?) -> String {
    value.map { PlainText.significant($0) } ?? "inf"
  }
}
