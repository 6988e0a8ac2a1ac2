/// Writes a frame as text with colour sequences, for a terminal that only scrolls.
package struct ANSIWriter: Sendable {
  package var theme: Theme
  package var depth: ColorDepth

  package init(theme: Theme, depth: ColorDepth) {
    self.theme = theme
    self.depth = depth
  }

  /// All rows, each ended by a line feed. Text without any sequence is `frame.text`.
  ///
  /// A theme with a background paints each line to its end before it is written, so that blanks
  /// need not be.
  package func text(of frame: Frame) -> String {
    let ground = theme.appearance(of: .text, depth: depth).background
    let painted = ground.map { "\u{1B}[0\(code(of: $0, base: 40))m\u{1B}[K" } ?? ""
    var text = ""
    for row in 0..<frame.height {
      text += painted
      var isPlain = ground == nil
      for run in frame.runs(ofRow: row, isBlank: isBlank) {
        let codes = self.codes(of: run.style)
        if !(codes.isEmpty && isPlain) { text += "\u{1B}[0" + codes + "m" }
        isPlain = codes.isEmpty
        text += run.text
      }
      text += isPlain ? "\n" : "\u{1B}[0m\n"
    }
    return text
  }

  private func isBlank(_ cell: Cell) -> Bool {
    guard cell.scalar == " " else { return false }
    let appearance = theme.appearance(of: cell.style, depth: depth)
    let ground = theme.appearance(of: .text, depth: depth).background
    return appearance.background == ground
      && appearance.attributes.isDisjoint(with: [.reverse, .underline])
  }

  /// Select-graphic-rendition codes, each with a semicolon before it.
  private func codes(of style: Style) -> String {
    let appearance = theme.appearance(of: style, depth: depth)
    var codes = ""
    let attributes: [(Emphasis, Int)] = [(.bold, 1), (.dim, 2), (.underline, 4), (.reverse, 7)]
    for (attribute, code) in attributes where appearance.attributes.contains(attribute) {
      codes += ";\(code)"
    }
    if let color = appearance.foreground { codes += self.code(of: color, base: 30) }
    if let color = appearance.background { codes += self.code(of: color, base: 40) }
    return codes
  }

  private func code(of color: Color, base: Int) -> String {
    switch depth {
    case .none: ""
    case .sixteen:
      ";\(color.index16 < 8 ? base + Int(color.index16) : base + 52 + Int(color.index16))"
    case .twoHundredFiftySix: ";\(base + 8);5;\(color.index256)"
    }
  }
}
