import Terminal

extension Dashboard {
  /// What lies over the page; `nil` when nothing does.
  func overlayDialog(in size: Size) -> Dialog? {
    switch overlay {
    case nil, .prompt, .estimators: return nil
    case .palette(let palette): return paletteDialog(palette, in: size)
    case .help(let scroll):
      var dialog = helpDialog
      dialog.offset = scroll
      return dialog
    case .quit(let selected):
      return QuitDialog(selected: selected, glyphs: glyphs, keys: keys).dialog(in: size)
    }
  }

  /// The commands that fit what is typed, the chosen one marked and in view.
  private func paletteDialog(_ palette: Palette, in size: Size) -> Dialog {
    let items = palette.shown(glyphs: glyphs, keys: keys)
    let rows = Self.paletteRows(in: size)
    let first = firstItem(of: palette, count: items.count, in: size)
    let names = items.reduce(0) { max($0, $1.name.cellWidth) }
    let width = max(10, min(56, size.width - 8) - names - 4)
    var lines: [Dialog.Line] = [
      .text([Span("> ", .key), Span(palette.text), Span(" ", .text, .reverse)]), .blank,
    ]
    for (index, item) in items[first...].prefix(rows).enumerated() {
      let isSelected = first + index == palette.selected
      let mark = isSelected ? String(Character(glyphs.selected)) : " "
      let gap = String(repeating: " ", count: names - item.name.cellWidth + 2)
      let text = isSelected || item.action != nil ? item.description : item.key
      lines.append(
        .text([
          Span("\(mark) ", .accent), Span(item.name, .key),
          Span(
            gap + text.clipped(to: width, ellipsis: glyphs.ellipsis),
            isSelected ? .title : .text),
        ]))
    }
    if items.isEmpty { lines.append(.text("no command has these letters", .dim)) }
    let chosen = items.indices.contains(palette.selected) ? items[palette.selected].key : ""
    return Dialog("commands", lines: lines, footer: [Span(chosen, .dim)])
  }

  private static func paletteRows(in size: Size) -> Int { max(1, min(size.height - 6, 16)) }

  /// The first command in view, so that the chosen one is too.
  private func firstItem(of palette: Palette, count: Int, in size: Size) -> Int {
    let rows = Self.paletteRows(in: size)
    return max(0, min(palette.selected - rows / 2, count - rows))
  }

  /// The command at a place on the screen, counted among those that fit; `nil` where there is none.
  func item(of palette: Palette, at place: Point) -> Int? {
    let count = palette.shown(glyphs: glyphs, keys: keys).count
    // What is typed and a blank stand before them.
    guard let line = overlayDialog(in: size)?.layout(in: size).line(at: place), line >= 2 else {
      return nil
    }
    let item = firstItem(of: palette, count: count, in: size) + line - 2
    return item < count ? item : nil
  }

  /// All keys, from the key table.
  var helpDialog: Dialog {
    var lines: [Dialog.Line] = []
    for section in keys.sections {
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(section.heading))
      lines += section.bindings.map {
        .entry(key: $0.keyText(glyphs: glyphs), text: $0.fullDescription)
      }
    }
    if hasMouse {
      lines += [.blank, .heading(MouseGuide.heading)]
      lines += MouseGuide.gestures.map { .entry(key: $0.name, text: $0.meaning) }
    }
    return Dialog("keys", lines: lines, footer: [Span("Esc closes", .dim)])
  }

  /// Why a run never began, whole, in the middle of the page: the status line has no room for what
  /// was looked for and what to do about it. `nil` for any other run, and on the log page, where
  /// the reason stands too.
  var failureDialog: Dialog? {
    guard run.phase == .failed, run.summary == nil, let failure = run.failure, page != .log else {
      return nil
    }
    var lines = failure.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? Dialog.Line.blank : .text(String(line))
    }
    lines += [.blank, .text([Span("q", .key), Span(" leaves", .dim)])]
    return Dialog("the run could not begin", lines: lines)
  }
}
