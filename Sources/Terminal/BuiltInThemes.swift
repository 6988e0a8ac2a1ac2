extension Theme {
  /// The markers of series, told apart in any font.
  private static let plainMarkers: [Unicode.Scalar] = ["·", "+", "x", "o", "#", "*", "@", "%"]

  /// The default: eight colours that stay apart for colour-blind eyes, on a dark background.
  package static let okabeIto = Theme(
    name: "okabe-ito", variant: .dark, background: Color(0x101014), foreground: Color(0xD8D8D8),
    roles: [
      .dim: gray(0x808080, 244), .title: gray(0xEEEEEE, 255),
      .key: colored(0xD7D7AF, 187, 15), .border: gray(0x585858, 240),
      .borderFocused: gray(0xBCBCBC, 250), .accent: colored(0xAFAFFF, 147, 12),
      .selection: Appearance(
        foreground: Color(0xFFFFFF, index256: 231, index16: 15),
        background: Color(0x303A46, index256: 237, index16: 4)),
      .good: colored(0x2BBF93, 36, 10), .warning: colored(0xF0E442, 220, 11),
      .error: colored(0xFF6E4A, 203, 9),
      .cursor: Appearance(attributes: .reverse),
      .mark: gray(0xA08050, 137, sixteen: 3), .target: colored(0xCC79A7, 175, 13),
    ],
    series: [
      Color(0xE69F00, index256: 178, index16: 11), Color(0x56B4E9, index256: 74, index16: 14),
      Color(0x009E73, index256: 36, index16: 10), Color(0xF0E442, index256: 220, index16: 3),
      Color(0x0072B2, index256: 25, index16: 12), Color(0xD55E00, index256: 166, index16: 9),
      Color(0xCC79A7, index256: 175, index16: 13), Color(0x999999, index256: 246, index16: 7),
    ],
    markers: plainMarkers,
    gradients: [
      .rate: GradientColors(
        start: Color(0x575D6D), middle: Color(0xA69D75), end: Color(0xFEE838)),
      .bits: GradientColors(
        start: Color(0x35608D), middle: Color(0x21A585), end: Color(0xDDE318)),
      .signed: GradientColors(
        start: Color(0x5FAFFF), middle: Color(0x6A6A6A), end: Color(0xFFAF00)),
    ])

  /// No colours at all: attributes, markers and line styles tell things apart.
  package static let mono = Theme(
    name: "mono", variant: .dark, background: Color(0x000000), foreground: Color(0xFFFFFF),
    roles: [:], series: [], markers: plainMarkers, gradients: [:])

  /// The themes that are compiled in.
  package static let builtIn = [okabeIto, mono]

  private static func colored(_ rgb: UInt32, _ index: UInt8, _ sixteen: UInt8) -> Appearance {
    Appearance(foreground: Color(rgb, index256: index, index16: sixteen))
  }

  private static func gray(_ rgb: UInt32, _ index: UInt8, sixteen: UInt8? = nil) -> Appearance {
    Appearance(
      foreground: Color(rgb, index256: index, index16: sixteen ?? (rgb > 0xA0A0A0 ? 15 : 8)))
  }
}
