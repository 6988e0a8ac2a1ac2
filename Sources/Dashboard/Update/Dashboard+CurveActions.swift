import Engine
import Runs
import Terminal

/// What the keys of the Curves screen do.
extension Dashboard {
  mutating func turnCurves(_ turn: CurvesTurn) -> [Effect] {
    guard curves.shown != nil, let kind = run.summary?.curves else {
      say(Sentence.noCurves)
      return []
    }
    guard turn.suits(kind) else {
      say(Sentence.notForThese)
      return []
    }
    switch turn {
    case .move(let right, let down): return moveAmongCurves(right: right, down: down)
    case .alone: showCurveAlone()
    case .grab: return curves.grip == nil ? grab() : letGo()
    case .freeze: return freeze()
    case .straighten: return reshape(.straighten)
    case .remove: return reshape(.remove)
    case .regrid: return reshape(.regrid)
    case .fit: return reshape(.fit)
    case .beginAnew: return beginLikeNext()
    case .basis: return nextBasis()
    case .degree(let distance): return turnDegree(by: distance)
    case .prune: return perform(.perform(action: "prune"))
    case .example(let distance): moveExample(by: distance)
    case .nextError: showNextError()
    case .mostUncertain: show(.mostUncertain)
    case .back(let distance):
      if curves.goBack(by: distance) {
        say(Sentence.curves(back: curves.back, epoch: curves.shown?.epoch ?? 0))
      } else {
        say(Sentence.noFurtherLook)
      }
    }
    return []
  }

  // MARK: Choosing

  private mutating func moveAmongCurves(right: Int, down: Int) -> [Effect] {
    if curves.grip != nil { return movePoint(right: right, down: down) }
    let columns = curvesGrid?.columns ?? 1
    let place = curves.place
    // To the right of the last curve of a row there is none.
    let next = place + right + down * columns
    let isOverEdge = right != 0 && next >= 0 && next / columns != place / columns
    if isOverEdge && curvesGrid?.isTable == true || !curves.choose(next) {
      say(Sentence.noFurtherCurve)
    }
    return []
  }

  private mutating func showCurveAlone() {
    curves.isAlone.toggle()
    if curves.isAlone, candidates.contains(.curves) { focus[.curves] = .curves }
  }

  /// The grid in the panel of the curves, where it is shown.
  var curvesGrid: CurvesGrid? {
    guard let look = curves.shown, let area = layout.area(of: .curves) else { return nil }
    return CurvesGrid(look, chosen: curves.place, in: LinesPanel.room(in: area.size))
  }

  /// Chooses the curve under the pointer.
  mutating func chooseCurve(at place: Point, in area: Rect) {
    guard !curves.isAlone, curves.grip == nil, let grid = curvesGrid else { return }
    let inside = Panel.textArea(in: area)
    let point = Point(column: place.column - inside.column, row: place.row - inside.row)
    guard point.column >= 0, point.row >= 0 else { return }
    if let chosen = grid.place(at: point) { _ = curves.choose(chosen) }
  }

  // MARK: Control points

  private mutating func grab() -> [Effect] {
    guard canEdit() else { return [] }
    // What is seen is moved, not what was.
    _ = curves.goBack(by: -CurvesBrowser.mostLooks)
    guard let curve = curves.curve, !curve.points.isEmpty else {
      say(Sentence.noPoints)
      return []
    }
    let heights = curve.points.map(\.height) + curve.now
    let reach = (heights.max() ?? 1) - (heights.min() ?? 0)
    let middle = curve.points.count / 2
    let height = curve.points[middle].height
    let wasRunning = run.phase == .training || run.phase == .evaluating
    curves.grip = CurveGrip(
      curve: curve.id, point: middle, height: height, original: height,
      notch: Self.notch(reach), wasRunning: wasRunning)
    say(Sentence.grabbed(curve.title), .asked)
    return wasRunning ? [.send(.pause)] : []
  }

  /// A round number near a twentieth of the height of a curve.
  private static func notch(_ reach: Double) -> Double {
    let wanted = reach.isFinite && reach > 0 ? reach / 20 : 0.05
    return Self.notches.last { $0 <= wanted } ?? Self.notches[0]
  }

  private static let notches = [0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100]

  private mutating func movePoint(right: Int, down: Int) -> [Effect] {
    guard var grip = curves.grip,
      let curve = curves.shown?.curves.first(where: { $0.id == grip.curve })
    else { return [] }
    if right != 0 {
      let next = grip.point + right
      guard curve.points.indices.contains(next) else {
        say(Sentence.noFurtherPoint)
        return []
      }
      (grip.point, grip.height) = (next, curve.points[next].height)
      grip.original = grip.height
      curves.grip = grip
      say(Sentence.holding(point: next, of: curve.title, height: grip.height))
      return []
    }
    grip.height -= Double(down) * grip.notch
    curves.grip = grip
    say(Sentence.holding(point: grip.point, of: curve.title, height: grip.height), .asked)
    return [move(grip, to: grip.height)]
  }

  /// Keeps what was moved, and goes on.
  mutating func letGo() -> [Effect] {
    guard let grip = curves.grip else { return [] }
    curves.grip = nil
    say(Sentence.kept(point: grip.point))
    return grip.wasRunning ? [.send(.resume)] : []
  }

  /// Puts the point back that is held, and goes on.
  mutating func dropGrip() -> [Effect] {
    guard let grip = curves.grip else { return [] }
    curves.grip = nil
    var effects: [Effect] = []
    if grip.height != grip.original { effects.append(move(grip, to: grip.original)) }
    say(Sentence.putBack(point: grip.point))
    return effects + (grip.wasRunning ? [.send(.resume)] : [])
  }

  private func move(_ grip: CurveGrip, to height: Double) -> Effect {
    .send(.edit(.reshape(curve: grip.curve, change: .move(point: grip.point, height: height))))
  }

  // MARK: Changes

  /// What a change is done to: a curve of its own, or the layer that shares it.
  private var reshaped: String? { curves.layer?.id ?? curves.curve?.id }

  private mutating func reshape(_ change: CurveChange) -> [Effect] {
    guard let reshaped else { return [] }
    return perform(.reshape(curve: reshaped, change: change))
  }

  private mutating func freeze() -> [Effect] {
    let isFrozen = curves.layer?.isFrozen ?? curves.curve?.isFrozen ?? false
    return reshape(isFrozen ? .thaw : .freeze)
  }

  private mutating func beginLikeNext() -> [Effect] {
    let known = KnownActivation.allCases
    let next = known[curves.knownIndex % known.count]
    curves.knownIndex += 1
    return reshape(.begin(like: next.rawValue))
  }

  private mutating func nextBasis() -> [Effect] {
    let bases = ActivationBasis.allCases.filter(\.isPolynomial)
    let present = bases.firstIndex { $0.rawValue == curves.layer?.basis } ?? -1
    return reshape(.basis(bases[(present + 1) % bases.count].rawValue))
  }

  private mutating func turnDegree(by distance: Int) -> [Effect] {
    guard let layer = curves.layer else {
      say(Sentence.notForThese)
      return []
    }
    let degree = layer.coefficients.count - 1 + distance
    guard ActivationBasis.allowedDegrees.contains(degree) else {
      say(Sentence.nothingFurther)
      return []
    }
    return reshape(.degree(degree))
  }

  private mutating func perform(_ edit: Edit) -> [Effect] {
    self.edit(edit) { Sentence.asked(edit, isRunning: $0) }
  }

  // MARK: Rows of the data

  private mutating func moveExample(by distance: Int) {
    let present: Int = if case .row(let row) = curves.example { row } else { 0 }
    guard present + distance >= 0 else {
      say(Sentence.nothingFurther)
      return
    }
    show(.row(present + distance))
  }

  private mutating func showNextError() {
    let next: Int = if case .error(let index) = curves.example { index + 1 } else { 0 }
    show(.error(next))
  }

  private mutating func show(_ example: CurvesRequest.ExampleChoice) {
    curves.example = example
    say(Sentence.explaining(example))
  }
}
