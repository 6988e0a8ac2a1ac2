import Documents
import Terminal

/// Reads the text of one theme file, collecting every mistake on the way.
struct ThemeReader {
  /// A palette name and the key that it stands at.
  struct NameUse {
    let name: String
    let path: [String]
    /// Whether the name is a key of its own, in the tables of stand-ins.
    var isKey = false
  }

  var draft = ThemeDraft()
  private(set) var mistakes: [ThemeMistake] = []
  /// All uses of palette names; whether they exist is known when the parents are read.
  private var uses: [NameUse] = []
  /// Names in the palette whose colour was refused: uses of them are no further mistakes.
  var refusedColors: Set<String> = []
  private let file: String
  private let document: TOMLDocument?

  /// `file` is the file's name in messages.
  init(_ text: String, file: String) {
    self.file = file
    do {
      document = try TOMLDocument(text)
    } catch {
      document = nil
      mistakes = [
        .syntax(
          ThemeMistake.Place(file: file, line: error.line), column: error.column,
          reason: error.reason)
      ]
    }
    for field in document?.fields ?? [] { readTable(field.name, field.value) }
  }

  /// Roles in a table of a document that is no theme.
  init(
    roles fields: [DocumentValue.Field], at path: [String], of document: TOMLDocument, file: String
  ) {
    self.file = file
    self.document = document
    for field in fields { readRole(field.value, at: path + [field.name]) }
  }

  /// What a file of another format says.
  init(draft: ThemeDraft, mistakes: [ThemeMistake], file: String) {
    self.draft = draft
    self.mistakes = mistakes
    self.file = file
    document = nil
  }

  private mutating func readTable(_ name: String, _ value: DocumentValue) {
    let path = [name]
    switch name {
    case "inherits": draft.inherits = line(value, at: path)
    case "meta": forEachField(of: value, at: path) { $0.readMeta($1, at: $2) }
    case "palette": forEachField(of: value, at: path) { $0.readPalette($1, at: $2) }
    case "ansi256":
      forEachField(of: value, at: path) { reader, value, path in
        reader.draft.indices256[reader.named(path)] = reader.index(value, limit: 255, at: path)
      }
    case "ansi16":
      forEachField(of: value, at: path) { reader, value, path in
        reader.draft.indices16[reader.named(path)] = reader.index(value, limit: 15, at: path)
      }
    case "roles": forEachField(of: value, at: path) { $0.readRole($1, at: $2) }
    case "monochrome": forEachField(of: value, at: path) { $0.readMonochrome($1, at: $2) }
    case "series": readSeries(value)
    case "gradients": forEachField(of: value, at: path) { $0.readGradient($1, at: $2) }
    default: refuseKey(path, among: Self.tables)
    }
  }

  // MARK: Mistakes and places

  static let tables = [
    "inherits", "meta", "palette", "ansi256", "ansi16", "roles", "monochrome", "series",
    "gradients",
  ]

  /// The place of a key, or of the table around it.
  func place(of path: [String]) -> ThemeMistake.Place {
    ThemeMistake.Place(file: file, line: document?.line(of: path))
  }

  mutating func refuse(
    _ value: DocumentValue, at path: [String], _ expected: ThemeMistake.Expectation
  ) {
    mistakes.append(
      .wrongValue(place(of: path), key: Self.key(path), found: value, expected))
  }

  mutating func refuse(_ mistake: ThemeMistake) {
    mistakes.append(mistake)
  }

  /// Refuses a key that is none of its table's.
  mutating func refuseKey(_ path: [String], among known: [String]) {
    let nearest = path.last.flatMap { Suggestion.nearest(to: $0, in: known) }
    let suggestion = nearest.map { Self.key(path.dropLast() + [$0]) }
    mistakes.append(.unknownKey(place(of: path), key: Self.key(path), nearest: suggestion))
  }

  /// `series[2].color`
  static func key(_ path: [String]) -> String {
    path.map { part in
      let place = part.dropFirst("series[".count).dropLast()
      let isEntry = part == "series[\(place)]" && Int(place) != nil
      return isEntry ? part : TOMLText.key(part)
    }.joined(separator: ".")
  }

  mutating func forEachField(
    of value: DocumentValue, at path: [String],
    _ read: (inout ThemeReader, DocumentValue, [String]) -> Void
  ) {
    guard case .table(let fields) = value else {
      refuse(value, at: path, .table)
      return
    }
    for field in fields { read(&self, field.value, path + [field.name]) }
  }

  // MARK: Names of the palette

  /// Notes that a name of the palette is used, and returns it.
  private mutating func named(_ path: [String]) -> String {
    let name = path.last ?? ""
    uses.append(NameUse(name: name, path: path, isKey: true))
    return name
  }

  mutating func use(_ name: String, at path: [String]) -> ThemeDraft.ColorReference {
    uses.append(NameUse(name: name, path: path))
    return .named(name)
  }

  /// Refuses the names that are in neither this file's palette nor its parents'.
  mutating func checkNames(in palette: [String: UInt32]) {
    let known = palette.keys.sorted()
    for use in uses where palette[use.name] == nil && !refusedColors.contains(use.name) {
      if use.isKey {
        refuseKey(use.path, among: known)
      } else {
        let nearest = Suggestion.nearest(to: use.name, in: known)
        mistakes.append(
          .unknownColor(
            place(of: use.path), key: Self.key(use.path), name: use.name, nearest: nearest))
      }
    }
  }

  /// All mistakes in the order of the file.
  var failure: ThemeError {
    let numbered = mistakes.enumerated().map { ($1.line ?? .max, $0, $1) }
    return ThemeError(numbered.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2))
  }

  /// Refuses that a key is absent which a theme needs that has no parent to take it from.
  mutating func checkCompleteness() {
    guard document != nil else { return }
    if draft.variant == nil { refuseInheritableAbsence(of: ["meta", "variant"]) }
    if draft.series.isEmpty { refuseInheritableAbsence(of: ["series"]) }
    guard draft.series.contains(where: { $0.color != .terminal }) else { return }
    for gradient in Gradient.allCases where draft.gradients[gradient] == nil {
      refuseInheritableAbsence(of: ["gradients", gradient.name])
    }
  }

  /// A key whose value was refused is not absent.
  private mutating func refuseInheritableAbsence(of path: [String]) {
    var fields = document?.fields ?? []
    for part in path {
      guard let field = fields.first(where: { $0.name == part }) else {
        mistakes.append(.missing(place(of: path), key: Self.key(path), isInheritable: true))
        return
      }
      guard case .table(let inner) = field.value else { return }
      fields = inner
    }
  }
}
