import Terminal

/// The question how to leave a run that is not over. The answers stay in sight however small the
/// terminal is: in a box with the question, in fewer words, without a border, and at last as keys
/// on one line.
struct QuitDialog {
  var selected: QuitChoice
  var glyphs: Glyphs
  var keys: KeyTable

  /// The longest form that is shown in full.
  func dialog(in size: Size) -> Dialog {
    let question: [Dialog.Line] = [.text("The run is not over yet."), .blank]
    let forms = [
      Dialog(
        "quit?", lines: question + answers(\.text, gap: 4),
        footer: [Span("Ctrl-C: stop, save and quit", .dim)]),
      Dialog("quit?", lines: question + answers(\.shortText, gap: 2)),
      Dialog("quit?", lines: answers(\.shortText, gap: 2)),
      Dialog("quit?", lines: answers(\.word, gap: 1)),
      Dialog("quit?", lines: [.text(line { " " + $0.word })]),
      Dialog("quit?", lines: [.text(line { _ in "" })]),
    ]
    return forms.first { $0.fits(in: size) } ?? Dialog("quit?", lines: [.text([selectedKey])])
  }

  /// The answer in a line of one of the forms; they stand last, one a line, where there are lines.
  static func choice(inLine line: Int, of dialog: Dialog) -> QuitChoice? {
    let choices = QuitChoice.allCases
    let first = dialog.lines.count - choices.count
    return first >= 0 && line >= first ? choices[min(line - first, choices.count - 1)] : nil
  }

  /// One answer a row, the selected one marked.
  private func answers(_ text: (QuitChoice) -> String, gap: Int) -> [Dialog.Line] {
    let keyWidth = QuitChoice.allCases.reduce(0) { max($0, key(of: $1).cellWidth) }
    return QuitChoice.allCases.map { choice in
      let isSelected = choice == selected
      let marker = isSelected ? String(Character(glyphs.selected)) : " "
      let blanks = String(repeating: " ", count: keyWidth - key(of: choice).cellWidth + gap)
      return .text([
        Span(gap > 1 ? "\(marker) " : marker, .accent), Span(key(of: choice), .key),
        Span(blanks + text(choice), isSelected ? .title : .text, isSelected ? .bold : []),
      ])
    }
  }

  /// All answers on one line.
  private func line(_ text: (QuitChoice) -> String) -> [Span] {
    QuitChoice.allCases.flatMap { choice in
      let key = choice == selected ? selectedKey : Span(key(of: choice), .key)
      let gap = choice == QuitChoice.allCases.first ? [] : [Span(" ")]
      return gap + [key, Span(text(choice))]
    }
  }

  /// The key of an answer in the table, a letter where it has one.
  private func key(of choice: QuitChoice) -> String {
    let found = keys.bindings.first { $0.action == .choose(choice) }?.keys ?? []
    return found.map(\.plainName).min { $0.count < $1.count } ?? ""
  }

  private var selectedKey: Span { Span(key(of: selected), .key, .reverse) }
}

extension QuitChoice {
  fileprivate var text: String {
    switch self {
    case .stopAndSave: "stop after this batch, save and quit"
    case .withoutSaving: "quit at once without saving"
    case .cancel: "cancel and go on"
    }
  }

  fileprivate var shortText: String {
    switch self {
    case .stopAndSave: "save & quit"
    case .withoutSaving: "quit unsaved"
    case .cancel: "go on"
    }
  }

  fileprivate var word: String {
    switch self {
    case .stopAndSave: "save"
    case .withoutSaving: "leave"
    case .cancel: "stay"
    }
  }
}
