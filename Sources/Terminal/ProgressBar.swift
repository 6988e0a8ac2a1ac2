/// A bar that fills its row from the left.
package struct ProgressBar: Hashable, Sendable {
  /// 0...1; beyond is clipped.
  package var fraction: Double
  package var style: Style

  package init(fraction: Double, style: Style = Style(.accent)) {
    self.fraction = fraction
    self.style = style
  }

  package func draw(on canvas: Canvas) {
    let ramp = canvas.glyphs.growing
    guard !canvas.size.isEmpty, !ramp.isEmpty else { return }
    let share = fraction.isFinite ? min(max(0, fraction), 1) : 0
    let units = canvas.width * ramp.count
    let filled = Int(clamping: share * Double(units) + 0.5, to: 0...units)
    let whole = filled / ramp.count
    canvas.fill(
      Rect(width: whole, height: 1), with: ramp[ramp.count - 1], style)
    guard filled % ramp.count > 0 else { return }
    canvas.put(ramp[filled % ramp.count - 1], at: Point(column: whole, row: 0), style)
  }
}
