import Engine
import Terminal

/// What part of a run the curves show, over what, and how smooth.
extension Dashboard {
  /// Shares of the run over which running means forget.
  static let smoothingShares = [0, 0.003, 0.01, 0.03, 0.1]

  mutating func changeWindow(_ action: Action) {
    switch action {
    case .zoomCurves(let isNearer):
      let before = window
      window.zoom(in: isNearer, of: wholeRun, last: Double(run.progress?.step ?? 0))
      say(window == before ? Sentence.nothingFurther : Sentence.stretch(window.range))
    case .showAllCurves:
      (window.range, window.cursor) = (nil, nil)
      say(Sentence.stretch(nil))
    case .pan(let direction):
      if !window.pan(direction, of: wholeRun) { say(Sentence.nothingFurther) }
    case .moveCursor(let count):
      window.moveCursor(count, of: wholeRun, last: Double(run.progress?.step ?? 0))
    case .nextCurveAxis: showNextAxis()
    case .toggleLogarithmicTime where page == .theory:
      theoryIsLogarithmic.toggle()
      say(Sentence.timeAxis(isLogarithmic: theoryIsLogarithmic))
    case .toggleLogarithmicTime:
      guard window.axis != .w else {
        say(Sentence.wIsLogarithmic)
        return
      }
      window.isLogarithmic.toggle()
      say(Sentence.timeAxis(isLogarithmic: window.isLogarithmic))
    case .smooth(let change): changeSmoothing(by: change)
    default: break
    }
  }

  private mutating func showNextAxis() {
    let axes = ChartWindow.Axis.allCases.filter { axis in
      switch axis {
      case .w: hasSites
      // Old records do not tell how many samples a step had.
      case .samples: run.summary?.batch != nil || (run.progress?.samples ?? 0) > 0
      case .epoch, .step, .seconds: true
      }
    }
    let index = axes.firstIndex(of: window.axis) ?? 0
    window.axis = axes[(index + 1) % axes.count]
    rememberedAxis = nil
    history.place(over: window.axis)
    say(
      Sentence.over(
        window.axis == .epoch ? simulatedAxisName ?? window.axis.title : window.axis.title))
  }

  // MARK: Smoothing

  private mutating func changeSmoothing(by change: Int) {
    let panel = focused
    guard PanelName.smoothed.contains(panel) else {
      say(Sentence.notSmoothed(panel))
      return
    }
    let before = smoothing[panel] ?? 0
    let level = min(max(before + change, 0), Self.smoothingShares.count - 1)
    smoothing[panel] = level
    smooth(panel)
    say(
      level == before
        ? Sentence.nothingFurther : Sentence.smoothing(panel, share: Self.smoothingShares[level]))
  }

  /// Has the running means of a panel follow its level and its scale.
  mutating func smooth(_ panel: PanelName) {
    let share = Self.smoothingShares[smoothing[panel] ?? 0]
    let steps = share > 0 ? max(10, share * wholeRun.upper) : 0
    for gauge in history.gauges where panel.group == gauge.group && gauge.split == .training {
      history.smooth(gauge, over: steps, isGeometric: logarithmic.contains(panel))
    }
  }
}

extension PanelName {
  /// The panels whose curves may be smoothed.
  static let smoothed: [PanelName] = [.loss, .accuracy, .rate, .bits]

  /// The group of gauges that it shows.
  var group: Gauge.Group? {
    switch self {
    case .loss: .loss
    case .accuracy: .accuracy
    case .rate: .rate
    case .bits: .bits
    default: nil
    }
  }
}
