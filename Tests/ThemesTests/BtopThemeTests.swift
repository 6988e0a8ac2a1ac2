import Terminal
import Testing

@testable import Themes

@Suite struct BtopThemeTests {
  /// In the manner of btop's own themes.
  private static let night = """
    # Main background, empty for terminal default
    theme[main_bg]="#1a1b26"
    theme[main_fg]='207 201 194'  # decimal
      theme[title] = "#cfc9c2"
    theme[hi_fg]="#7dcfff"
    theme[selected_bg]="#414868"
    theme[selected_fg]="#CF"
    theme[inactive_fg]="#565f89"
    theme[proc_misc]="#7dcfff"
    theme[cpu_box]="#565f89"
    theme[div_line]="#565f89"
    theme[from_another_version]="whatever"
    theme[temp_start]="#9ece6a"
    theme[temp_mid]="#e0af68"
    theme[temp_end]="#f7768e"
    theme[cpu_start]="#9ece6a"
    theme[cpu_mid]=""
    theme[cpu_end]="#f7768e"
    theme[used_start]="#bb9af7"
    """

  private func load(_ text: String) throws -> Theme {
    let folder = try TemporaryFolder()
    return try ThemeLibrary(environment: [:], programPath: nil)
      .load(folder.write(text, to: "night.theme")).theme
  }

  @Test func `colours go to the roles that mean the same`() throws {
    let theme = try load(Self.night)
    #expect(theme.name == "night" && theme.variant == .dark)
    #expect(theme.background == Color(0x1A1B26) && theme.foreground == Color(0xCFC9C2))
    #expect(theme.roles[.key]?.foreground == Color(0x7DCFFF))
    #expect(theme.roles[.selection]?.foreground == Color(0xCFCFCF))
    #expect(theme.roles[.selection]?.background == Color(0x414868))
    #expect(theme.roles[.border]?.foreground == Color(0x565F89))
    #expect(theme.roles[.borderFocused]?.foreground == Color(0x7DCFFF))
    #expect(theme.roles[.error]?.foreground == Color(0xF7768E))
    let rate = try #require(theme.gradients[.rate])
    #expect(rate.start == Color(0x9ECE6A) && rate.end == Color(0xF7768E))
    #expect(rate.middle == rate.start.mixed(with: rate.end, fraction: 0.5))
    #expect(theme.gradients[.bits]?.middle == Color(0xE0AF68))
    #expect(theme.gradients.count == Gradient.allCases.count)
  }

  @Test(arguments: [
    night, "", "theme[main_bg]=\"#ffffff\"\ntheme[main_fg]=\"#000000\"",
    "theme[main_bg]=\"\"\ntheme[main_fg]=\"#101010\"", "theme[hi_fg]=\"#ff0000\"",
  ])
  func `series keep their distance and can be read`(text: String) throws {
    let theme = try load(text)
    #expect(theme.series.count == 8 && theme.marks.count == 8)
    for color in theme.series {
      #expect(color.contrast(with: theme.pictureBackground) >= 3)
    }
    #expect(
      ThemeMeasures.smallestDistance(between: theme.series, seenWith: .normal)
        > ThemeMeasures.distinguishable)
    let dim = try #require(theme.roles[.dim]?.foreground)
    #expect(dim.contrast(with: theme.pictureBackground) >= 3)
    let ends = theme.gradients.values.map(\.end)
    #expect(ends.allSatisfy { $0.contrast(with: theme.pictureBackground) >= 3 })
    #expect((theme.variant == .light) == text.contains("main_fg]=\"#"))
  }
}
