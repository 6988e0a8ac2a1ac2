import Terminal

/// What a theme file says, before names of colours are looked up. The draft of a file that inherits
/// holds what it says itself; ``inheriting(_:)`` puts it over its parent's.
struct ThemeDraft: Equatable {
  /// The colour that a role, series or gradient asks for.
  enum ColorReference: Equatable {
    /// An entry of the palette.
    case named(String)
    case color(Color)
    /// The terminal's own.
    case terminal
  }

  /// How cells of a role look.
  struct RoleEntry: Equatable {
    var foreground = ColorReference.terminal
    var background = ColorReference.terminal
    var attributes: Emphasis = []
  }

  /// One entry of `[[series]]`.
  struct SeriesEntry: Equatable {
    var color: ColorReference
    var mark: SeriesMark
  }

  /// One table of `[gradients]`.
  struct GradientEntry: Equatable {
    var start: ColorReference
    var middle: ColorReference
    var end: ColorReference
  }

  var inherits: String?
  var variant: Theme.Variant?
  var about: String?
  /// Colours as 0xRRGGBB by name, and their stand-ins where the file gives them.
  var palette: [String: UInt32] = [:]
  var indices256: [String: UInt8] = [:]
  var indices16: [String: UInt8] = [:]
  var background: ColorReference?
  var roles: [Role.Plain: RoleEntry] = [:]
  var monochrome: [Role.Plain: Emphasis] = [:]
  var series: [SeriesEntry] = []
  var gradients: [Gradient: GradientEntry] = [:]

  /// This draft over its parent's: what it does not say is the parent's. Colours that the parent
  /// names are looked up later, and so change with the palette.
  func inheriting(_ parent: ThemeDraft) -> ThemeDraft {
    var draft = parent
    draft.inherits = nil
    draft.variant = variant ?? parent.variant
    draft.about = about ?? parent.about
    // The parent's stand-ins are for the parent's colours.
    for name in palette.keys {
      draft.indices256[name] = nil
      draft.indices16[name] = nil
    }
    draft.palette.merge(palette) { $1 }
    draft.indices256.merge(indices256) { $1 }
    draft.indices16.merge(indices16) { $1 }
    draft.background = background ?? parent.background
    draft.roles.merge(roles) { $1 }
    draft.monochrome.merge(monochrome) { $1 }
    if !series.isEmpty { draft.series = series }
    draft.gradients.merge(gradients) { $1 }
    return draft
  }

  /// The theme, with every name looked up; a name that is not in the palette is the terminal's own
  /// colour, but readers refuse such names.
  func theme(named name: String) -> Theme {
    let text = roles[.text]
    let colors = series.compactMap { color($0.color) }
    let gradients = gradients.compactMapValues { entry -> GradientColors? in
      guard let start = color(entry.start), let middle = color(entry.middle),
        let end = color(entry.end)
      else { return nil }
      return GradientColors(start: start, middle: middle, end: end)
    }
    return Theme(
      name: name, variant: variant ?? .dark, background: background.flatMap(color),
      foreground: text.flatMap { color($0.foreground) },
      roles: roles.mapValues {
        Appearance(
          foreground: color($0.foreground), background: color($0.background),
          attributes: $0.attributes)
      },
      series: colors, marks: series.map(\.mark),
      monochrome: Theme.standardMonochrome.merging(monochrome) { $1 }, gradients: gradients)
  }

  private func color(_ reference: ColorReference) -> Color? {
    switch reference {
    case .named(let name):
      palette[name].map { Color($0, index256: indices256[name], index16: indices16[name]) }
    case .color(let color): color
    case .terminal: nil
    }
  }
}
