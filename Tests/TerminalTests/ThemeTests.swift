import Testing
import Themes

@testable import Terminal

@Suite struct ThemeTests {
  private var allRoles: [Role] {
    Role.Plain.allCases.map { Role($0) }
      + (0..<20).flatMap { [Role.series($0), .series($0, isDimmed: true)] }
      + Gradient.allCases.flatMap { gradient in
        stride(from: UInt8(0), through: 255, by: 5).map { Role.gradient(gradient, level: $0) }
      }
  }

  @Test func everyRoleHasAnAppearanceAtEveryDepth() {
    for theme in [ThemeLibrary.standard, .mono] {
      for depth in ColorDepth.allCases {
        for role in allRoles {
          let appearance = theme.appearance(of: Style(role, .underline), depth: depth)
          #expect(appearance.attributes.contains(.underline))
          let isColorless = depth == .none || theme.name == "mono"
          if isColorless { #expect(appearance.foreground == nil && appearance.background == nil) }
          if !isColorless {
            #expect(appearance.foreground != nil && appearance.background != nil)
          }
        }
      }
    }
  }

  @Test func whatAThemeDoesNotNameIsTheTerminalsOwn() {
    var theme = Theme(
      name: "two", variant: .light, roles: [.title: Appearance(foreground: Color(0x0000FF))],
      series: [Color(0xFF0000)], monochrome: [.title: .underline], gradients: [:])
    #expect(theme.appearance(of: .text, depth: .sixteen) == Appearance())
    #expect(theme.pictureBackground == Color(0xFFFFFF))
    theme.background = Color(0xEEEEEE)
    theme.foreground = Color(0x111111)
    #expect(
      theme.appearance(of: .text, depth: .sixteen)
        == Appearance(foreground: Color(0x111111), background: Color(0xEEEEEE)))
    #expect(theme.appearance(of: Style(.title), depth: .sixteen).background == Color(0xEEEEEE))
    #expect(
      theme.appearance(of: Style(.gradient(.rate, level: 9)), depth: .sixteen).foreground
        == Color(0x111111))
    #expect(
      theme.appearance(of: Style(.title), depth: .none) == Appearance(attributes: .underline))
  }

  @Test func rolesAreTakenApart() {
    #expect(Role.series(3).dimmed == .series(3, isDimmed: true))
    #expect(Role.title.dimmed == .dim)
    #expect(Role.gradient(.bits, level: 9).kind == .gradient(.bits, level: 9))
    #expect(Role.series(-1).kind == .series(index: 255, isDimmed: false))
  }

  @Test func nearestColoursAreThoseOfTheEye() {
    let palette: [(UInt32, UInt8)] = [
      (0xE69F00, 178), (0x56B4E9, 74), (0x009E73, 36), (0xF0E442, 220), (0x0072B2, 25),
      (0xD55E00, 166), (0xCC79A7, 175),
    ]
    for (rgb, index) in palette { #expect(Color(rgb).index256 == index) }
    #expect(Color(0xFF0000).index16 == 9)
    #expect(Color(0x0A0B0C).hex == "#0a0b0c")
  }

  @Test func gradientsRunFromStartToEnd() throws {
    let colors = try #require(ThemeLibrary.standard.gradients[.rate])
    #expect(colors.color(level: 0) == colors.start)
    #expect(colors.color(level: 255) == colors.end)
  }
}
