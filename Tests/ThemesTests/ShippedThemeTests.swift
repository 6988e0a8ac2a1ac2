import Terminal
import Testing

@testable import Themes

@Suite struct ShippedThemeTests {
  private let library = ThemeLibrary(environment: [:], programPath: nil)

  @Test func `all themes are compiled in, in their order`() throws {
    #expect(
      ThemeLibrary.shippedNames == [
        "okabe-ito", "tol-bright-light", "nord", "gruvbox-dark", "solarized-dark",
        "solarized-light", "catppuccin-mocha", "dracula", "mono",
      ])
    #expect(library.names == ThemeLibrary.shippedNames)
    for name in library.names {
      let loaded = try library.load(name)
      #expect(loaded.theme.name == name && loaded.files.isEmpty && loaded.about != nil)
      #expect(loaded.theme.variant == (name.contains("light") ? .light : .dark))
      let isColored = name != "mono"
      #expect((loaded.theme.background != nil) == isColored)
      #expect((loaded.theme.foreground != nil) == isColored)
      #expect(loaded.theme.gradients.count == (isColored ? Gradient.allCases.count : 0))
      #expect(Set(loaded.theme.series.map(\.index256)).count == loaded.theme.series.count)
      #expect(Set(loaded.theme.series.map(\.index16)).count == loaded.theme.series.count)
    }
  }

  @Test func `the default is the theme of Okabe and Ito`() throws {
    let theme = ThemeLibrary.standard
    #expect(theme == (try library.load("okabe-ito").theme))
    #expect(theme.background == Color(0x101014, index256: 233, index16: 0))
    let roles: [Role.Plain: (UInt32, UInt8, UInt8)] = [
      .dim: (0x808080, 244, 8), .title: (0xEEEEEE, 255, 15), .key: (0xD7D7AF, 187, 15),
      .border: (0x585858, 240, 8), .borderFocused: (0xBCBCBC, 250, 15),
      .accent: (0xAFAFFF, 147, 12), .selection: (0xFFFFFF, 231, 15), .good: (0x2BBF93, 36, 10),
      .warning: (0xF0E442, 220, 11), .error: (0xFF6E4A, 203, 9), .mark: (0xA08050, 137, 3),
      .target: (0xCC79A7, 175, 13),
    ]
    for (role, color) in roles {
      #expect(
        theme.roles[role]?.foreground == Color(color.0, index256: color.1, index16: color.2))
    }
    #expect(
      theme.roles[.selection]?.background == Color(0x303A46, index256: 237, index16: 4))
    #expect(theme.roles[.cursor]?.attributes == .reverse)
    #expect(theme.series.map(\.index256) == [178, 74, 36, 220, 25, 166, 175, 250])
    #expect(theme.series.map(\.index16) == [11, 14, 10, 3, 12, 9, 13, 7])
    #expect(theme.marks == SeriesMark.standard)
    #expect(theme.gradients[.rate]?.end == Color(0xFEE838))
  }

  @Test func `the theme without colours is the one in code`() throws {
    #expect(try library.load("mono").theme == .mono)
    #expect(Theme.mono.isColorless)
  }
}
