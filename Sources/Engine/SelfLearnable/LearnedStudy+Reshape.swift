/// What may be done to the self-learnable activations of a network while it trains.
extension LearnedStudy {
  /// The record of an edit of an activation, or of taking one back; `nil` for other edits.
  func reshape(_ edit: Edit) throws(EditError) -> EditRecord? {
    // Those that are so long ago that they were forgotten.
    while steering.undoesOther, shape.undoable.isEmpty { steering.dropOther() }
    switch edit {
    case .reshape(let curve, let change):
      if let turn = try reshapeOther(curve, change) {
        shape.note(turn)
      } else {
        shape.note(try perform(change, on: curve))
      }
      steering.noteOther()
    case .undo where steering.undoesOther:
      guard let turn = shape.undoable.last else { throw .nothingToUndo }
      try put(turn.before, in: turn.layer)
      steering.takeBackOther()
      shape.undoable.removeLast()
      shape.redoable.append(turn)
    case .redo where steering.redoesOther:
      guard let turn = shape.redoable.last else { throw .nothingToRedo }
      try put(turn.after, in: turn.layer)
      steering.repeatOther()
      shape.redoable.removeLast()
      shape.undoable.append(turn)
    default: return nil
    }
    gallery.look = nil
    gallery.polynomial = nil
    noteReshaped()
    let record = EditRecord(step: step, source: .user, edit: edit, changes: [])
    edits.append(record)
    return record
  }

  /// Changes an activation, or leaves it as it was.
  private func perform(
    _ change: CurveChange, on curve: String
  ) throws(EditError) -> LearnedShape.Turn {
    let target = try target(curve)
    let before = state(of: target.layer)
    do {
      try reshape(target, change)
    } catch {
      putNumbers(before, in: target.layer)
      throw error
    }
    return LearnedShape.Turn(
      layer: target.layer, before: before, after: state(of: target.layer))
  }

  /// `2.learned`, or row 7 of it: `2.learned.7`.
  private func target(_ curve: String) throws(EditError) -> CurveTarget {
    for (index, layer) in layers.enumerated() {
      let name = name(of: layer)
      if curve == name { return CurveTarget(curve: curve, layer: index) }
      guard curve.hasPrefix(name + "."), layer.rows > 1,
        let row = Int(curve.dropFirst(name.count + 1)), (0..<layer.rows).contains(row)
      else { continue }
      return CurveTarget(curve: curve, layer: index, row: row)
    }
    throw .unknownCurve(curve)
  }

  private func reshape(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    switch change {
    case .move, .regrid:
      throw .unchangeable(curve: target.curve, reason: "it is drawn through no points")
    case .freeze: freeze(target, true)
    case .thaw: freeze(target, false)
    case .straighten, .remove, .begin: try bend(target, change)
    case .fit, .degree, .basis: try rebuild(target, change)
    }
  }

  // MARK: Freezing

  private func freeze(_ target: CurveTarget, _ isFrozen: Bool) {
    let layer = layers[target.layer]
    var frozen = shape.frozen(target.layer)
    if let row = target.row {
      if frozen.isWhole { frozen = FrozenRows(rows: Set(0..<layer.rows)) }
      if isFrozen { frozen.rows.insert(row) } else { frozen.rows.remove(row) }
    } else {
      frozen = FrozenRows(isWhole: isFrozen)
    }
    setFrozen(frozen, target.layer)
  }

  func setFrozen(_ frozen: FrozenRows, _ layer: Int) {
    shape.frozen = shape.frozen(of: layers.count)
    shape.frozen[layer] = frozen
    optimizer.freeze(shape.frozen)
  }

  // MARK: Whole activations

  /// All of an activation at present.
  func state(of layer: Int) -> LearnedShape.State {
    LearnedShape.State(
      configuration: shape.changed[layer], frozen: shape.frozen(layer),
      numbers: Dictionary(
        uniqueKeysWithValues: parameters(of: layer).map {
          ($0.name, weights[$0.handle].array)
        }))
  }

  /// Puts an activation back to what it was.
  private func put(_ state: LearnedShape.State, in layer: Int) throws(EditError) {
    if shape.changed[layer] != state.configuration {
      try reconfigure(state.configuration, of: layer)
    }
    putNumbers(state, in: layer)
    optimizer.forgetMoments(of: parameters(of: layer).map(\.handle))
    if layers.indices.contains(layer) { setFrozen(state.frozen, layer) }
  }

  /// The numbers alone, of an activation of the same layout.
  func putNumbers(_ state: LearnedShape.State, in layer: Int) {
    for (name, handle) in parameters(of: layer) {
      if let numbers = state.numbers[name], numbers.count == weights[handle].count {
        weights[handle].set(numbers)
      }
    }
  }
}

extension SelfLearnableActivation {
  /// All its parameters, with their names in a layout.
  func parameters(_ layout: ParameterLayout) -> [(name: String, handle: ParameterHandle)] {
    let statistics = [statistics?.mean, statistics?.variance, maximum?.peak, quantiles]
      .compactMap { $0 }
    return (trained + statistics).map { (layout.entries[$0.index].name, $0) }
  }
}

extension CoefficientOptimizer {
  /// Begins the moments of an activation anew.
  func forgetMoments(of layer: SelfLearnableActivation) { forgetMoments(of: layer.trained) }

  /// Begins the moments of some parameters anew, as far as they have any.
  func forgetMoments(of handles: [ParameterHandle]) {
    for handle in handles {
      firstMoment[handle].fill(0)
      secondMoment?[handle].fill(0)
    }
  }
}
