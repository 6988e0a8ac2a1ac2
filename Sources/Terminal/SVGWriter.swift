/// Writes a frame as a picture in SVG.
package struct SVGWriter: Sendable {
  package var theme: Theme

  /// The size of a cell and of the font, in pixels.
  static let cellWidth = 8.4
  static let cellHeight = 17.0
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
      <rect width="100%" height="100%" rx="6" fill="\(theme.pictureBackground.hex)"/>

      """
    for row in 0..<frame.height {
      let runs = frame.runs(ofRow: row, isBlank: isBlank, brokenWhere: isBroken)
      for run in runs { append(run, row: row, to: &svg) }
    }
    return svg + "</svg>\n"
  }

  private func append(_ run: StyledRun, row: Int, to svg: inout String) {
    let appearance = theme.appearance(of: run.style, depth: .twoHundredFiftySix)
    var ink = appearance.foreground ?? theme.pictureForeground
    var ground = appearance.background ?? theme.pictureBackground
    if appearance.attributes.contains(.reverse) { swap(&ink, &ground) }
    if appearance.attributes.contains(.dim) { ink = ink.mixed(with: ground, fraction: 0.4) }
    let length = Double(run.text.unicodeScalars.count) * SVGWriter.cellWidth
    let left = SVGWriter.margin + Double(run.column) * SVGWriter.cellWidth
    let top = SVGWriter.margin + Double(row) * SVGWriter.cellHeight
    if ground.rgb != theme.pictureBackground.rgb {
      svg += "<rect x=\"\(pixels(left))\" y=\"\(pixels(top))\" width=\"\(pixels(length))\" "
      svg += "height=\"\(pixels(SVGWriter.cellHeight))\" fill=\"\(ground.hex)\"/>\n"
    }
    svg += mark(run, ink: ink, attributes: appearance.attributes, left: left, top: top)
  }

  /// The element for a run's characters: text where it is text, and shapes for all else.
  private func mark(
    _ run: StyledRun, ink: Color, attributes: Emphasis, left: Double, top: Double
  ) -> String {
    guard let first = run.text.unicodeScalars.first(where: { $0 != " " }) else { return "" }
    let kind = SVGShapes.kind(of: first)
    if kind != .text {
      let path = SVGShapes.path(of: run.text, kind: kind, left: left, top: top)
      return "<path d=\"\(path)\" \(SVGWriter.paint(kind, ink))/>\n"
    }
    let length = Double(run.text.unicodeScalars.count) * SVGWriter.cellWidth
    return "<text x=\"\(pixels(left))\" y=\"\(pixels(top + SVGWriter.baseline))\" "
      + "textLength=\"\(pixels(length))\" lengthAdjust=\"spacingAndGlyphs\" "
      + "xml:space=\"preserve\" fill=\"\(ink.hex)\"\(self.attributes(attributes))>"
      + SVGWriter.escaped(run.text) + "</text>\n"
  }

  private static func paint(_ kind: SVGShapes.Kind, _ ink: Color) -> String {
    switch kind {
    case .areas, .text:
      "fill=\"\(ink.hex)\" shape-rendering=\"crispEdges\""
    case .lines:
      "fill=\"none\" stroke=\"\(ink.hex)\" stroke-width=\"1.1\""
    case .dots:
      "fill=\"none\" stroke=\"\(ink.hex)\" stroke-width=\"2.6\" stroke-linecap=\"round\""
    }
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
    return appearance.background == theme.background && !appearance.attributes.contains(.reverse)
  }

  private func isBroken(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    SVGShapes.kind(of: left) != SVGShapes.kind(of: right)
  }

  static func escaped(_ text: String) -> String {
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
