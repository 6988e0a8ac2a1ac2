import CNcurses
import Terminal

/// What ncurses needs to write a style: its attributes and the number of a pair of colours.
struct Pen {
  var attributes: attr_t = 0
  var pair: Int32 = 0
}

/// The pens of a theme. Pairs of colours are scarce on small terminals, so each is made when it is
/// first needed; when none is left, the terminal's own colours are used.
struct Pens {
  /// Indices of the terminal's palette; -1 is its own default.
  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  /// The pen made last for a place of the table; styles that share a place take turns.
  private struct Entry {
    var code = UInt32.max
    var pen = Pen()
  }

  private static let tableBits: UInt32 = 10
  private static let tableSize = 1 << 10

  private let theme: Theme
  private let depth: ColorDepth
  private var table = [Entry](repeating: Entry(), count: tableSize)
  private var pairs: [Pair: Int32] = [:]

  /// Colours must have been started unless `depth` is `.none`.
  init(theme: Theme, depth: ColorDepth) {
    self.theme = theme
    self.depth = depth
  }

  subscript(style: Style) -> Pen {
    mutating get {
      let code = style.code
      let place = Int((code &* 0x9E37_79B1) >> (32 - Self.tableBits))
      if table[place].code == code { return table[place].pen }
      let pen = makePen(style)
      table[place] = Entry(code: code, pen: pen)
      return pen
    }
  }

  private mutating func makePen(_ style: Style) -> Pen {
    let appearance = theme.appearance(of: style, depth: depth)
    guard depth != .none else { return Pen(attributes: Self.attributes(appearance.attributes)) }
    if screen_colors() < 16 {
      let text = theme.appearance(of: .text, depth: depth).foreground
      let colors = EightColors(appearance, text: text)
      return Pen(
        attributes: Self.attributes(colors.attributes),
        pair: pair(Pair(foreground: colors.foreground, background: colors.background)))
    }
    return Pen(
      attributes: Self.attributes(appearance.attributes),
      pair: pair(
        Pair(
          foreground: index(of: appearance.foreground),
          background: index(of: appearance.background))))
  }

  private static func attributes(_ emphasis: Emphasis) -> attr_t {
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= screen_bold() }
    if emphasis.contains(.dim) { attributes |= screen_dim() }
    if emphasis.contains(.underline) { attributes |= screen_underline() }
    if emphasis.contains(.reverse) { attributes |= screen_reverse() }
    return attributes
  }

  private func index(of color: Color?) -> Int32 {
    guard let color else { return -1 }
    return Int32(depth == .sixteen ? color.index16 : color.index256)
  }

  private mutating func pair(_ pair: Pair) -> Int32 {
    if pair.foreground < 0 && pair.background < 0 { return 0 }
    if let known = pairs[pair] { return known }
    let number = Int32(pairs.count + 1)
    guard number < screen_color_pairs(),
      init_extended_pair(number, pair.foreground, pair.background) == OK
    else { return 0 }
    pairs[pair] = number
    return number
  }
}
