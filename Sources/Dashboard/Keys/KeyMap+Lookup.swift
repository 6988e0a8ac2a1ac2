import Terminal

extension KeyMap {
  /// The bindings that are in force, the more special ones first.
  static func bindings(page: Page, overlay: Overlay?) -> [KeyBinding] {
    switch overlay {
    case .help: bindings.filter { $0.scope == .help || $0.scope == .always }
    case .prompt, .palette: bindings.filter { $0.scope == .always && $0.action != .interrupt }
    case .quit: bindings.filter { $0.scope == .quitDialog || $0.scope == .always }
    case nil:
      bindings.filter { $0.isFor(page) } + bindings.filter { $0.scope == .everywhere }
        + bindings.filter { $0.scope == .always }
    }
  }

  /// What a key does at present, `nil` when nothing.
  static func action(of key: Key, page: Page, overlay: Overlay?) -> Action? {
    bindings(page: page, overlay: overlay).first { $0.keys.contains(key) }?.action
  }

  /// One entry of the bottom line: keys and what they do.
  struct Hint: Equatable {
    var keys: String
    var text: String
  }

  /// The hints of the bottom line, neighbours with the same hint as one, in order of the table;
  /// those that steer only while there is something to steer.
  static func hints(
    page: Page, overlay: Overlay?, isOver: Bool, mode: Mode = .run, glyphs: Glyphs
  ) -> [Hint] {
    var hints: [Hint] = []
    // The keys that steer come first where the curves are, elsewhere those of the page.
    let ordered =
      page == .train && overlay == nil
      ? bindings.filter { $0.isInForce(page) } : bindings(page: page, overlay: overlay)
    for binding in ordered
    where !binding.hint.isEmpty && binding.action.isUseful(in: mode, isOver: isOver) {
      let key = binding.keys[0]
      let name = (glyphs.isASCII ? key.plainName : key.name)
      if let last = hints.last, last.text == binding.hint {
        hints[hints.count - 1].keys += " " + name
      } else {
        hints.append(Hint(keys: name, text: binding.hint))
      }
    }
    return hints
  }

  /// The sections of the help and of the printed list, in order, with their headings.
  package static var sections: [(heading: String, bindings: [KeyBinding])] {
    let named: [(String, (KeyScope) -> Bool)] = [
      ("Everywhere", { $0 == .everywhere || $0 == .always }),
      ("On some screens", { if case .pages = $0 { true } else { false } }),
      ("Quit dialog", { $0 == .quitDialog }),
      ("This help", { $0 == .help }),
    ]
    return named.map { heading, belongs in
      (heading, bindings.filter { belongs($0.scope) })
    }
  }
}

extension KeyBinding {
  fileprivate func isFor(_ page: Page) -> Bool {
    if case .pages(let pages) = scope { pages.contains(page) } else { false }
  }

  /// Whether it works on a page that nothing lies over.
  fileprivate func isInForce(_ page: Page) -> Bool {
    isFor(page) || scope == .everywhere || scope == .always
  }

  /// The description with the screens on which the key works, where that is not everywhere.
  package var fullDescription: String {
    guard case .pages(let pages) = scope else { return description }
    return description + " (" + pages.map(\.title).joined(separator: ", ") + ")"
  }
}
