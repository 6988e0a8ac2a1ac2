import Terminal

/// A chart that the button of the mouse was pressed on and holds.
struct ChartGrip: Sendable, Equatable {
  /// The column of the screen, and the step of the run there.
  var column: Int
  var step: Double
  /// Columns of the curves.
  var columns: Int
  /// The stretch that was shown; `nil` for the whole run, which cannot be moved.
  var stretch: AxisRange?
  /// Whether letting go puts the cursor there: in a chart that was chosen before, and has not been
  /// moved.
  var putsCursor: Bool
}
