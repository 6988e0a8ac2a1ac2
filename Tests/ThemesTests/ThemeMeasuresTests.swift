import Foundation
import Terminal
import Testing

@testable import Themes

/// How well the shipped themes can be read and told apart.
@Suite struct ThemeMeasuresTests {
  private static let names = ThemeLibrary.shippedNames

  private static func theme(_ name: String) throws -> Theme {
    try ThemeLibrary(environment: [:], programPath: nil).load(name).theme
  }

  /// A palette with what is published about it: its lowest contrast with its background, and its
  /// smallest distances for normal eyes and without green, red and blue.
  struct Palette: Sendable {
    let background: UInt32
    let series: [UInt32]
    let contrast: Double?
    let distances: [Double]
  }

  /// All seven or eight colours of each palette; Tol's contrast is that on black.
  private static let palettes = [
    Palette(
      background: 0x000000,
      series: [0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7],
      contrast: 4.0, distances: [0.156, 0.076, 0.096, 0.085]),
    Palette(
      background: 0x000000,
      series: [0x4477AA, 0xEE6677, 0x228833, 0xCCBB44, 0x66CCEE, 0xAA3377, 0xBBBBBB],
      contrast: 3.4, distances: [0.106, 0.079, 0.072, 0.033]),
    Palette(
      background: 0x282A36,
      series: [0x8BE9FD, 0x50FA7B, 0xFFB86C, 0xFF79C6, 0xBD93F9, 0xFF5555, 0xF1FA8C],
      contrast: 4.5, distances: [0.131, 0.033, 0.031, 0.038]),
    Palette(
      background: 0x2E3440,
      series: [0x88C0D0, 0xBF616A, 0xD08770, 0xEBCB8B, 0xA3BE8C, 0xB48EAD, 0x5E81AC],
      contrast: 3.1, distances: [0.091, 0.071, 0.065, 0.062]),
    Palette(
      background: 0x282828,
      series: [0xFB4934, 0xB8BB26, 0xFABD2F, 0x83A598, 0xD3869B, 0x8EC07C, 0xFE8019],
      contrast: 4.3, distances: [0.079, 0.019, 0.036, 0.065]),
    Palette(
      background: 0x002B36,
      series: [0xB58900, 0xCB4B16, 0xDC322F, 0xD33682, 0x6C71C4, 0x268BD2, 0x2AA198, 0x859900],
      contrast: 3.2, distances: [0.053, 0.014, 0.023, 0.030]),
    Palette(
      background: 0x1E1E2E,
      series: [0x89B4FA, 0xF38BA8, 0xA6E3A1, 0xF9E2AF, 0xCBA6F7, 0x94E2D5, 0xFAB387],
      contrast: 7.1, distances: [0.070, 0.032, 0.012, 0.037]),
  ]

  @Test(arguments: palettes)
  func `known palettes measure as published`(palette: Palette) throws {
    let colors = palette.series.map { Color($0) }
    for (vision, distance) in zip(ColorVision.allCases, palette.distances) {
      let measured = ThemeMeasures.smallestDistance(between: colors, seenWith: vision)
      #expect(abs(measured - distance) <= 0.002)
    }
    let ground = Color(palette.background)
    let lowest = try #require(colors.map { $0.contrast(with: ground) }.min())
    if let contrast = palette.contrast { #expect(abs(lowest - contrast) <= 0.1) }
  }

  @Test func `black and white have the greatest contrast`() {
    #expect(abs(Color(0x000000).contrast(with: Color(0xFFFFFF)) - 21) < 1e-9)
    #expect(Color(0x336699).contrast(with: Color(0x336699)) == 1)
    #expect(Color(0xFFFFFF).lightness > 0.999 && Color(0x000000).lightness == 0)
  }

  @Test(arguments: names)
  func `texts can be read and series told apart without colour`(name: String) throws {
    let theme = try Self.theme(name)
    #expect(theme.marks.count == 8)
    #expect(Set(theme.marks.map(\.marker)).count == theme.marks.count)
    #expect(Set(theme.marks.map(\.line)).count == LineStyle.allCases.count)
    guard let measures = ThemeMeasures(theme) else {
      #expect(name == "mono")
      return
    }
    #expect(theme.series.count == theme.marks.count)
    #expect(measures.textContrast >= 4.5)
    #expect(measures.dimContrast >= 3)
    // The light palettes have yellows and cyans that are faint on white.
    #expect(measures.lowestSeriesContrast >= (theme.variant == .dark ? 3 : 1.8))
    let ground = theme.pictureBackground
    let faint: Set<Role.Plain> = [.border, .selection, .cursor]
    for (role, appearance) in theme.roles where !faint.contains(role) {
      let contrast = try #require(appearance.foreground).contrast(with: ground)
      // Solarized's green and yellow are a little below 3:1 on its light background.
      #expect(contrast >= (name == "solarized-light" ? 2.95 : 3), "\(role) has \(contrast)")
    }
    let selection = try #require(theme.roles[.selection])
    let (ink, field) = (try #require(selection.foreground), try #require(selection.background))
    #expect(ink.contrast(with: field) >= 4.5)
    let signals = [Role.Plain.good, .warning, .error].compactMap { theme.roles[$0]?.foreground }
    #expect(ThemeMeasures.smallestDistance(between: signals, seenWith: .normal) > 0.08)
  }

  @Test(arguments: ["okabe-ito", "tol-bright-light"], [false, true])
  func `two themes stay apart for every eye`(name: String, in256: Bool) throws {
    let measures = try #require(ThemeMeasures(try Self.theme(name), in256: in256))
    for (vision, distance) in measures.seriesDistances {
      #expect(distance > ThemeMeasures.distinguishable, "\(vision)")
    }
  }

  @Test func `the table of measures`() throws {
    var table = "                         text   dim  series  normal  deuter  protan  tritan\n"
    for name in Self.names {
      for in256 in [false, true] {
        guard let measures = ThemeMeasures(try Self.theme(name), in256: in256) else { continue }
        let title = (in256 ? "  in 256 colours" : name).padding(
          toLength: 22, withPad: " ", startingAt: 0)
        let contrasts = [
          measures.textContrast, measures.dimContrast, measures.lowestSeriesContrast,
        ]
        let distances = ColorVision.allCases.map { measures.seriesDistances[$0] ?? .nan }
        table += title + contrasts.map { String(format: "%7.2f", $0) }.joined()
        table += distances.map { String(format: "%8.3f", $0) }.joined() + "\n"
      }
    }
    print(table)
    #expect(table.split(separator: "\n").count == 2 * (Self.names.count - 1) + 1)
  }
}
