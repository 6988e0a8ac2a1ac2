package import Runs
package import Terminal

/// Everything that can happen to the dashboard.
package enum Message: Sendable, Equatable {
  case key(Key)
  /// Keys that came at once, in their order.
  case keys([Key])
  /// What the mouse did.
  case pointer(PointerEvent)
  case resized(Size)
  /// Reports of the runner in their order.
  case reports([RunnerReport])
  /// The time in seconds on a clock that never goes back.
  case tick(seconds: Double)
  /// The screen has taken a theme, whose series are told apart by these marks.
  case themed(name: String, marks: [SeriesMark])
  /// Something outside of the run has to be said, such as a theme that is refused.
  case noticed(Notice)
  /// The stored runs, the newest first.
  case listed([RunEntry])
  /// The curves of one of them.
  case curves(RunCurves)
  /// The program is asked to go to the background.
  case suspend
  /// The program is back from the background.
  case resumed
  /// The program is asked to end, as by SIGTERM: the run stops after its batch and is saved.
  case terminate
}

/// Something that the program has to do for the dashboard.
package enum Effect: Sendable, Equatable {
  case send(RunnerCommand)
  /// Leave the program.
  case quit
  /// Restore the terminal and stop the process until it is continued.
  case suspend
  /// Show a theme by its name or file.
  case useTheme(String)
  /// Write the run for other programs.
  case export(String)
  /// Write the screen as SVG and as text.
  case picture(path: String?)
  /// Show the next theme.
  case nextTheme
  /// Write the whole screen anew.
  case repaint
  case bell
  /// Read the list of stored runs.
  case listRuns
  /// Read the curves of one.
  case readRun(folder: String)
  /// Write a note about a stored run, or give it these tags.
  case annotate(folder: String, note: String)
  case tag(folder: String, [String])
  /// Leave, and show a stored run.
  case open(Opening, folder: String)
}
