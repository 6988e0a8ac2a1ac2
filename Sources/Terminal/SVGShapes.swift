/// Outlines of the characters that make up borders, curves and bars, in SVG path notation. Viewers
/// take such characters from whatever font has them, and then neither dots nor lines would meet.
enum SVGShapes {
  /// How a character is drawn.
  enum Kind: Hashable {
    case text, lines, dots, areas
  }

  static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x2800...0x28FF: .dots
    case 0x2581...0x258F: .areas
    default: lines[scalar] == nil ? .text : .lines
    }
  }

  /// The path of a run of characters of one kind, whose first cell's top left corner is given.
  static func path(of text: String, kind: Kind, left: Double, top: Double) -> String {
    var path = ""
    var x = left
    for scalar in text.unicodeScalars {
      switch kind {
      case .dots: path += dots(scalar, x, top)
      case .areas: path += area(scalar, x, top)
      case .lines: path += move(x, top) + (lines[scalar] ?? "")
      case .text: break
      }
      x += SVGWriter.cellWidth
    }
    return path
  }

  /// Strokes from the top left corner of a cell of 8.4 by 17 pixels.
  private static let lines: [Unicode.Scalar: String] = [
    "─": "m0 8.5h8.4", "│": "m4.2 0v17", "┊": "m4.2 1v2m0 2.25v2m0 2.25v2m0 2.25v2",
    "╭": "m8.4 8.5q-4.2 0-4.2 4.2v4.3", "╮": "m0 8.5q4.2 0 4.2 4.2v4.3",
    "╰": "m4.2 0v4.3q0 4.2 4.2 4.2", "╯": "m4.2 0v4.3q0 4.2-4.2 4.2",
  ]

  /// Bits of the braille code with the column and row of their dots.
  private static let braille: [(bit: UInt32, column: Double, row: Double)] = [
    (0x01, 0, 0), (0x02, 0, 1), (0x04, 0, 2), (0x40, 0, 3),
    (0x08, 1, 0), (0x10, 1, 1), (0x20, 1, 2), (0x80, 1, 3),
  ]

  private static func dots(_ scalar: Unicode.Scalar, _ x: Double, _ y: Double) -> String {
    braille.reduce(into: "") { path, dot in
      guard scalar.value & dot.bit != 0 else { return }
      let across = SVGWriter.cellWidth / 4 * (2 * dot.column + 1)
      let down = SVGWriter.cellHeight / 8 * (2 * dot.row + 1)
      path += move(x + across, y + down) + "h.01"
    }
  }

  /// A bar that rises from the bottom, or grows from the left, by eighths.
  private static func area(_ scalar: Unicode.Scalar, _ x: Double, _ y: Double) -> String {
    let isRising = scalar.value <= 0x2588
    let eighths = Double(isRising ? scalar.value - 0x2580 : 0x2590 - scalar.value) / 8
    let width = SVGWriter.cellWidth * (isRising ? 1 : eighths)
    let height = SVGWriter.cellHeight * (isRising ? eighths : 1)
    return move(x, y + SVGWriter.cellHeight - height)
      + "h\(pixels(width))v\(pixels(height))h\(pixels(-width))z"
  }

  private static func move(_ x: Double, _ y: Double) -> String {
    "M\(pixels(x)) \(pixels(y))"
  }

  private static func pixels(_ value: Double) -> String {
    Number.fixed(value, decimals: 2)
  }
}
