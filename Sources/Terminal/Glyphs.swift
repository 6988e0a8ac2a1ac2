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
  /// Whether curves may be drawn in braille dots.
  package var hasBraille: Bool

  package static let unicode = Glyphs(
    topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯", horizontal: "─",
    vertical: "│", mark: "┊", now: "▼", ellipsis: "…", playing: "▶", paused: "❚❚",
    arrow: "→", selected: "▸", point: "◆", pointSelected: "◈", bullet: "·",
    rising: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    growing: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    shades: ["░", "▒", "▓", "█"], hasBraille: true)

  package static let ascii = Glyphs(
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-",
    vertical: "|", mark: "!", now: "v", ellipsis: "~", playing: ">", paused: "||",
    arrow: ">", selected: ">", point: "o", pointSelected: "@", bullet: "-",
    rising: [".", ":", "-", "=", "+", "*", "%", "#"],
    growing: [".", ":", "-", "=", "+", "*", "%", "#"],
    shades: [".", "+", "*", "#"], hasBraille: false)
}
