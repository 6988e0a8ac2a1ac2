package import Engine
import Foundation
package import Terminal

/// What a key does. Each case is one line of the key table.
package enum Action: Sendable, Equatable {
  case pause, stepBatch, stepEpoch
  /// Multiply all resolutions.
  case turnResolution(factor: Double)
  case hold
  case turnLearningRate(factor: Double)
  case undo, redo, validate, sweep, save, stop
  case show(Page)
  case nextPanel, previousPanel, zoom, back
  case toggleLogarithmic, toggleOutliers, nextMetric, nextSite, nextSample, previousSample
  case scroll(Scroll)
  /// The stretch of the run that curves show.
  case zoomCurves(isNearer: Bool)
  case showAllCurves
  case pan(Double)
  case moveCursor(Double)
  case nextCurveAxis, toggleLogarithmicTime
  /// Smoother or less smooth.
  case smooth(Int)
  case filterGauges, filterLog
  /// The Raster screen.
  case nextUnitOrder, nextUnitSelection, freeze, watchUnit, toggleDetail
  case captureBack(Int)
  case zoomTime(isNearer: Bool)
  case showAllTime, nextSampleSet
  /// The Schedule screen.
  case nextSchedule, applyDraft
  case draft(DraftChange)
  /// Move rasters by so many time steps.
  case scrollTime(Int)
  /// Move through a replay by a share of it.
  case seek(Double)
  /// The Runs screen.
  case markRun, nextOrder, nextComparison, nextAxis, filterRuns, listRuns, noteRun, tagRun
  case open(Opening)
  /// The Theory screen.
  case theory(TheoryTurn)
  /// The Network screen.
  case dynamics(DynamicsTurn)
  /// The Curves screen.
  case curves(CurvesTurn)
  /// The Stability screen: ask what to test with, or begin a test.
  case askForStability
  case testStability(StabilityWords)
  /// What the command line alone says.
  case edit(Edit)
  case run(batches: Int)
  case showSite(String)
  case showSample(Int)
  case useTheme(String)
  case export(String)
  case command, palette
  /// Look at the estimators of gradients, and choose another where that can be.
  case pickEstimator
  /// Save a picture of the screen, under a name of its own without one.
  case picture(String?)
  case help, nextTheme, repaint, suspend, quit, interrupt
  case choose(QuitChoice), chooseSelected, nextChoice, previousChoice
}

extension Action {
  /// Whether it steers the run, and so has no use once that is over.
  var needsRun: Bool {
    switch self {
    case .pause, .stepBatch, .stepEpoch, .turnResolution, .hold, .turnLearningRate, .undo, .redo,
      .validate, .stop, .theory:
      true
    case .dynamics(let turn): turn.isEdit
    default: false
    }
  }
}

extension Action {
  /// Whether the bottom line names it.
  func isUseful(
    in mode: Mode, isOver: Bool, hasSites: Bool, hasSurrogates: Bool,
    curves: LearnedActivations?, isSimulation: Bool = false, on page: Page
  ) -> Bool {
    if isSimulation && isOfTraining { return false }
    if !hasSites && needsSites { return false }
    if self == .askForStability {
      return hasSurrogates && (mode == .run || mode == .watch && !isOver)
    }
    if page == .theory && self == .validate { return false }
    if case .curves(let turn) = self {
      guard curves.map(turn.suits) ?? true else { return false }
      return !turn.isEdit || mode == .run || mode == .watch && !isOver
    }
    switch (self, mode) {
    case (.seek, _), (.pause, .replay), (.stepBatch, .replay), (.stepEpoch, .replay):
      return mode == .replay
    case (.save, .replay), (.sweep, .replay), (.sweep, .watch): return false
    default: return !((isOver || mode == .replay) && needsRun)
    }
  }

  /// Whether it turns or measures w, or chooses among what is measured of counts.
  private var needsSites: Bool {
    switch self {
    case .turnResolution, .hold, .sweep, .nextMetric: true
    default: false
    }
  }

  /// Whether it means nothing where nothing learns.
  private var isOfTraining: Bool {
    switch self {
    case .stepEpoch, .turnLearningRate, .validate, .toggleOutliers, .smooth: true
    default: false
    }
  }

  /// Whether the bottom line of a page begins with it, although it works on others too.
  func leads(on page: Page) -> Bool {
    switch (self, page) {
    case (.pause, .theory), (.stepBatch, .theory), (.turnLearningRate, .theory): true
    case (.pause, .dynamics): true
    default: false
    }
  }
}

extension Action {
  /// The one action that does the same as so many of this one in a row; `nil` when there is none.
  func repeated(_ count: Int) -> Action? {
    let power = { (factor: Double) in pow(factor, Double(count)) }
    switch self {
    case .turnResolution(let factor): return .turnResolution(factor: power(factor))
    case .turnLearningRate(let factor): return .turnLearningRate(factor: power(factor))
    case .scroll(.rows(let rows)): return .scroll(.rows(rows * count))
    case .scroll(.pages(let pages)): return .scroll(.pages(pages * count))
    case .scroll(.start), .scroll(.end), .repaint: return self
    case .scrollTime(let steps): return .scrollTime(steps * count)
    case .draft(.turn(let notches)): return .draft(.turn(notches * Double(count)))
    case .draft(.move(let notches)): return .draft(.move(notches * Double(count)))
    case .curves(.move(let right, let down)): return .curves(.move(right * count, down * count))
    case .draft(.select(let distance)): return .draft(.select(distance * count))
    case .dynamics(let turn): return turn.repeated(count).map(Action.dynamics)
    case .moveCursor(let steps): return .moveCursor(steps * Double(count))
    case .seek(let share): return .seek(share * Double(count))
    default: return nil
    }
  }
}

/// What a key turns in a theory study.
package enum TheoryTurn: Sendable, Equatable {
  /// So many places along the list.
  case estimator(Int), batch(Int)
  case mode, normalisation, nextStart, newStart
  /// Times as many steps a second.
  case speed(Double)
}

/// How a stored run takes the place of what is shown.
package enum Opening: String, Sendable, Equatable {
  case replay, resume, fork
}

/// A movement through rows.
package enum Scroll: Sendable, Equatable {
  case rows(Int)
  case pages(Int)
  case start, end
}

/// Where a key has its meaning.
package enum KeyScope: Sendable, Equatable {
  /// Under dialogs too.
  case always
  /// On every page.
  case everywhere
  case pages([Page])
  case quitDialog
  case help
}

/// One line of the key table.
package struct KeyBinding: Sendable, Equatable {
  package var keys: [Key]
  /// The name of the command, one word.
  package var name: String
  /// What the bottom line says beside the key; neighbours with one hint share it. Empty: nothing.
  package var hint: String
  package var description: String
  package var scope: KeyScope
  package var action: Action

  init(
    _ keys: Key..., name: String, hint: String = "", scope: KeyScope = .everywhere,
    _ description: String, _ action: Action
  ) {
    self.keys = keys
    self.name = name
    self.hint = hint
    self.description = description
    self.scope = scope
    self.action = action
  }

  /// A letter of one screen, after the arrow that does the same where there is one.
  init(
    _ letter: Character, or arrow: Key? = nil, _ name: String, on page: Page, hint: String,
    _ description: String, _ action: Action
  ) {
    keys = [.character(letter)]
    if let arrow { keys.insert(arrow, at: 0) }
    (self.name, self.hint, self.description) = (name, hint, description)
    (scope, self.action) = (.pages([page]), action)
  }

  /// The keys as text, such as `? F1`.
  package func keyText(glyphs: Glyphs) -> String {
    keys.map { glyphs.isASCII ? $0.plainName : $0.name }.joined(separator: " ")
  }
}
