/// A drawing of dots, two across and four down in every cell, as the braille characters show them.
/// A cell has the style of what was drawn into it last.
struct DotGrid {
  let size: Size
  private var dots: [UInt8]
  private var styles: [Style]

  init(_ size: Size) {
    self.size = size
    dots = [UInt8](repeating: 0, count: size.width * size.height)
    styles = [Style](repeating: .text, count: dots.count)
  }

  /// Dots across.
  var width: Int { size.width * 2 }
  /// Dots down.
  var height: Int { size.height * 4 }

  /// Bits of the braille code by row, for the left and the right dot.
  private static let bits: [UInt8] = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80]

  /// Sets the dot at a place, counted from the top left; nothing outside.
  @inline(__always)
  mutating func set(_ column: Int, _ row: Int, _ style: Style) {
    guard column >= 0 && column < width && row >= 0 && row < height else { return }
    let cell = row / 4 * size.width + column / 2
    dots[cell] |= DotGrid.bits[column % 2 * 4 + row % 4]
    styles[cell] = style
  }

  /// Whether a cell has any dot.
  func hasDots(at point: Point) -> Bool {
    guard Rect(size).contains(point) else { return false }
    return dots[point.row * size.width + point.column] != 0
  }

  /// Writes the cells that have dots and leaves the others.
  func draw(on canvas: Canvas) {
    for row in 0..<size.height {
      for column in 0..<size.width {
        let index = row * size.width + column
        guard dots[index] != 0 else { continue }
        let scalar =
          canvas.glyphs.hasBraille
          ? DotGrid.braille(dots[index]) : DotGrid.plain(dots[index])
        canvas.set(Cell(scalar, styles[index]), at: Point(column: column, row: row))
      }
    }
  }

  private static func braille(_ dots: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x2800 + UInt32(dots)) ?? "?"
  }

  /// The same dots by halves of a cell, in ASCII.
  private static func plain(_ dots: UInt8) -> Unicode.Scalar {
    let hasUpper = dots & 0x1B != 0
    let hasLower = dots & 0xE4 != 0
    return hasUpper ? (hasLower ? ":" : "'") : (hasLower ? "." : " ")
  }
}
