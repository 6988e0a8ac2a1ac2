/// Writes a frame as a picture in SVG.
package struct SVGWriter: Sendable {
  package var theme: Theme

  /// The size of a cell and of the font, in pixels.
  private static let cellWidth = 8.4
  private static let cellHeight = 17.0
  private static let fontSize = 14.0
  /// The base line of text below the top of its row.
  private static let baseline = 13.0
  private static let margin = 8.0

  package init(theme: Theme) {
    self.theme = theme
  }

  package func text(of frame: Frame) -> String {
    let width = pixels(Double(frame.width) * SVGWriter.cellWidth + 2 * SVGWriter.margin)
    let height = pixels(Double(frame.height) * SVGWriter.cellHeight + 2 * SVGWriter.margin)
    var svg = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-size="\(pixels(SVGWriter.fontSize))" \
      font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace">
      <rect width="100%" height="100%" rx="6" fill="\(theme.background.hex)"/>

      """
    for row in 0..<frame.height {
      let runs = frame.runs(ofRow: row, isBlank: isBlank, brokenWhere: isBroken)
      for run in runs { append(run, row: row, to: &svg) }
    }
    return svg + "</svg>\n"
  }

  private func append(_ run: StyledRun, row: Int, to svg: inout String) {
    let appearance = theme.appearance(of: run.style, depth: .twoHundredFiftySix)
    var ink = appearance.foreground ?? theme.foreground
    var ground = appearance.background
    if appearance.attributes.contains(.reverse) {
      (ink, ground) = (ground ?? theme.background, ink)
    }
    if appearance.attributes.contains(.dim) {
      ink = ink.mixed(with: ground ?? theme.background, fraction: 0.4)
    }
    let length = Double(run.text.unicodeScalars.count) * SVGWriter.cellWidth
    let left = SVGWriter.margin + Double(run.column) * SVGWriter.cellWidth
    let top = SVGWriter.margin + Double(row) * SVGWriter.cellHeight
    if let ground {
      svg += "<rect x=\"\(pixels(left))\" y=\"\(pixels(top))\" width=\"\(pixels(length))\" "
      svg += "height=\"\(pixels(SVGWriter.cellHeight))\" fill=\"\(ground.hex)\"/>\n"
    }
    guard run.text.unicodeScalars.contains(where: { $0 != " " }) else { return }
    svg += "<text x=\"\(pixels(left))\" y=\"\(pixels(top + SVGWriter.baseline))\" "
    svg += "textLength=\"\(pixels(length))\" lengthAdjust=\"spacingAndGlyphs\" "
    svg += "xml:space=\"preserve\" fill=\"\(ink.hex)\"\(attributes(appearance.attributes))>"
    svg += SVGWriter.escaped(run.text) + "</text>\n"
  }

  private func attributes(_ emphasis: Emphasis) -> String {
    var text = ""
    if emphasis.contains(.bold) { text += " font-weight=\"bold\"" }
    if emphasis.contains(.underline) { text += " text-decoration=\"underline\"" }
    return text
  }

  private func isBlank(_ cell: Cell) -> Bool {
    guard cell.scalar == " " else { return false }
    let appearance = theme.appearance(of: cell.style, depth: .twoHundredFiftySix)
    return appearance.background == nil && !appearance.attributes.contains(.reverse)
  }

  /// A viewer may take letters and symbols from fonts of different widths; a run of one kind is
  /// stretched as a whole and keeps its columns.
  private func isBroken(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    SVGWriter.kind(left) != SVGWriter.kind(right)
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x2500: 0
    case 0x2500..<0x2580: 1
    case 0x2580..<0x25A0: 2
    case 0x2800..<0x2900: 3
    default: 4
    }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }

  private func pixels(_ value: Double) -> String {
    Number.fixed(value, decimals: 1)
  }
}
