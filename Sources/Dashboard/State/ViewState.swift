import Engine

/// How the user has last looked at runs, as it is kept from one start of the program to the next.
package struct ViewState: Sendable, Equatable {
  /// A theme that was chosen in the dashboard, by its name or file.
  package var theme: String?
  package var axis = ChartWindow.Axis.epoch
  package var hasLogarithmicTime = false
  /// Levels of smoothing by panel, for those that have one.
  package var smoothing: [PanelName: Int] = [.loss: 2]
  /// Words of the gauges that are shown in a grid; empty for the usual panels.
  package var gaugeFilter = ""
  /// Commands that were typed, the latest last.
  package var commands: [String] = []

  /// More commands are not kept; the oldest go first.
  package static let mostCommands = 500

  package init() {}

  /// The levels of smoothing that there are, and the panels that have them.
  package static let levels = 0..<Dashboard.smoothingShares.count
  package static let smoothedPanels = PanelName.smoothed
}

extension Dashboard {
  /// How it is looked at now; the theme is the program's.
  package var view: ViewState {
    var view = ViewState()
    view.axis = rememberedAxis ?? window.axis
    view.hasLogarithmicTime = window.isLogarithmic
    view.smoothing = smoothing
    view.gaugeFilter = gaugeFilter
    view.commands = commandHistory
    return view
  }

  mutating func restore(_ view: ViewState) {
    rememberedAxis = view.axis
    window.isLogarithmic = view.hasLogarithmicTime
    smoothing = view.smoothing
    gaugeFilter = view.gaugeFilter
    commandHistory = view.commands.suffix(ViewState.mostCommands)
  }

  /// Shows the curves over what they were last shown over, once the run is known to have it; of a run
  /// that has not, the axis stays remembered for the next one.
  mutating func restoreAxis() {
    guard let axis = rememberedAxis else { return }
    switch axis {
    case .w where !hasSites: return
    // Old records do not tell how many samples a step had.
    case .samples where mode == .replay && run.summary?.batch == nil: return
    default: break
    }
    rememberedAxis = nil
    window.axis = axis
    history.place(over: axis)
  }
}
