import Terminal

/// Round numbers of epochs below a chart over steps, the word at the right end.
struct EpochAxis {
  var chart: LineChart
  /// The stretch of steps that the chart shows.
  var range: AxisRange
  var stepsPerEpoch: Int

  private static let word = "epoch"
  /// Columns from one number to the next, at least.
  private static let spacing = 8

  /// Draws one row, in line with a plot of that size at its left end.
  func draw(plot: Size, on canvas: Canvas) {
    guard stepsPerEpoch > 0, let left = chart.column(of: range.lower, size: plot) else { return }
    let epochs = Int(min(range.upper / Double(stepsPerEpoch), 1e9))
    let end = canvas.width - Self.word.cellWidth - 2
    let labels = max(1, (end - left) / Self.spacing)
    let step = Self.roundStep(atLeast: Double(epochs) / Double(labels))
    var free = left
    for epoch in stride(from: 0, through: epochs, by: step) {
      let label = String(epoch)
      guard
        let column = chart.column(of: Double(epoch) * Double(stepsPerEpoch), size: plot),
        column >= free, column + label.cellWidth <= end
      else { continue }
      free = canvas.draw(label, at: Point(column: column, row: 0), .dim) + 1
    }
    if end > left { canvas.drawRight([Span(Self.word, .dim)], row: 0, end: canvas.width - 1) }
  }

  /// The smallest of 1, 2, 5, 10, 20, ... that is not below `least`.
  private static func roundStep(atLeast least: Double) -> Int {
    var power = 1
    while power < 1_000_000_000 {
      for step in [1, 2, 5] where Double(step * power) >= least { return step * power }
      power *= 10
    }
    return power
  }
}
