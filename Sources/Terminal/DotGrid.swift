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

  /// Masks of the dots from a row down, and up to a row, within the left column of a cell; the
  /// right column's bits are three places higher, but for the lowest one.
  private static let fromRow: [UInt8] = [0x47, 0x46, 0x44, 0x40]
  private static let throughRow: [UInt8] = [0x01, 0x03, 0x07, 0x47]

  /// Sets all dots of a column in a range of rows, a whole cell at a time: a noisy curve fills most
  /// of its chart.
  mutating func setRun(_ column: Int, _ rows: ClosedRange<Int>, _ style: Style) {
    let isInside = column >= 0 && column < width && rows.lowerBound >= 0 && rows.upperBound < height
    guard isInside else { return }
    let first = rows.lowerBound / 4
    let last = rows.upperBound / 4
    for row in first...last {
      var mask: UInt8 = 0x47
      if row == first { mask &= DotGrid.fromRow[rows.lowerBound % 4] }
      if row == last { mask &= DotGrid.throughRow[rows.upperBound % 4] }
      if column % 2 == 1 { mask = (mask & 0x07) << 3 | (mask & 0x40) << 1 }
      let cell = row * size.width + column / 2
      dots[cell] |= mask
      styles[cell] = style
    }
  }

  /// Writes the cells that have dots and leaves the others.
  func draw(on canvas: Canvas) {
    for row in 0..<size.height {
      for column in 0..<size.width {
        let index = row * size.width + column
        guard dots[index] != 0 else { continue }
        let scalar =
          canvas.glyphs.isASCII
          ? DotGrid.plain(dots[index]) : DotGrid.braille(dots[index])
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
