import Engine
package import Terminal

/// The keys that are in use: the standard ones, or as the user has them.
package struct KeyTable: Sendable, Equatable {
  package private(set) var bindings: [KeyBinding]

  package static let standard = KeyTable(bindings: KeyMap.bindings)

  /// Gives commands other keys, by their names. Such a key means nothing else any more where the
  /// command is in force.
  package func remapped(
    _ keys: [(name: String, keys: [Key])]
  ) throws(KeyTableError) -> KeyTable {
    var table = self
    var given: [(name: String, key: Key, scope: KeyScope)] = []
    for (name, keys) in keys {
      guard let index = bindings.firstIndex(where: { $0.name == name }) else {
        throw .unknownCommand(name)
      }
      let scope = bindings[index].scope
      for key in keys {
        guard key != .control("c") || name == "interrupt" else { throw .reserved(key) }
        if case .character = key, scope == .always { throw .typed(key, name) }
        if let other = given.first(where: { $0.key == key && $0.scope.meets(scope) }) {
          throw .givenTwice(key, other.name, name)
        }
        given.append((name, key, scope))
        for place in table.bindings.indices where table.bindings[place].scope.meets(scope) {
          // The keys of a screen come before those of all, which keep it elsewhere.
          if case .pages = scope, table.bindings[place].scope == .everywhere { continue }
          table.bindings[place].keys.removeAll { $0 == key }
        }
      }
    }
    for (name, keys) in keys {
      guard let index = bindings.firstIndex(where: { $0.name == name }) else { continue }
      table.bindings[index].keys = keys
      // An interrupt of the terminal comes as this key.
      if name == "interrupt", !keys.contains(.control("c")) {
        table.bindings[index].keys.append(.control("c"))
      }
    }
    return table
  }

  /// The bindings that are in force, the more special ones first.
  func bindings(page: Page, overlay: Overlay?) -> [KeyBinding] {
    switch overlay {
    case .help: bindings.filter { $0.scope == .help || $0.scope == .always }
    case .prompt, .palette, .estimators:
      bindings.filter { $0.scope == .always && $0.action != .interrupt }
    case .quit: bindings.filter { $0.scope == .quitDialog || $0.scope == .always }
    case nil:
      bindings.filter { $0.isFor(page) } + bindings.filter { $0.scope == .everywhere }
        + bindings.filter { $0.scope == .always }
    }
  }

  /// What a key does at present, `nil` when nothing.
  func action(of key: Key, page: Page, overlay: Overlay?) -> Action? {
    bindings(page: page, overlay: overlay).first { $0.keys.contains(key) }?.action
  }

  /// One entry of the bottom line: keys and what they do.
  struct Hint: Equatable {
    var keys: String
    var text: String
  }

  /// The hints of the bottom line, neighbours with the same hint as one, in order of the table;
  /// those that steer only while there is something to steer.
  func hints(
    page: Page, overlay: Overlay?, isOver: Bool, hasSites: Bool = true,
    hasSurrogates: Bool = false, curves: LearnedActivations? = nil, isSimulation: Bool = false,
    mode: Mode = .run, glyphs: Glyphs
  ) -> [Hint] {
    var hints: [Hint] = []
    // The keys that steer come first where the curves are, elsewhere those of the page.
    var ordered =
      page == .train && overlay == nil
      ? bindings.filter { $0.isInForce(page) } : bindings(page: page, overlay: overlay)
    if overlay == nil {
      ordered =
        ordered.filter { $0.action.leads(on: page) }
        + ordered.filter { !$0.action.leads(on: page) }
    }
    for binding in ordered
    where !binding.hint.isEmpty && !binding.keys.isEmpty
      && binding.action.isUseful(
        in: mode, isOver: isOver, hasSites: hasSites, hasSurrogates: hasSurrogates,
        curves: curves, isSimulation: isSimulation, on: page)
    {
      let hint = isSimulation && binding.action == .stepBatch ? "step" : binding.hint
      let key = binding.keys[0]
      let name = (glyphs.isASCII ? key.plainName : key.name)
      if let last = hints.last, last.text == hint {
        hints[hints.count - 1].keys += " " + name
      } else {
        hints.append(Hint(keys: name, text: hint))
      }
    }
    return hints
  }

  /// The sections of the help and of the printed list, in order, with their headings.
  package var sections: [(heading: String, bindings: [KeyBinding])] {
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
    // Of many it is shorter to name the others.
    let others = Page.allCases.filter { !pages.contains($0) }
    let isMost = others.count < pages.count
    let names = (isMost ? others : pages).map(\.title).joined(separator: ", ")
    return description + " (" + (isMost ? "all but \(names)" : names) + ")"
  }
}

/// Why keys are not taken.
package enum KeyTableError: Error, Sendable, Equatable {
  case unknownCommand(String)
  /// A key that two commands are to have in one place.
  case givenTwice(Key, String, String)
  /// Ctrl-C ends the program.
  case reserved(Key)
  /// A character for a command that works while texts are typed.
  case typed(Key, String)
}

extension KeyScope {
  /// Whether two bindings can be in force at once.
  fileprivate func meets(_ other: KeyScope) -> Bool {
    switch (self, other) {
    case (.always, _), (_, .always): true
    case (.pages(let left), .pages(let right)): left.contains { right.contains($0) }
    case (.everywhere, .pages), (.pages, .everywhere), (.everywhere, .everywhere): true
    default: self == other
    }
  }
}
