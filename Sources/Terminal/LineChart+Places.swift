extension LineChart {
  /// The row of a canvas of `size` at which `y` is drawn; nil when it is not.
  package func row(of y: Double, size: Size) -> Int? {
    guard let layout = ChartLayout(self, size: size) else { return nil }
    return layout.row(y).map { $0 + layout.plot.row }
  }
}
