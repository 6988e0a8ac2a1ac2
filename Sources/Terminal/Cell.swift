/// One character cell of a frame: one scalar, one column wide. Eight bytes.
package struct Cell: Hashable, Sendable {
  package var scalar: Unicode.Scalar
  package var style: Style

  package init(_ scalar: Unicode.Scalar, _ style: Style = .text) {
    self.scalar = scalar
    self.style = style
  }

  package static let blank = Cell(" ")
}

extension Unicode.Scalar {
  /// What a cell shows for this scalar: nothing for controls and combining marks, `?` for one that
  /// takes two columns, so that a frame's columns always are the terminal's.
  var fittingOneCell: Unicode.Scalar? {
    if value < 0x7F { return value >= 0x20 ? self : nil }
    if value < 0x300 { return value >= 0xA0 && value != 0xAD ? self : nil }
    if (0x2500...0x28FF).contains(value) { return isWideSymbol ? "?" : self }
    switch properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark, .spacingMark, .surrogate,
      .lineSeparator, .paragraphSeparator:
      return nil
    default:
      return isWide || isWideSymbol ? "?" : self
    }
  }

  /// East Asian wide and fullwidth blocks, and the emoji planes.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1B000...0x1B2FF,
      0x1F000...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }

  /// Symbols among narrow ones that terminals show as two-column pictures.
  private var isWideSymbol: Bool {
    value >= 0x231A && value <= 0x2BFF && properties.isEmojiPresentation
  }
}

extension String {
  /// Columns that a frame needs for this text.
  package var cellWidth: Int {
    // Nearly all text is plain, and every frame measures much of it.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return unicodeScalars.reduce(0) { $1.fittingOneCell == nil ? $0 : $0 + 1 }
  }

  /// The text cut to `width` columns, the last of them an ellipsis when something was lost.
  package func clipped(to width: Int, ellipsis: Unicode.Scalar = "…") -> String {
    let shown = unicodeScalars.compactMap(\.fittingOneCell)
    guard shown.count > width else { return String(shown) }
    guard width > 0 else { return "" }
    return String(shown.prefix(width - 1) + [ellipsis])
  }

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self = String(view)
  }
}
