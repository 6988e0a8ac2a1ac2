import Engine
import Foundation
import Runs
import Terminal

/// What the keys of the Network screen do.
extension Dashboard {
  private typealias Knobs = InhibitoryKnobs

  /// A coupling and a delay of zero are left for these, and fallen back from to zero.
  private static let leastCoupling = 0.01
  private static let leastDelay = 0.01

  mutating func turnDynamics(_ turn: DynamicsTurn) -> [Effect] {
    guard isSimulation else {
      say(Sentence.noSimulation)
      return []
    }
    switch turn {
    case .span(let notches): turnSpan(by: notches)
    case .move(let notches): moveChosen(by: notches)
    case .widen(let notches): widenChosen(by: notches)
    default:
      guard canCommand() else { return [] }
      return steerDynamics(turn)
    }
    return []
  }

  private mutating func steerDynamics(_ turn: DynamicsTurn) -> [Effect] {
    switch turn {
    case .coupling(let notches): return turnCoupling(by: notches)
    case .delay(let notches):
      return turnNumber(Knobs.delay, by: notches, least: Self.leastDelay)
    case .inDegree(let notches):
      guard dynamicsNumber(Knobs.inDegree) != nil else {
        say(Sentence.noInDegree)
        return []
      }
      return turnNumber(Knobs.inDegree, by: notches, isWhole: true)
    case .highest(let notches): return turnNumber(Knobs.highest, by: notches)
    case .speed(let notches): return turnNumber(Knobs.speed, by: notches)
    default:
      guard let action = turn.action else { return [] }
      let choice = turn.isOnChosen ? choosing() : []
      return choice + edit(.perform(action: action)) { Sentence.asked(action, isRunning: $0) }
    }
  }

  // MARK: Numbers

  /// The coupling follows a schedule, which is multiplied as a whole.
  private mutating func turnCoupling(by notches: Int) -> [Effect] {
    guard let scheduled = run.coupling else { return [] }
    let present = present(scheduled)
    guard present > 0 || notches > 0 else {
      say(Sentence.nothingFurther)
      return []
    }
    let factor = pow(KeyMap.couplingNotch, Double(notches))
    let asked: Edit =
      if present <= 0 {
        .set(knob: Knobs.coupling, value: Self.leastCoupling)
      } else if notches < 0 && present * factor < Self.leastCoupling * 0.999 {
        .set(knob: Knobs.coupling, value: 0)
      } else {
        .scale(knob: Knobs.coupling, factor: factor)
      }
    return edit(asked) { Sentence.asked(asked, isRunning: $0) }
  }

  /// What was asked for counts at once, so that a held key goes on.
  private mutating func turnNumber(
    _ id: String, by notches: Int, least: Double? = nil, isWhole: Bool = false
  ) -> [Effect] {
    guard let index = run.knobs.firstIndex(where: { $0.id == id }),
      case .number(let value, let range, let step) = run.knobs[index].kind
    else { return [] }
    var next = value
    switch step {
    case .add(let distance): next = value + distance * Double(notches)
    case .multiply(let factor):
      next = value > 0 || notches < 0 ? value * pow(factor, Double(notches)) : least ?? value
      // Small numbers must not stay as they are by rounding.
      if isWhole { next = value + (next - value).rounded(.awayFromZero) }
    }
    if let least, next < least * 0.999 { next = 0 }
    next = min(max(next, range.lowerBound), range.upperBound)
    guard next != value else {
      say(Sentence.nothingFurther)
      return []
    }
    run.knobs[index].kind = .number(value: next, range: range, step: step)
    let asked = Edit.set(knob: id, value: next)
    return edit(asked) { Sentence.asked(asked, isRunning: $0) }
  }

  private mutating func turnSpan(by notches: Int) {
    let spans = Self.dynamicsSpans
    let present = spans.lastIndex { $0 <= dynamicsSpan } ?? 0
    let next = min(max(present + notches, 0), spans.count - 1)
    guard spans[next] != dynamicsSpan else {
      say(Sentence.nothingFurther)
      return
    }
    dynamicsSpan = spans[next]
    say(Sentence.span(dynamicsSpan))
  }

  private static let dynamicsSpans: [Double] = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]

  // MARK: Chosen neurons

  /// The ranks that the next influence is on, from 0: chosen here, or in the run.
  var chosenRanks: ClosedRange<Int> {
    if let dynamicsChosen { return dynamicsChosen }
    if let first = dynamicsNumber(Knobs.first), let last = dynamicsNumber(Knobs.last),
      first <= last
    {
      return Int(first) - 1...Int(last) - 1
    }
    return dynamics?.chosen ?? 0...0
  }

  func dynamicsNumber(_ id: String) -> Double? {
    for knob in run.knobs where knob.id == id {
      if case .number(let value, _, _) = knob.kind { return value }
    }
    return nil
  }

  /// By a hundredth of all neurons, one at least.
  private mutating func moveChosen(by notches: Int) {
    let (chosen, last) = (chosenRanks, lastRank)
    let wanted = notches * max(1, (last + 1) / 100)
    let distance = min(max(wanted, -chosen.lowerBound), last - chosen.upperBound)
    choose(chosen.lowerBound + distance...chosen.upperBound + distance)
  }

  /// Keeps the highest rank, as far as there are enough below it.
  private mutating func widenChosen(by notches: Int) {
    let (chosen, last) = (chosenRanks, lastRank)
    let wanted = (Double(chosen.count) * pow(2, Double(notches))).rounded(.down)
    let count = Int(min(max(1, wanted), Double(last + 1)))
    let first = max(0, chosen.upperBound - count + 1)
    choose(first...first + count - 1)
  }

  private var lastRank: Int { max(0, (run.summary?.dynamics?.neurons ?? 1) - 1) }

  mutating func choose(_ ranks: ClosedRange<Int>) {
    let before = chosenRanks
    dynamicsChosen = ranks.clamped(to: 0...lastRank)
    say(chosenRanks == before ? Sentence.nothingFurther : Sentence.chosen(chosenRanks))
  }

  /// Chooses the ranks in the line of the raster under the pointer.
  mutating func chooseRanks(at place: Point, in area: Rect) {
    guard let report = dynamics, isSimulation else { return }
    let plot = DynamicsLayout(area.size).plot
    let line = place.row - area.row - 1 - plot.row
    let raster = EventDots(rows: report.raster.rows, columns: 1, filled: [])
    guard let rows = raster.rows(atLine: line, height: plot.height) else { return }
    choose(ranks(ofRows: rows, of: report.raster))
  }

  /// The ranks that rows of a raster stand for: rank r of N is in row floor(r rows / N).
  func ranks(ofRows rows: ClosedRange<Int>, of raster: DynamicsReport.Raster) -> ClosedRange<Int> {
    let (neurons, count) = (lastRank + 1, max(1, raster.rows))
    let firstRank = { (row: Int) in (row * neurons + count - 1) / count }
    let first = firstRank(rows.lowerBound)
    return first...max(first, firstRank(rows.upperBound + 1) - 1)
  }

  /// Tells the run which neurons are chosen, where it has others.
  private func choosing() -> [Effect] {
    guard let chosen = dynamicsChosen else { return [] }
    let ends = [(Knobs.first, chosen.lowerBound), (Knobs.last, chosen.upperBound)]
    return ends.compactMap { knob, rank in
      let isThere = dynamicsNumber(knob) == Double(rank + 1)
      return isThere ? nil : .send(.edit(.set(knob: knob, value: Double(rank + 1))))
    }
  }

  /// Neurons that were chosen elsewhere are chosen here too.
  mutating func takeChosen(_ knobs: [Knob]) {
    let ends = { (knobs: [Knob]) in
      knobs.filter { [Knobs.first, Knobs.last].contains($0.id) }.map(\.kind)
    }
    if ends(knobs) != ends(run.knobs) { dynamicsChosen = nil }
  }
}
