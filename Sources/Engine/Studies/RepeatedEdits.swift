/// Edits of an earlier run that are yet to be repeated, the next one last.
extension Array<EditRecord> {
  /// Those of a record, in their order, that the user made: rules make theirs again by themselves.
  var toRepeat: [EditRecord] { filter { $0.source == .user }.reversed() }

  /// Whether an edit's turn is before a step.
  func isDue(at step: Int) -> Bool { last.map { $0.step <= step } ?? false }

  /// Takes out the edits whose turn it is before a step.
  mutating func takeDue(at step: Int) -> [Edit] { takeDue(at: step, results: .max) }

  /// Takes out the edits whose turn it is after a step and so many results that were told since:
  /// what was changed after a result must not change that result.
  mutating func takeDue(at step: Int, results: Int) -> [Edit] {
    var due: [Edit] = []
    while let record = last, record.step < step || record.isDue(at: step, results: results) {
      removeLast()
      due.append(record.edit)
    }
    return due
  }
}

extension EditRecord {
  fileprivate func isDue(at step: Int, results: Int) -> Bool {
    self.step == step && self.results ?? 0 <= results
  }
}
