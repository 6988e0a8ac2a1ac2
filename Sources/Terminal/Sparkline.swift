/// Values as rising bars, one column each; on a canvas of several rows the bars are that high.
/// When there are more values than columns, every column shows the largest of its values.
package struct Sparkline: Equatable, Sendable {
  package var values: [Double]
  package var style: Style
  /// The stretch from an empty to a full bar; from zero, or the lowest value below it, to the
  /// largest when nil.
  package var range: AxisRange?

  package init(_ values: [Double], style: Style = Style(.accent), range: AxisRange? = nil) {
    self.values = values
    self.style = style
    self.range = range
  }

  package func draw(on canvas: Canvas) {
    let ramp = canvas.glyphs.rising
    guard !ramp.isEmpty, canvas.height > 0 else { return }
    let units = canvas.height * ramp.count
    for (column, level) in levels(width: canvas.width, units: units).enumerated() {
      guard let level else { continue }
      for row in 0..<canvas.height {
        let filled = min(level - row * ramp.count, ramp.count)
        guard filled > 0 else { break }
        canvas.put(
          ramp[filled - 1], at: Point(column: column, row: canvas.height - 1 - row), style)
      }
    }
  }

  /// The line as text of one row, for a table.
  package func text(width: Int, glyphs: Glyphs = .unicode) -> String {
    let ramp = glyphs.rising
    guard !ramp.isEmpty else { return "" }
    return String(
      levels(width: width, units: ramp.count).map { level in
        level.map { ramp[max(1, $0) - 1] } ?? " "
      })
  }

  /// The bars as texts of several rows, the highest first.
  package func rows(width: Int, height: Int, glyphs: Glyphs = .unicode) -> [String] {
    let ramp = glyphs.rising
    guard !ramp.isEmpty else { return [] }
    let levels = levels(width: width, units: height * ramp.count)
    return (0..<height).reversed().map { row in
      String(
        levels.map { level in
          let filled = min((level ?? 0) - row * ramp.count, ramp.count)
          return filled > 0 ? Character(ramp[filled - 1]) : " "
        })
    }
  }

  /// The height of every column in units; nil where all its values are gaps. A value above the
  /// lower end always has some height.
  private func levels(width: Int, units: Int) -> [Int?] {
    let columns = min(max(0, width), values.count)
    let all = values.reduce(into: Extremes()) { $0.add($1) }
    guard columns > 0, !all.isEmpty else { return [] }
    let range = self.range ?? AxisRange(min(0, all.minimum), max(all.maximum, 0))
    return (0..<columns).map { column in
      let block = column * values.count / columns..<(column + 1) * values.count / columns
      let extremes = values[block].reduce(into: Extremes()) { $0.add($1) }
      guard !extremes.isEmpty else { return nil }
      let share = (extremes.maximum - range.lower) / max(range.length, 1e-300)
      return Int(clamping: (share * Double(units)).rounded(.up), to: 0...units)
    }
  }
}
