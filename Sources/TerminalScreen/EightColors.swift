import Terminal

/// How an appearance looks on a terminal with eight colours, where the bright ones are the others in
/// bold.
///
/// Bold black is black on many such terminals: grey is the theme's plain text, dimmed. And two
/// colours that differ in brightness only become one: text that would vanish into its ground is the
/// theme's plain text too, or, where that would vanish as well, black or white.
struct EightColors: Equatable {
  /// Indices of the terminal's palette; -1 is its own default.
  var foreground: Int32
  var background: Int32
  var attributes: Emphasis

  private static let brightBlack: Int32 = 8
  private static let white: Int32 = 7

  /// `text` is the colour of the theme's plain text.
  init(_ appearance: Appearance, text: Color?) {
    let wanted = appearance.foreground.map { Int32($0.index16) } ?? -1
    attributes = appearance.attributes
    background = appearance.background.map { Self.folded(Int32($0.index16)) } ?? -1
    foreground = Self.folded(wanted)
    if wanted > Self.brightBlack { attributes.insert(.bold) }
    if wanted == Self.brightBlack || (foreground == background && foreground >= 0) {
      foreground = text.map { Self.folded(Int32($0.index16)) } ?? -1
      attributes.insert(.dim)
    }
    if background >= 0 && (foreground == background || foreground < 0) {
      foreground = background == 0 ? Self.white : 0
    }
  }

  private static func folded(_ index: Int32) -> Int32 {
    index >= brightBlack ? index - brightBlack : index
  }
}
