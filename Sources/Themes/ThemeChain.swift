import Documents

/// Where the text of a theme is.
enum ThemeSource: Equatable {
  case file(name: String, path: String)
  case shipped(name: String)

  var name: String {
    switch self {
    case .file(let name, _), .shipped(let name): name
    }
  }

  /// The file in messages.
  var file: String {
    switch self {
    case .file(_, let path): path
    case .shipped(let name): "the built-in \(name).toml"
    }
  }
}

/// Reads a theme and those that it inherits from.
struct ThemeChain {
  let library: ThemeLibrary
  /// Roles that have other colours than the theme gives them.
  var changes: ThemeReader?

  /// A theme that was read, with those that it inherits from: it comes first.
  private struct Link {
    let source: ThemeSource
    var reader: ThemeReader
  }

  func load(_ source: ThemeSource) throws(ThemeError) -> LoadedTheme {
    var links = [try read(source)]
    while let last = links.last, let name = last.reader.draft.inherits {
      let parent = try self.parent(named: name, of: links.map(\.source), reader: last.reader)
      links.append(try read(parent))
    }
    var draft = ThemeDraft()
    for index in links.indices.reversed() {
      if index == links.count - 1 { links[index].reader.checkCompleteness() }
      draft = links[index].reader.draft.inheriting(draft)
      links[index].reader.checkNames(in: draft.palette)
      if !links[index].reader.mistakes.isEmpty { throw links[index].reader.failure }
    }
    if var changes {
      draft = changes.draft.inheriting(draft)
      changes.checkNames(in: draft.palette)
      if !changes.mistakes.isEmpty { throw changes.failure }
    }
    let files = links.compactMap { link -> String? in
      if case .file(_, let path) = link.source { path } else { nil }
    }
    return LoadedTheme(
      theme: draft.theme(named: source.name), about: links[0].reader.draft.about, files: files)
  }

  /// A theme may have the name of the one that it inherits from, to change a shipped one: each
  /// source is used once.
  private func parent(
    named name: String, of chain: [ThemeSource], reader: ThemeReader
  ) throws(ThemeError) -> ThemeSource {
    if let parent = library.source(named: name, excluding: chain) { return parent }
    var reader = reader
    let place = reader.place(of: ["inherits"])
    if chain.contains(where: { $0.name == name }) {
      reader.refuse(.cycle(place, names: chain.map(\.name) + [name]))
    } else {
      let known = library.names
      let nearest = ThemeLibrary.nearest(to: name, in: known)
      reader.refuse(
        .missingTheme(place, key: "inherits", name: name, nearest: nearest, known: known))
    }
    throw reader.failure
  }

  private func read(_ source: ThemeSource) throws(ThemeError) -> Link {
    switch source {
    case .shipped(let name):
      let text = ShippedThemes.file(named: name)?.text ?? ""
      return Link(source: source, reader: ThemeReader(text, file: source.file))
    case .file(_, let path):
      let text: String
      do {
        text = try TextFile.read(path)
      } catch {
        throw ThemeError([.file(error)])
      }
      let reader =
        path.hasSuffix(".theme")
        ? BtopFile(text, file: path).reader : ThemeReader(text, file: path)
      return Link(source: source, reader: reader)
    }
  }
}
