/// A field of values over two axes: a block of cells for each, told by shade and colour. Where there
/// is less room than values, neighbours share a block, which shows their mean.
package struct Heatmap: Equatable, Sendable {
  /// A value by its column from the left and its row from below.
  package struct Place: Hashable, Sendable {
    package var column: Int
    package var row: Int

    package init(column: Int, row: Int) { (self.column, self.row) = (column, row) }
  }

  /// Row by row from below; `nil` for what is not known.
  package var values: [Double?]
  package var columns: Int
  /// Below the columns and left of the rows; nothing where empty.
  package var columnLabels: [String] = []
  package var rowLabels: [String] = []
  package var selected: Place?
  package var gradient = Gradient.rate

  package init(values: [Double?], columns: Int) {
    (self.values, self.columns) = (values, columns)
  }

  /// Whole rows in `values`.
  package var rows: Int { columns > 0 ? values.count / columns : 0 }

  /// The smallest and the largest value that is known.
  package var range: AxisRange? {
    var range: AxisRange?
    for case let value? in values where value.isFinite {
      range = range?.union(AxisRange(value, value)) ?? AxisRange(value, value)
    }
    return range
  }

  /// The ends of the scale, and its steps between them.
  package func legend(_ glyphs: Glyphs) -> [Span] {
    guard let range else { return [] }
    let steps = (0..<8).map { step in
      let share = Double(step) / 7
      return Span(String(Character(shade(share, glyphs))), style: Style(role(share)))
    }
    return [Span(Number.short(range.lower) + " ", .dim)] + steps
      + [Span(" " + Number.short(range.upper), .dim)]
  }

  // MARK: Drawing

  /// How values are laid along one side.
  private struct Lay {
    /// Values along the side, and blocks that show them.
    let values: Int
    let blocks: Int
    /// Cells of a block.
    let length: Int

    init(values: Int, room: Int, longest: Int) {
      self.values = values
      blocks = min(values, max(0, room))
      length = blocks > 0 ? max(1, min(longest, room / blocks)) : 0
    }

    func block(of value: Int) -> Int { value * blocks / max(1, values) }

    func values(of block: Int) -> Range<Int> {
      let start = (block * values + blocks - 1) / blocks
      return start..<max(start + 1, ((block + 1) * values + blocks - 1) / blocks)
    }
  }

  package func draw(on canvas: Canvas) {
    guard !canvas.size.isEmpty, rows > 0 else { return }
    let labelWidth = rowLabels.isEmpty ? 0 : 1 + rowLabels.reduce(0) { max($0, $1.cellWidth) }
    let left = canvas.width < labelWidth + 8 ? 0 : labelWidth
    let bottom = columnLabels.isEmpty || canvas.height < 3 ? 0 : 1
    let parts = canvas.bounds.rows(.rest, .fixed(bottom))
    let across = Lay(values: columns, room: canvas.width - left, longest: 8)
    let upwards = Lay(values: rows, room: parts[0].height, longest: 4)
    let field = canvas[
      Rect(column: left, row: 0, width: canvas.width - left, height: parts[0].height)]
    drawField(across, upwards, on: field)
    if left > 0 { drawRowLabels(upwards, width: left, on: canvas[parts[0]]) }
    if bottom > 0 { drawColumnLabels(across, from: left, on: canvas[parts[1]]) }
  }

  private func drawField(_ across: Lay, _ upwards: Lay, on canvas: Canvas) {
    let range = range
    for row in 0..<upwards.blocks {
      for column in 0..<across.blocks {
        let area = Rect(
          column: column * across.length, row: line(of: row, upwards, canvas.height),
          width: across.length, height: upwards.length)
        if let mean = mean(across.values(of: column), upwards.values(of: row)), let range {
          let share = range.length > 0 ? (mean - range.lower) / range.length : 0.5
          canvas.fill(area, with: shade(share, canvas.glyphs), Style(role(share)))
        } else {
          canvas.put(canvas.glyphs.bullet, at: area.origin, .dim)
        }
        guard let selected, across.block(of: selected.column) == column,
          upwards.block(of: selected.row) == row
        else { continue }
        let middle = Point(
          column: area.column + (area.width - 1) / 2, row: area.row + (area.height - 1) / 2)
        canvas.put(canvas.glyphs.pointSelected, at: middle, Style(.cursor))
      }
    }
  }

  /// The first line of a row of blocks; the lowest stands at the bottom.
  private func line(of block: Int, _ lay: Lay, _ height: Int) -> Int {
    height - (block + 1) * lay.length
  }

  private func drawRowLabels(_ lay: Lay, width: Int, on canvas: Canvas) {
    for block in 0..<lay.blocks {
      let index = lay.values(of: block).lowerBound
      guard index < rowLabels.count else { continue }
      let isSelected = selected.map { lay.block(of: $0.row) == block } ?? false
      let row = line(of: block, lay, canvas.height) + (lay.length - 1) / 2
      canvas.drawRight(
        [Span(rowLabels[index], isSelected ? .accent : .dim)], row: row, end: width - 1)
    }
  }

  /// As many as stand apart, that of the selected column before others.
  private func drawColumnLabels(_ lay: Lay, from left: Int, on canvas: Canvas) {
    var taken: [Range<Int>] = []
    let chosen = selected.map { lay.block(of: $0.column) }
    let order = (chosen.map { [$0] } ?? []) + (0..<lay.blocks).filter { $0 != chosen }
    for block in order {
      let index =
        block == chosen ? selected?.column ?? 0 : lay.values(of: block).lowerBound
      guard index < columnLabels.count else { continue }
      let label = columnLabels[index]
      let start = max(0, min(left + block * lay.length, canvas.width - label.cellWidth))
      let room = start - 1..<start + label.cellWidth + 1
      guard !taken.contains(where: room.overlaps) else { continue }
      taken.append(start..<start + label.cellWidth)
      canvas.draw(
        label, at: Point(column: start, row: 0), block == chosen ? Style(.accent) : .dim)
    }
  }

  private func mean(_ columns: Range<Int>, _ rows: Range<Int>) -> Double? {
    var (sum, count) = (0.0, 0)
    for row in rows {
      for column in columns {
        guard let value = values[row * self.columns + column], value.isFinite else { continue }
        sum += value
        count += 1
      }
    }
    return count > 0 ? sum / Double(count) : nil
  }

  private func shade(_ share: Double, _ glyphs: Glyphs) -> Unicode.Scalar {
    let ramp = glyphs.shades
    guard !ramp.isEmpty else { return "#" }
    return ramp[Int(clamping: share * Double(ramp.count), to: 0...ramp.count - 1)]
  }

  private func role(_ share: Double) -> Role {
    .gradient(gradient, level: UInt8(Int(clamping: share * 255, to: 0...255)))
  }
}
