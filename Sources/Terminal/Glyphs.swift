/// The characters a frame is drawn with, so that a terminal without UTF-8 gets plain ones.
package struct Glyphs: Hashable, Sendable {
  package var topLeft: Unicode.Scalar
  package var topRight: Unicode.Scalar
  package var bottomLeft: Unicode.Scalar
  package var bottomRight: Unicode.Scalar
  package var horizontal: Unicode.Scalar
  package var vertical: Unicode.Scalar
  /// The line of an edit.
  package var mark: Unicode.Scalar
  /// The present, in the border above a chart.
  package var now: Unicode.Scalar
  /// What is beyond the upper and the lower end of an axis.
  package var above: Unicode.Scalar
  package var below: Unicode.Scalar
  package var ellipsis: Unicode.Scalar
  package var playing: Unicode.Scalar
  package var paused: String
  package var arrow: Unicode.Scalar
  package var selected: Unicode.Scalar
  package var point: Unicode.Scalar
  package var pointSelected: Unicode.Scalar
  package var bullet: Unicode.Scalar
  /// Rising bars, from the lowest to a full cell.
  package var rising: [Unicode.Scalar]
  /// Growing bars from the left, from the narrowest to a full cell.
  package var growing: [Unicode.Scalar]
  /// Shades of a full cell, from the lightest to solid.
  package var shades: [Unicode.Scalar]
  /// Whether only ASCII may be shown: no braille dots, and stand-ins for symbols within texts.
  package var isASCII: Bool
  /// The marks of series in their order, as the theme has them.
  package var seriesMarks: [SeriesMark] = SeriesMark.standard

  package static let unicode = Glyphs(
    topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─",
    vertical: "│", mark: "┊", now: "▼", above: "▲", below: "▼",
    ellipsis: "…", playing: "▶", paused: "❚❚",
    arrow: "→", selected: "▸", point: "◆", pointSelected: "◈", bullet: "·",
    rising: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    growing: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    shades: ["░", "▒", "▓", "█"], isASCII: false)

  package static let ascii = Glyphs(
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-",
    vertical: "|", mark: "!", now: "v", above: "^", below: "v",
    ellipsis: "~", playing: ">", paused: "||",
    arrow: ">", selected: ">", point: "o", pointSelected: "@", bullet: "-",
    rising: [".", ":", "-", "=", "+", "*", "%", "#"],
    growing: [".", ":", "-", "=", "+", "*", "%", "#"],
    shades: [".", "+", "*", "#"], isASCII: true)
}

extension Glyphs {
  private static let standIns: [Unicode.Scalar: Unicode.Scalar] = [
    "·": "-", "…": "~", "∞": "*", "−": "-", "–": "-", "×": "x", "±": "~", "⏎": ">",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "⟶": ">", "▶": ">", "❚": "|", "▸": ">", "✓": "+",
    "▲": "^", "▼": "v",
  ]

  /// What a cell shows for a scalar of a text; nil when it takes no cell.
  func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard isASCII && !scalar.isASCII else { return scalar.fittingOneCell }
    return scalar.fittingOneCell.map { Glyphs.standIns[$0] ?? "?" }
  }
}
