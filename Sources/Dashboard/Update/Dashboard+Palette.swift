import Terminal

/// What keys do while a command is chosen.
extension Dashboard {
  mutating func choose(_ key: Key, from palette: Palette) -> [Effect] {
    var palette = palette
    let count = palette.shown(glyphs: glyphs, keys: keys).count
    switch key {
    case .escape, .control("p"), .control("c"):
      overlay = nil
      return key == .control("c") && isQuitting ? [.quit] : []
    case .enter: return carryOut(palette)
    case .up: palette.selected = max(0, palette.selected - 1)
    case .down: palette.selected = min(max(0, count - 1), palette.selected + 1)
    case .pageUp: palette.selected = max(0, palette.selected - 10)
    case .pageDown: palette.selected = min(max(0, count - 1), palette.selected + 10)
    case .character(let character) where palette.text.count < 40:
      palette.text.append(character)
      palette.selected = 0
    case .backspace:
      _ = palette.text.popLast()
      palette.selected = 0
    case .control("u"): palette = Palette()
    default: break
    }
    overlay = .palette(palette)
    return []
  }

  private mutating func carryOut(_ palette: Palette) -> [Effect] {
    let shown = palette.shown(glyphs: glyphs, keys: keys)
    overlay = nil
    guard shown.indices.contains(palette.selected) else { return [] }
    let item = shown[palette.selected]
    if let action = item.action { return perform(action) }
    overlay = .prompt(Prompt(.command, item.name + " "))
    return []
  }
}
