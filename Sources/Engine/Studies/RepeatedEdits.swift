/// Edits of an earlier run that are yet to be repeated, the next one last.
extension Array<EditRecord> {
  /// Those of a record, in their order, that the user made: rules make theirs again by themselves.
  var toRepeat: [EditRecord] { filter { $0.source == .user }.reversed() }

  /// Takes out the edits whose turn it is before a step.
  mutating func takeDue(at step: Int) -> [Edit] {
    var due: [Edit] = []
    while let record = last, record.step <= step {
      removeLast()
      due.append(record.edit)
    }
    return due
  }
}
