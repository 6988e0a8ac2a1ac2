/// Round numbers below something that stands over a linear axis, in one row; numbers below zero are
/// left out, as times before the beginning.
package struct AxisLabels: Equatable, Sendable {
  package var range: AxisRange

  package init(range: AxisRange) {
    self.range = range
  }

  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty, range.length > 0 else { return }
    let axis = Axis(scale: .linear, range: range)
    var free = 0
    for tick in Ticks.of(axis, count: max(2, canvas.width / 12)) where tick.value >= 0 {
      guard let place = axis.place(tick.value) else { continue }
      let column = Int(clamping: place * Double(canvas.width), to: 0...canvas.width - 1)
      let length = tick.label.cellWidth
      let start = min(max(0, column - length / 2), canvas.width - length)
      guard start >= free else { continue }
      canvas.draw(tick.label, at: Point(column: start, row: 0), .dim)
      free = start + length + 1
    }
  }
}
