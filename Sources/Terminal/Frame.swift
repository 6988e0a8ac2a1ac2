/// A whole screen as a value: what the dashboard draws, a screen shows and a test compares.
package struct Frame: Hashable, Sendable {
  package let size: Size
  /// Row by row, from the top left.
  package private(set) var cells: [Cell]

  /// No terminal is larger, and a wrong size must not take all memory.
  private static let largestSide = 4096

  package init(_ size: Size, filledWith cell: Cell = .blank) {
    self.size = Size(
      width: min(size.width, Frame.largestSide), height: min(size.height, Frame.largestSide))
    cells = [Cell](repeating: cell, count: self.size.width * self.size.height)
  }

  /// A frame of `size` as drawn by `draw`.
  package init(_ size: Size, glyphs: Glyphs = .unicode, draw: (Canvas) -> Void) {
    let surface = Surface(Frame(size))
    draw(Canvas(surface: surface, glyphs: glyphs))
    self = surface.frame
  }

  package var width: Int { size.width }
  package var height: Int { size.height }

  /// The cell at a place; a blank one outside of the frame.
  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * width + column] : .blank }
    set { if contains(column, row) { cells[row * width + column] = newValue } }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < width && row >= 0 && row < height
  }

  /// The cells of one row; none when there is no such row.
  package func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0 && row < height else { return [] }
    return cells[row * width..<(row + 1) * width]
  }

  /// The characters of one row, without the blanks at its end.
  package func rowText(_ row: Int) -> String {
    let cells = self.row(row)
    let end = cells.lastIndex { $0.scalar != " " }.map { $0 + 1 } ?? cells.startIndex
    return String(cells[..<end].lazy.map(\.scalar))
  }

  /// All rows, joined by line feeds.
  package var text: String {
    (0..<height).map(rowText).joined(separator: "\n")
  }
}
