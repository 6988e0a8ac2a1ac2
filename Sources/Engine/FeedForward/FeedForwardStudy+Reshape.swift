/// What may be done to the self-learnable activations of a network while it trains.
extension FeedForwardStudy {
  /// The record of an edit of an activation, or of taking one back; `nil` for other edits.
  func reshape(_ edit: Edit) throws(EditError) -> EditRecord? {
    // Those that are so long ago that they were forgotten.
    while steering.undoesOther, shape.undoable.isEmpty { steering.dropOther() }
    switch edit {
    case .reshape(let curve, let change):
      let target = try target(curve)
      let before = state(of: target.layer)
      do {
        try reshape(target, change)
      } catch {
        putNumbers(before, in: target.layer)
        throw error
      }
      shape.note(
        LearnedShape.Turn(layer: target.layer, before: before, after: state(of: target.layer)))
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
    look = nil
    (gallery.look, gallery.polynomial) = (nil, nil)
    if case .evaluating(let task) = work {
      // Half of it would be of the network before.
      let isAsked = isValidationAsked
      beginEvaluation(task.split)
      isValidationAsked = isAsked
    }
    let record = EditRecord(step: step, source: .user, edit: edit, changes: [])
    edits.append(record)
    return record
  }

  /// An activation, or a row of it.
  struct CurveTarget {
    var curve: String
    var layer: Int
    var row: Int?
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

  var layers: [SelfLearnableActivation] { trainer.network.selfLearnableLayers }

  /// What edits call an activation.
  func name(of layer: SelfLearnableActivation) -> String {
    String(
      trainer.network.layout.entries[layer.coefficients.index].name.dropLast(
        ".coefficients".count))
  }

  private func reshape(_ target: CurveTarget, _ change: CurveChange) throws(EditError) {
    let refuse = { (reason: String) in EditError.unchangeable(curve: target.curve, reason: reason) }
    switch change {
    case .move: throw refuse("it is drawn through no points")
    case .freeze: freeze(target, true)
    case .thaw: freeze(target, false)
    case .straighten, .remove, .begin: try bend(target, change)
    case .fit: try fit(target)
    case .degree(let degree):
      guard target.row == nil else { throw refuse("a degree is that of a whole layer") }
      guard ActivationBasis.allowedDegrees.contains(degree) else {
        let allowed = ActivationBasis.allowedDegrees
        throw refuse("a degree is \(allowed.lowerBound) to \(allowed.upperBound)")
      }
      try replace(target) { $0.degree = degree }
    case .basis(let name):
      guard target.row == nil else { throw refuse("a basis is that of a whole layer") }
      guard let basis = ActivationBasis(rawValue: name) else {
        throw refuse(
          "a basis is \(ActivationBasis.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard layers[target.layer].configuration.normalization != .elements else {
        throw refuse("its elements are normalized each by itself, as they are in this basis alone")
      }
      try replace(target) { $0.basis = basis }
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
    trainer.optimizer.freeze(shape.frozen)
  }

  // MARK: Whole activations

  /// All of an activation at present.
  func state(of layer: Int) -> LearnedShape.State {
    LearnedShape.State(
      configuration: shape.changed[layer], frozen: shape.frozen(layer),
      numbers: Dictionary(
        uniqueKeysWithValues: trainer.parameters(of: layers[layer]).map {
          ($0.name, trainer.weights[$0.handle].array)
        }))
  }

  /// Puts an activation back to what it was.
  func put(_ state: LearnedShape.State, in layer: Int) throws(EditError) {
    if shape.changed[layer] != state.configuration {
      var changed = shape.changed
      changed[layer] = state.configuration
      guard let other = try? makeTrainer(changed: changed) else {
        throw .unchangeable(
          curve: name(of: layers[layer]), reason: "there is no memory for the network as it was")
      }
      other.takeOver(trainer)
      (trainer, shape.changed) = (other, changed)
    }
    putNumbers(state, in: layer)
    trainer.forgetMoments(of: layers[layer])
    setFrozen(state.frozen, layer)
  }

  /// The numbers alone, of an activation of the same layout.
  func putNumbers(_ state: LearnedShape.State, in layer: Int) {
    for (name, handle) in trainer.parameters(of: layers[layer]) {
      if let numbers = state.numbers[name], numbers.count == trainer.weights[handle].count {
        trainer.weights[handle].set(numbers)
      }
    }
  }

  /// A trainer of the same training whose activations are changed.
  func makeTrainer(changed: [Int: SelfLearnableConfiguration]) throws -> FeedForwardTrainer {
    try FeedForwardTrainer(
      network: configuration.makeNetwork(for: trainer.images, changed: changed),
      images: trainer.images, configuration: trainer.configuration, threads: threads)
  }
}

extension FeedForwardTrainer {
  /// The parameters of an activation, with their names.
  func parameters(
    of layer: SelfLearnableActivation
  ) -> [(name: String, handle: ParameterHandle)] {
    let statistics = [
      layer.statistics?.mean, layer.statistics?.variance, layer.maximum?.peak, layer.quantiles,
    ].compactMap { $0 }
    return (layer.trained + statistics).map { (network.layout.entries[$0.index].name, $0) }
  }

  /// Takes over all numbers of another trainer that have the same name and shape here, and its
  /// counts.
  func takeOver(_ other: FeedForwardTrainer) {
    let known = Dictionary(
      uniqueKeysWithValues: other.network.layout.entries.enumerated().map { ($1.name, $0) })
    for (index, entry) in network.layout.entries.enumerated() {
      guard let place = known[entry.name] else { continue }
      let (own, source) = (ParameterHandle(index: index), ParameterHandle(index: place))
      for (slab, from) in zip(slabs, other.slabs)
      where slab.slab[own].rows == from.slab[source].rows
        && slab.slab[own].columns == from.slab[source].columns
      {
        slab.slab[own].copy(from: from.slab[source])
      }
    }
    optimizer.training = other.optimizer.training
    optimizer.restore(other.optimizer.counts)
  }

  /// Begins the moments of an activation anew.
  func forgetMoments(of layer: SelfLearnableActivation) {
    for handle in layer.trained {
      optimizer.firstMoment[handle].fill(0)
      optimizer.secondMoment?[handle].fill(0)
    }
  }
}
