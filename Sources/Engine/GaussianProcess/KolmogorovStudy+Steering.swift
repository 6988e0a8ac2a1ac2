/// Edits of the training of a Kolmogorov network.
extension KolmogorovStudy {
  private typealias Knobs = KolmogorovDials.Knobs

  package func apply(_ edit: Edit) throws(EditError) -> EditRecord {
    let changes = try change(edit)
    let record = EditRecord(
      step: step, results: results > 0 ? results : nil, source: .user, edit: edit,
      changes: changes)
    if edit != .perform(action: Knobs.validate) { edits.append(record) }
    return record
  }

  private func change(_ edit: Edit) throws(EditError) -> [EditRecord.Change] {
    switch edit {
    case .perform(Knobs.validate): isEvaluationAsked = true
    case .perform(Knobs.prune): try prune()
    case .perform(let action): throw .unknownKnob(action)
    case .reshape(let curve, let change): try reshape(curve, change)
    case .undo:
      guard let turn = undoable.last else { throw .nothingToUndo }
      return try turnBack(turn)
    case .redo:
      guard let turn = redoable.last else { throw .nothingToRedo }
      return try turnAgain(turn)
    default:
      let changes = try steering.apply(edit, at: step)
      if !changes.isEmpty { note(.steering) }
      takeTurnedQuantizers()
      return changes
    }
    return []
  }

  private func turnBack(_ turn: KolmogorovTurn) throws(EditError) -> [EditRecord.Change] {
    var changes: [EditRecord.Change] = []
    switch turn {
    case .steering:
      changes = try steering.apply(.undo, at: step)
      takeTurnedQuantizers()
    case .curves(let before, _): set(before)
    case .grid(let before, _): set(before)
    }
    undoable.removeLast()
    redoable.append(turn)
    return changes
  }

  private func turnAgain(_ turn: KolmogorovTurn) throws(EditError) -> [EditRecord.Change] {
    var changes: [EditRecord.Change] = []
    switch turn {
    case .steering:
      changes = try steering.apply(.redo, at: step)
      takeTurnedQuantizers()
    case .curves(_, let after): set(after)
    case .grid(_, let after): set(after)
    }
    redoable.removeLast()
    undoable.append(turn)
    return changes
  }

  /// Other levels are other results.
  private func takeTurnedQuantizers() {
    let before = trainer.shape.quantizers
    takeQuantizers()
    if trainer.shape.quantizers != before { isEvaluationAsked = true }
  }

  private func note(_ turn: KolmogorovTurn) {
    undoable.append(turn)
    redoable.removeAll()
  }

  // MARK: Curves

  /// Curves as they are; with the biases where these are to be put back too.
  private func states(
    _ places: [KolmogorovCurvePlace], withBiases: Bool
  ) -> KolmogorovCurveStates {
    KolmogorovCurveStates(
      curves: places.map { trainer.state($0, frozen: frozen, removed: removed) },
      biases: withBiases ? trainer.biases : nil)
  }

  private func set(_ states: KolmogorovCurveStates) {
    for curve in states.curves {
      trainer.set(curve)
      frozen.remove(curve.place)
      removed.remove(curve.place)
      if curve.isFrozen { frozen.insert(curve.place) }
      if curve.isRemoved { removed.insert(curve.place) }
    }
    if let biases = states.biases { trainer.biases = biases }
    isEvaluationAsked = true
  }

  private func reshape(_ id: String, _ change: CurveChange) throws(EditError) {
    guard let place = trainer.places.first(where: { names.id($0) == id }) else {
      throw .unknownCurve(id)
    }
    guard !removed.contains(place) else {
      throw .unchangeable(curve: id, reason: "it has been removed; undo brings it back")
    }
    if change == .regrid { return try regrid(place.kind, of: id) }
    var isBiased = false
    if case (.outer, .remove) = (place, change) { isBiased = true }
    let before = states([place], withBiases: isBiased)
    switch change {
    case .move(let point, let height): try move(place, id, point, to: height)
    case .freeze: frozen.insert(place)
    case .thaw: frozen.remove(place)
    case .straighten, .remove:
      let means = means
      guard means[place]?.isFinite == true else {
        throw .unchangeable(curve: id, reason: "its values over the data are no numbers")
      }
      if change == .remove { remove(place, means: means) } else { straighten(place) }
    case .fit, .begin, .degree, .basis, .regrid:
      throw .unchangeable(
        curve: id, reason: "it goes through control points, and has no polynomial")
    }
    let after = states([place], withBiases: isBiased)
    guard after != before else { return }
    note(.curves(from: before, to: after))
    isEvaluationAsked = true
  }

  /// Curves of a kind share control points, so that all of them go through others.
  private func regrid(_ kind: KolmogorovGrid.Kind, of id: String) throws(EditError) {
    let reach = KolmogorovReach(
      trainer.network, rows: table.parts.training.lazy.map(table.scaledRow))
    let range = kind == .inner ? reach.inputs.range : KolmogorovReach.Span(all: reach.sums).range
    let present = trainer.points(kind)
    guard range.upperBound - range.lowerBound > Self.leastReach else {
      throw .unchangeable(curve: id, reason: "what comes in is hardly more than one number")
    }
    guard !present.reaches(exactly: range) else {
      throw .unchangeable(curve: id, reason: "its control points are spread over what comes in")
    }
    let before = trainer.grid(kind)
    let after: KolmogorovGrid
    do throws(ControlPointsError) {
      after = try trainer.spread(kind, over: range)
    } catch {
      throw .unchangeable(curve: id, reason: description(of: error))
    }
    set(after)
    note(.grid(from: before, to: after))
  }

  /// Narrower ranges are hardly such in single precision.
  private static let leastReach = 1e-3

  private func set(_ grid: KolmogorovGrid) {
    trainer.set(grid)
    isEvaluationAsked = true
  }

  /// Heights beyond which nothing sensible lies.
  private static let allowedHeights = -1e6...1e6

  private func move(
    _ place: KolmogorovCurvePlace, _ id: String, _ point: Int, to height: Double
  ) throws(EditError) {
    let count = start.inner.count
    guard 0..<count ~= point else {
      throw .unchangeable(
        curve: id, reason: "it has \(count) control points, counted from 0, and no point \(point)")
    }
    guard Self.allowedHeights.contains(height) else {
      throw .outOfRange(knob: id, value: height, allowed: Self.allowedHeights)
    }
    trainer.parameters.numbers(place, in: trainer.weights)[0, point] = Float(height)
  }

  /// The line that fits best at the rows that train goes through the control points.
  private func straighten(_ place: KolmogorovCurvePlace) {
    let network = trainer.network
    let (curve, places) = (curve(place, of: network), dataPlaces(place, network))
    let ones = places.map { _ in 1.0 }
    let heights = places.map(curve.value)
    let mean = heights.reduce(0, +) / Double(max(heights.count, 1))
    let line = CurveShape.leastSquares(heights, on: [ones, places]) ?? [mean, 0]
    let points = curve.points.inputs.map { Float(line[0] + line[1] * $0) }
    let rest = network.prior == .linear ? line.map { Float($0) } : []
    trainer.parameters.numbers(place, in: trainer.weights).set(points + rest)
  }

  /// Its mean stands in the place of an inner curve; that of an outer one goes to the bias.
  private func remove(_ place: KolmogorovCurvePlace, means: [KolmogorovCurvePlace: Double]) {
    trainer.parameters.numbers(place, in: trainer.weights).fill(0)
    let mean = means[place] ?? 0
    switch place {
    case .inner(let unit, let input): trainer.shape.constants[unit][input] = mean
    case .outer(_, let output): trainer.biases[output] += Float(mean)
    }
    removed.insert(place)
  }

  /// Of all curves over the rows that train.
  private var means: [KolmogorovCurvePlace: Double] {
    let network = trainer.network
    let passes = table.parts.training.map { network.run(table.scaledRow($0)) }
    let share = 1 / Double(max(passes.count, 1))
    return Dictionary(
      uniqueKeysWithValues: trainer.places.map { place in
        let sum = passes.reduce(0) { sum, pass in
          switch place {
          case .inner(let unit, let input): sum + pass.inner[unit][input]
          case .outer(let unit, let output): sum + pass.outer[unit][output]
          }
        }
        return (place, sum * share)
      })
  }

  // MARK: Pruning

  /// Inner curves below this share of the greatest importance go, and units below the other one.
  private static let leastEdge = 0.03
  private static let leastUnit = 0.01
  /// Steps that follow at least.
  private static let fineTuning = 50

  /// Constants stand for what matters little, and training goes on (specification, 5.5).
  private func prune() throws(EditError) {
    guard !isEnded else {
      throw .unchangeable(
        curve: "the network", reason: "pruning trains on, and the run is over")
    }
    let places = superfluous
    guard !places.isEmpty else { return }
    let before = states(places, withBiases: true)
    let means = means
    for place in places { remove(place, means: means) }
    note(.curves(from: before, to: states(places, withBiases: true)))
    isEvaluationAsked = true
    let missing = step + Self.fineTuning - epochs * stepsPerEpoch
    if missing > 0 { addedEpochs += (missing + stepsPerEpoch - 1) / stepsPerEpoch }
  }

  private var superfluous: [KolmogorovCurvePlace] {
    let importance = KolmogorovReading(trainer.network, table: table).importance
    let mostEdge = importance.edges.flatMap { $0 }.max() ?? 0
    let mostUnit = importance.units.max() ?? 0
    let isKept = { (unit: Int, input: Int) in
      importance.edges[unit][input] >= Self.leastEdge * mostEdge
    }
    let inputs = 0..<trainer.parameters.inputs
    return trainer.places.filter { place in
      guard !removed.contains(place) else { return false }
      let isIdle =
        importance.units[place.unit] < Self.leastUnit * mostUnit
        || !inputs.contains { isKept(place.unit, $0) }
      guard !isIdle, case .inner(let unit, let input) = place else { return isIdle }
      return !isKept(unit, input)
    }
  }
}
