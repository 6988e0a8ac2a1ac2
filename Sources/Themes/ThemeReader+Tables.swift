import Documents
import Terminal

/// The tables of a theme file.
extension ThemeReader {
  mutating func readMeta(_ value: DocumentValue, at path: [String]) {
    switch path.last {
    case "variant": draft.variant = word(value, at: path)
    case "about": draft.about = line(value, at: path)
    case "source": _ = line(value, at: path)
    default: refuseKey(path, among: ["variant", "about", "source"])
    }
  }

  mutating func readPalette(_ value: DocumentValue, at path: [String]) {
    let name = path.last ?? ""
    // Neither name could be referred to.
    guard name != "default", !name.hasPrefix("#") else {
      refuseKey(path, among: [])
      return
    }
    draft.palette[name] = rgb(value, at: path)
    if draft.palette[name] == nil { refusedColors.insert(name) }
  }

  /// A colour, or a table of colours and attributes.
  mutating func readRole(_ value: DocumentValue, at path: [String]) {
    if path.last == "background" {
      draft.background = reference(value, at: path)
      return
    }
    guard let role = role(at: path) else { return }
    guard case .table(let fields) = value else {
      if let foreground = reference(value, at: path, .role) {
        draft.roles[role] = ThemeDraft.RoleEntry(foreground: foreground)
      }
      return
    }
    var entry = ThemeDraft.RoleEntry()
    for field in fields {
      let path = path + [field.name]
      switch field.name {
      case "foreground": entry.foreground = reference(field.value, at: path) ?? .terminal
      case "background": entry.background = reference(field.value, at: path) ?? .terminal
      case "attributes": entry.attributes = attributes(field.value, at: path) ?? []
      default: refuseKey(path, among: ["foreground", "background", "attributes"])
      }
    }
    draft.roles[role] = entry
  }

  mutating func readMonochrome(_ value: DocumentValue, at path: [String]) {
    guard let role = role(at: path) else { return }
    draft.monochrome[role] = attributes(value, at: path)
  }

  /// The role that a key names; refuses one that there is not.
  private mutating func role(at path: [String]) -> Role.Plain? {
    let role = Role.Plain.allCases.first { $0.name == path.last }
    guard role == nil else { return role }
    let others =
      switch path.first {
      case "roles": ["background"]
      case ThemeSettings.key: ["background", "name"]
      default: [String]()
      }
    refuseKey(path, among: Role.Plain.allCases.map(\.name) + others)
    return nil
  }

  mutating func readGradient(_ value: DocumentValue, at path: [String]) {
    guard let gradient = Gradient.allCases.first(where: { $0.name == path.last }) else {
      refuseKey(path, among: Gradient.allCases.map(\.name))
      return
    }
    let names = ["start", "middle", "end"]
    var colors: [String: ThemeDraft.ColorReference] = [:]
    let before = mistakes.count
    forEachField(of: value, at: path) { reader, value, path in
      guard let name = path.last, names.contains(name) else {
        reader.refuseKey(path, among: names)
        return
      }
      let color = reader.reference(value, at: path, .ownColor)
      if color == .terminal { reader.refuse(value, at: path, .ownColor) }
      colors[name] = color
    }
    if let start = colors["start"], let middle = colors["middle"], let end = colors["end"] {
      draft.gradients[gradient] = ThemeDraft.GradientEntry(start: start, middle: middle, end: end)
    } else if mistakes.count == before {
      for name in names where colors[name] == nil {
        refuseAbsence(of: path + [name])
      }
    }
  }

  /// Refuses that a key is absent without which its table says nothing.
  private mutating func refuseAbsence(of path: [String]) {
    refuse(.missing(place(of: path), key: Self.key(path), isInheritable: false))
  }

  // MARK: Series

  private static let allowedSeries = 1...16

  mutating func readSeries(_ value: DocumentValue) {
    guard case .list(let entries) = value else {
      refuse(value, at: ["series"], .tables)
      return
    }
    guard Self.allowedSeries.contains(entries.count) else {
      refuse(.integer(entries.count), at: ["series"], .seriesCount(Self.allowedSeries))
      return
    }
    for (index, entry) in entries.enumerated() {
      let path = ["series[\(index + 1)]"]
      guard case .table(let fields) = entry else {
        refuse(entry, at: path, .table)
        continue
      }
      readSeries(fields, mark: SeriesMark.byPlace[index], at: path)
    }
    if draft.series.count == entries.count {
      checkMarkers()
      checkColors()
    }
  }

  private mutating func readSeries(
    _ fields: [DocumentValue.Field], mark: SeriesMark, at path: [String]
  ) {
    var (color, mark) = (nil as ThemeDraft.ColorReference?, mark)
    let before = mistakes.count
    for field in fields {
      let path = path + [field.name]
      switch field.name {
      case "color": color = reference(field.value, at: path)
      case "marker": mark.marker = marker(field.value, at: path) ?? mark.marker
      case "line": mark.line = word(field.value, at: path) ?? mark.line
      default: refuseKey(path, among: ["color", "marker", "line"])
      }
    }
    if let color {
      draft.series.append(ThemeDraft.SeriesEntry(color: color, mark: mark))
    } else if mistakes.count == before {
      refuseAbsence(of: path + ["color"])
    }
  }

  private mutating func checkMarkers() {
    var first: [Unicode.Scalar: String] = [:]
    for (index, series) in draft.series.enumerated() {
      let path = ["series[\(index + 1)]", "marker"]
      let marker = series.mark.marker
      if let other = first[marker] {
        refuse(
          .repeatedMarker(place(of: path), key: Self.key(path), marker: marker, first: other))
      } else {
        first[marker] = "series[\(index + 1)]"
      }
    }
  }

  /// Either all series have colours, or none: then the theme is one without colours.
  private mutating func checkColors() {
    let isColored = draft.series.contains { $0.color != .terminal }
    for (index, series) in draft.series.enumerated() where isColored && series.color == .terminal {
      let path = ["series[\(index + 1)]", "color"]
      refuse(.mixedSeries(place(of: path), key: Self.key(path)))
    }
  }
}
