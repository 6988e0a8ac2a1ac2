import Terminal
import Testing
import Themes

@testable import TerminalScreen

@Suite struct EightColorsTests {
  private static let roles =
    Role.Plain.allCases.map { Role($0) } + (0..<8).map { Role.series($0) }
    + (0..<8).map { Role.series($0, isDimmed: true) }
    + Gradient.allCases.flatMap { gradient in
      stride(from: UInt8(0), through: 240, by: 16).map { Role.gradient(gradient, level: $0) }
    }

  @Test(arguments: ThemeLibrary.shippedNames)
  func `no role of a theme vanishes into its ground`(name: String) throws {
    let library = ThemeLibrary(environment: [:], programPath: nil)
    let theme = try library.load(name).theme
    let text = theme.appearance(of: .text, depth: .sixteen).foreground
    for role in Self.roles {
      let appearance = theme.appearance(of: Style(role), depth: .sixteen)
      let colors = EightColors(appearance, text: text)
      #expect((-1..<8).contains(Int(colors.foreground)), "\(role)")
      #expect((-1..<8).contains(Int(colors.background)), "\(role)")
      if theme.isColorless { continue }
      #expect(colors.foreground != colors.background, "\(role)")
      // The terminal's own colour may be anything, and so that of a painted ground.
      #expect(colors.background < 0 || colors.foreground >= 0, "\(role)")
    }
  }

  @Test func `bright colours are bold, and grey is dimmed text`() {
    let bright = Appearance(foreground: Color(0, index16: 12))
    #expect(EightColors(bright, text: nil).foreground == 4)
    #expect(EightColors(bright, text: nil).attributes == .bold)
    let grey = Appearance(foreground: Color(0, index16: 8))
    #expect(EightColors(grey, text: nil).foreground == -1)
    #expect(EightColors(grey, text: Color(0, index16: 7)).foreground == 7)
    #expect(EightColors(grey, text: nil).attributes == .dim)
    let light = Appearance(
      foreground: Color(0, index16: 7), background: Color(0, index16: 15))
    #expect(EightColors(light, text: Color(0, index16: 0)).foreground == 0)
  }
}
