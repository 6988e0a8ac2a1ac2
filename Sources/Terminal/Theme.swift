/// How many colours a terminal shows.
package enum ColorDepth: CaseIterable, Hashable, Sendable {
  case none, sixteen, twoHundredFiftySix
}

/// How a cell looks; a colour that is nil is the terminal's own.
package struct Appearance: Hashable, Sendable {
  package var foreground: Color?
  package var background: Color?
  package var attributes: Emphasis

  package init(
    foreground: Color? = nil, background: Color? = nil, attributes: Emphasis = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// The colours of one named gradient.
package struct GradientColors: Hashable, Sendable {
  package var start: Color
  package var middle: Color
  package var end: Color

  package init(start: Color, middle: Color, end: Color) {
    self.start = start
    self.middle = middle
    self.end = end
  }

  /// The colour of a level, 0 at the start and 255 at the end. Only `steps` colours are used, as a
  /// terminal pays for every change of colour.
  func color(level: UInt8, steps: Int = 16) -> Color {
    let step = Int(level) * steps / 256
    let place = Double(step) / Double(max(1, steps - 1))
    return place < 0.5
      ? start.mixed(with: middle, fraction: place * 2)
      : middle.mixed(with: end, fraction: place * 2 - 1)
  }
}

/// A set of colours by name: what each role looks like.
package struct Theme: Hashable, Sendable {
  /// The kind of background that a theme is made for.
  package enum Variant: String, CaseIterable, Hashable, Sendable {
    case dark, light
  }

  package var name: String
  package var variant: Variant
  /// The colours of the ground and of plain text; nil leaves the terminal's own.
  package var background: Color?
  package var foreground: Color?
  /// Roles that have an appearance of their own; the others look like plain text.
  package private(set) var roles: [Role.Plain: Appearance]
  /// The colours of series in order; empty in a theme without colours.
  package private(set) var series: [Color]
  /// What tells series apart without colour.
  package private(set) var marks: [SeriesMark]
  /// Attributes in place of colours, where there are none.
  package private(set) var monochrome: [Role.Plain: Emphasis]
  package private(set) var gradients: [Gradient: GradientColors]
  /// Each gradient's levels, made once: mixing a colour searches the palette.
  private var levels: [Gradient: [Color]]
  /// The quieter twins of the series' colours.
  private var dimmedSeries: [Color]

  package init(
    name: String, variant: Variant, background: Color? = nil, foreground: Color? = nil,
    roles: [Role.Plain: Appearance], series: [Color], marks: [SeriesMark] = SeriesMark.standard,
    monochrome: [Role.Plain: Emphasis] = standardMonochrome,
    gradients: [Gradient: GradientColors]
  ) {
    self.name = name
    self.variant = variant
    self.background = background
    self.foreground = foreground
    self.roles = roles
    self.series = series
    self.marks = marks
    self.monochrome = monochrome
    self.gradients = gradients
    levels = gradients.mapValues { colors in (0..<16).map { colors.color(level: UInt8($0 * 16)) } }
    let ground = background ?? Color(variant == .dark ? 0x000000 : 0xFFFFFF)
    dimmedSeries = series.map { $0.mixed(with: ground, fraction: 0.45) }
  }

  /// Whether the theme has attributes and markers only.
  package var isColorless: Bool { series.isEmpty }

  /// The ground of pictures, which have no terminal behind them.
  package var pictureBackground: Color {
    background ?? Color(variant == .dark ? 0x000000 : 0xFFFFFF)
  }

  /// Plain text of pictures.
  package var pictureForeground: Color {
    foreground ?? Color(variant == .dark ? 0xFFFFFF : 0x000000)
  }

  /// How a cell of `style` looks on a terminal with `depth` colours.
  package func appearance(of style: Style, depth: ColorDepth) -> Appearance {
    var appearance = appearance(of: style.role, depth: depth)
    if depth == .none || isColorless {
      appearance = colorless(appearance, role: style.role)
    } else {
      appearance.foreground = appearance.foreground ?? foreground
      appearance.background = appearance.background ?? background
    }
    appearance.attributes.formUnion(style.emphasis)
    return appearance
  }

  private func appearance(of role: Role, depth: ColorDepth) -> Appearance {
    switch role.kind {
    case .plain(let plain):
      return roles[plain] ?? Appearance()
    case .series(let index, let isDimmed):
      guard !series.isEmpty else { return Appearance() }
      // A colour of its own costs a terminal fewer bytes than an attribute to be set and reset.
      if isDimmed && depth == .twoHundredFiftySix {
        return Appearance(foreground: dimmedSeries[index % series.count])
      }
      return Appearance(
        foreground: series[index % series.count], attributes: isDimmed ? .dim : [])
    case .gradient(let gradient, let level):
      return Appearance(foreground: levels[gradient]?[Int(level) / 16])
    }
  }

  /// Attributes in place of colours.
  private func colorless(_ appearance: Appearance, role: Role) -> Appearance {
    var attributes = appearance.attributes
    switch role.kind {
    case .plain(let plain):
      attributes.formUnion(monochrome[plain] ?? [])
    case .series(_, let isDimmed):
      if isDimmed { attributes.insert(.dim) }
    case .gradient(.signed, let level):
      // Negative counts would otherwise look like positive ones.
      if level < 128 { attributes.insert(.underline) }
    case .gradient(_, let level):
      if level >= 192 { attributes.insert(.bold) }
    }
    return Appearance(attributes: attributes)
  }

  /// The attributes of a theme that names none.
  package static let standardMonochrome: [Role.Plain: Emphasis] = [
    .dim: .dim, .title: .bold, .key: .bold, .border: .dim, .borderFocused: .bold,
    .accent: .bold, .selection: .reverse, .warning: .bold, .error: [.bold, .reverse],
    .cursor: .reverse, .mark: .dim, .target: .dim,
  ]
}
