package import Engine

extension ScriptedStudy {
  package mutating func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    var changes: [EditRecord.Change] = []
    if edit == .perform(action: "validate") {
      validationIsDue = phase != .ended
    } else if edit == .perform(action: "sweep"), !script.sites.isEmpty {
      sweepChunks = max(script.evaluationChunks, 1)
    } else {
      var turned = dials
      changes = try turned.apply(edit, at: step)
      dials = turned
    }
    return EditRecord(step: step, source: .user, edit: edit, changes: changes)
  }

  /// What the rule of the script does: it halves every resolution.
  mutating func turnByRule() -> EditRecord? {
    let edit = Edit.scale(knob: "w.*", factor: 0.5)
    guard let changes = try? dials.apply(edit, at: step) else { return nil }
    return EditRecord(step: step, source: .rule, edit: edit, changes: changes)
  }

  package func snapshot() -> Checkpoint {
    Checkpoint(
      tensors: [
        .init(name: "weights", shape: [2, 3], values: (0..<6).map { Float(step) + Float($0) / 8 })
      ],
      metadata: ["step": String(step), "epoch": String(epoch), "seed": String(script.seed)])
  }

  package mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointError) {
    guard checkpoint.tensors.contains(where: { $0.name == "weights" }) else {
      throw .missingTensor("weights")
    }
    step = try Self.number("step", of: checkpoint)
    epoch = try Self.number("epoch", of: checkpoint)
  }

  /// Its numbers do not depend on what was before.
  package mutating func branch(from checkpoint: Checkpoint) throws(CheckpointError) {
    try restore(checkpoint)
  }

  private static func number(
    _ key: String, of checkpoint: Checkpoint
  ) throws(CheckpointError) -> Int {
    guard let text = checkpoint.metadata[key] else { throw .missingMetadata(key) }
    guard let number = Int(text) else {
      throw .wrongMetadata(key: key, found: text, expected: "a whole number")
    }
    return number
  }
}
