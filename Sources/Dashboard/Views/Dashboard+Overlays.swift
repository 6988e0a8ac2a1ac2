import Terminal

extension Dashboard {
  func drawOverlay(on canvas: Canvas) {
    switch overlay {
    case nil: return
    case .help(let scroll):
      var dialog = helpDialog
      dialog.offset = scroll
      dialog.draw(on: canvas)
    case .quit(let selected): quitDialog(selected: selected).draw(on: canvas)
    }
  }

  /// All keys, from the key table.
  var helpDialog: Dialog {
    var lines: [Dialog.Line] = []
    for section in KeyMap.sections {
      if !lines.isEmpty { lines.append(.blank) }
      lines.append(.heading(section.heading))
      lines += section.bindings.map {
        .entry(key: $0.keyText(glyphs: glyphs), text: $0.fullDescription)
      }
    }
    return Dialog("keys", lines: lines, footer: [Span("Esc closes", .dim)])
  }

  private func quitDialog(selected: QuitChoice) -> Dialog {
    var lines: [Dialog.Line] = [.text("The run is not over yet."), .blank]
    for choice in QuitChoice.allCases {
      let isSelected = choice == selected
      let marker = isSelected ? String(Character(glyphs.selected)) : " "
      lines.append(
        .text([
          Span("\(marker) ", .accent), Span(choice.key, .key),
          Span(
            String(repeating: " ", count: max(1, 5 - choice.key.count)) + choice.text,
            isSelected ? .title : .text, isSelected ? .bold : []),
        ]))
    }
    return Dialog("quit?", lines: lines, footer: [Span("Ctrl-C: stop, save and quit", .dim)])
  }
}

extension QuitChoice {
  /// The key of the answer in the table.
  fileprivate var key: String {
    KeyMap.bindings.first { $0.action == .choose(self) }?.keys.first?.plainName ?? ""
  }

  fileprivate var text: String {
    switch self {
    case .stopAndSave: "stop after this batch, save and quit"
    case .withoutSaving: "quit at once without saving"
    case .cancel: "cancel and go on"
    }
  }
}
