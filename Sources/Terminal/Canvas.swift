/// The frame being drawn, shared by all canvases on it.
final class Surface {
  var frame: Frame

  init(_ frame: Frame) {
    self.frame = frame
  }
}

/// A clipped part of a frame in the making, with its own origin. Canvases are freely handed on and
/// cut into parts: all of them write to the same frame, none outside of its own area.
package struct Canvas {
  private let surface: Surface
  /// This canvas in the frame; may reach beyond it.
  private let area: Rect
  /// The part of `area` that may be written.
  private let clip: Rect
  /// The characters to draw with.
  package let glyphs: Glyphs

  init(surface: Surface, glyphs: Glyphs) {
    self.surface = surface
    self.glyphs = glyphs
    area = Rect(surface.frame.size)
    clip = area
  }

  private init(surface: Surface, area: Rect, clip: Rect, glyphs: Glyphs) {
    self.surface = surface
    self.area = area
    self.clip = clip
    self.glyphs = glyphs
  }

  package var size: Size { area.size }
  package var width: Int { area.width }
  package var height: Int { area.height }
  /// The whole canvas in its own coordinates, to be split into parts.
  package var bounds: Rect { Rect(size) }

  /// A canvas on a part of this one, in this one's coordinates.
  package subscript(part: Rect) -> Canvas {
    let moved = Rect(
      column: area.column + part.column, row: area.row + part.row,
      width: part.width, height: part.height)
    return Canvas(
      surface: surface, area: moved, clip: clip.intersection(moved), glyphs: glyphs)
  }

  /// Writes one cell; a place outside is ignored, a scalar that is not one column wide replaced.
  package func put(_ scalar: Unicode.Scalar, at point: Point, _ style: Style = .text) {
    guard let shown = glyphs.shown(scalar) else { return }
    set(Cell(shown, style), at: point)
  }

  /// The cell drawn so far at a place; blank outside.
  package func cell(at point: Point) -> Cell {
    surface.frame[area.column + point.column, area.row + point.row]
  }

  /// Writes a cell whose scalar is known to be one column wide.
  func set(_ cell: Cell, at point: Point) {
    let place = Point(column: area.column + point.column, row: area.row + point.row)
    guard clip.contains(place) else { return }
    surface.frame[place.column, place.row] = cell
  }

  /// Writes text on one row and returns the column after it.
  @discardableResult
  package func draw(_ text: String, at point: Point, _ style: Style = .text) -> Int {
    var column = point.column
    for scalar in text.unicodeScalars {
      guard let shown = glyphs.shown(scalar) else { continue }
      set(Cell(shown, style), at: Point(column: column, row: point.row))
      column += 1
    }
    return column
  }

  /// Writes spans one after another on one row and returns the column after them.
  @discardableResult
  package func draw(_ spans: [Span], at point: Point) -> Int {
    spans.reduce(point.column) { column, span in
      draw(span.text, at: Point(column: column, row: point.row), span.style)
    }
  }

  /// Writes spans so that they end before column `end` (the width, when nil).
  package func drawRight(_ spans: [Span], row: Int, end: Int? = nil) {
    let width = spans.reduce(0) { $0 + $1.width }
    draw(spans, at: Point(column: (end ?? self.width) - width, row: row))
  }

  /// Fills an area, or everything, with one cell.
  package func fill(_ part: Rect? = nil, with scalar: Unicode.Scalar = " ", _ style: Style = .text)
  {
    guard let shown = glyphs.shown(scalar) else { return }
    let cells = self[part ?? bounds]
    let target = cells.clip
    for row in target.row..<target.endRow {
      for column in target.column..<target.endColumn {
        surface.frame[column, row] = Cell(shown, style)
      }
    }
  }

  /// Gives an area another style and leaves its characters.
  package func restyle(_ part: Rect, _ change: (inout Style) -> Void) {
    let target = self[part].clip
    for row in target.row..<target.endRow {
      for column in target.column..<target.endColumn {
        change(&surface.frame[column, row].style)
      }
    }
  }
}
