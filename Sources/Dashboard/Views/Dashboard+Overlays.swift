import Terminal

extension Dashboard {
  /// What lies over the page; `nil` when nothing does.
  func overlayDialog(in size: Size) -> Dialog? {
    switch overlay {
    case nil, .prompt: return nil
    case .help(let scroll):
      var dialog = helpDialog
      dialog.offset = scroll
      return dialog
    case .quit(let selected): return QuitDialog(selected: selected, glyphs: glyphs).dialog(in: size)
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
