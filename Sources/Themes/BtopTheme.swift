import Terminal

/// Turns the colours of a btop theme into our roles, series and gradients. What it has no colour
/// for is that of a shipped theme for its kind of background, made to be readable.
struct BtopTheme {
  private let colors: [String: Color]
  private let variant: Theme.Variant
  /// The background, or what is likely to be behind a theme without one.
  private let ground: Color
  /// Gives what the file has no colour for.
  private let fallback: Theme

  /// Contrast that texts and lines have at least.
  private static let readableContrast = 3.0
  private static let seriesCount = 8
  /// Distances between series, wished for and then less.
  private static let seriesDistances = [0.08, 0.04, 0]
  /// Colours darker than this in OKLab count as dark.
  private static let middleLightness = 0.6

  /// `colors` are by btop's keys.
  init(colors: [String: Color]) {
    self.colors = colors
    let isLight =
      colors["main_bg"].map { $0.lightness > Self.middleLightness }
      ?? colors["main_fg"].map { $0.lightness < Self.middleLightness } ?? false
    variant = isLight ? .light : .dark
    ground = colors["main_bg"] ?? Color(isLight ? 0xFFFFFF : 0x000000)
    fallback = isLight ? ThemeLibrary.standardLight : ThemeLibrary.standard
  }

  var draft: ThemeDraft {
    var draft = ThemeDraft()
    draft.variant = variant
    draft.background = reference(colors["main_bg"])
    draft.roles = roles
    draft.series = zip(series, SeriesMark.byPlace).map {
      ThemeDraft.SeriesEntry(color: .color($0), mark: $1)
    }
    let standard = fallback.gradients
    let rate = gradient("cpu")
    let others = BtopFile.gradients.lazy.compactMap(gradient).filter { $0 != rate }
    draft.gradients[.rate] = rate ?? standard[.rate].map(entry)
    draft.gradients[.bits] = others.first ?? standard[.bits].map(entry)
    draft.gradients[.signed] = standard[.signed].map(entry)
    return draft
  }

  // MARK: Roles

  private var roles: [Role.Plain: ThemeDraft.RoleEntry] {
    let keys: [Role.Plain: [String]] = [
      .title: ["title"], .key: ["hi_fg"], .dim: ["inactive_fg"],
      .border: ["div_line", "proc_box"], .borderFocused: [focusedBorder], .accent: ["proc_misc"],
      .mark: ["graph_text"], .target: ["net_box", "mem_box"],
    ]
    var roles = keys.mapValues { keys in
      ThemeDraft.RoleEntry(foreground: reference(keys.lazy.compactMap { colors[$0] }.first))
    }
    for (role, entry) in roles where role != .border {
      let color = if case .color(let color) = entry.foreground { color } else { standard(role) }
      roles[role]?.foreground = reference(color.map(readable))
    }
    if roles[.border]?.foreground == .terminal {
      roles[.border]?.foreground = reference(standard(.border))
    }
    roles[.text] = ThemeDraft.RoleEntry(foreground: reference(colors["main_fg"]))
    for role in [Role.Plain.good, .warning, .error] {
      roles[role] = ThemeDraft.RoleEntry(foreground: reference(standard(role).map(likeness(of:))))
    }
    roles[.cursor] = ThemeDraft.RoleEntry(attributes: .reverse)
    roles[.selection] = selection
    return roles
  }

  /// The key of the first outline that differs from the dividing lines; in many themes none does.
  private var focusedBorder: String {
    let boxes = ["cpu_box", "mem_box", "net_box"]
    guard let border = colors["div_line"] ?? colors["proc_box"] else { return boxes[0] }
    return boxes.first { key in
      colors[key].map { $0.distance(to: border) >= Self.seriesDistances[0] } ?? false
    } ?? "hi_fg"
  }

  private var selection: ThemeDraft.RoleEntry {
    guard let background = colors["selected_bg"] else {
      return ThemeDraft.RoleEntry(attributes: .reverse)
    }
    return ThemeDraft.RoleEntry(
      foreground: reference(colors["selected_fg"] ?? colors["main_fg"]),
      background: .color(background))
  }

  private func standard(_ role: Role.Plain) -> Color? {
    fallback.roles[role]?.foreground
  }

  /// The theme's own colour that is nearest to `color`, if it is near enough to mean the same.
  private func likeness(of color: Color) -> Color {
    let nearest = candidates.min { $0.distance(to: color) < $1.distance(to: color) }
    guard let nearest, nearest.distance(to: color) < 0.15 else { return readable(color) }
    return readable(nearest)
  }

  /// The colour, mixed with white or black until it can be read on the background.
  private func readable(_ color: Color) -> Color {
    let end = Color(variant == .light ? 0x000000 : 0xFFFFFF)
    let steps = (0...10).lazy.map { color.mixed(with: end, fraction: Double($0) / 10) }
    if color.contrast(with: ground) >= Self.readableContrast { return color }
    return steps.first { $0.contrast(with: ground) >= Self.readableContrast } ?? end
  }

  private func reference(_ color: Color?) -> ThemeDraft.ColorReference {
    color.map(ThemeDraft.ColorReference.color) ?? .terminal
  }

  // MARK: Series

  /// The theme's colours in the order in which they are taken for series.
  private var candidates: [Color] {
    let keys =
      ["hi_fg", "cpu_box", "mem_box", "net_box", "proc_box", "proc_misc", "title"]
      + BtopFile.gradients.flatMap(BtopFile.gradientKeys)
    return keys.compactMap { colors[$0] }
  }

  /// Colours that keep their distance from one another and can be read: the theme's own first, then
  /// the default theme's.
  private var series: [Color] {
    let own = candidates.filter { $0.contrast(with: ground) >= Self.readableContrast }
    let all = own + ThemeLibrary.standard.series.map(readable)
    var series: [Color] = []
    for distance in Self.seriesDistances {
      for color in all where series.count < Self.seriesCount && !series.contains(color) {
        if series.allSatisfy({ $0.distance(to: color) >= distance }) { series.append(color) }
      }
    }
    return series
  }

  // MARK: Gradients

  /// Of btop's three colours the last two may be empty: the end is then the start, and the middle
  /// between them.
  private func gradient(_ name: String) -> ThemeDraft.GradientEntry? {
    let keys = BtopFile.gradientKeys(name)
    guard let start = colors[keys[0]] else { return nil }
    let end = colors[keys[2]] ?? colors[keys[1]] ?? start
    let middle = colors[keys[1]] ?? start.mixed(with: end, fraction: 0.5)
    return entry(GradientColors(start: start, middle: middle, end: end))
  }

  private func entry(_ colors: GradientColors) -> ThemeDraft.GradientEntry {
    ThemeDraft.GradientEntry(
      start: .color(colors.start), middle: .color(colors.middle), end: .color(colors.end))
  }
}
