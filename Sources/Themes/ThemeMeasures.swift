package import Terminal

/// How well the colours of a theme can be read and told apart.
package struct ThemeMeasures: Sendable {
  /// Contrast with the background, as a ratio of WCAG 2.
  package let textContrast: Double
  package let dimContrast: Double
  package let lowestSeriesContrast: Double
  /// The smallest distance in OKLab between any two series, as each kind of eye sees them. Below
  /// ``distinguishable`` two lines look the same.
  package let seriesDistances: [ColorVision: Double]

  package static let distinguishable = 0.03

  /// Measures the colours themselves, or with `in256` what a terminal of 256 colours shows for
  /// them. Nil for a theme without colours.
  package init?(_ theme: Theme, in256: Bool = false) {
    guard !theme.isColorless else { return nil }
    let shown = { (color: Color) in in256 ? color.standIn256 : color }
    let ground = shown(theme.pictureBackground)
    let text = theme.pictureForeground
    let series = theme.series.map(shown)
    textContrast = shown(text).contrast(with: ground)
    dimContrast = shown(theme.roles[.dim]?.foreground ?? text).contrast(with: ground)
    lowestSeriesContrast = series.map { $0.contrast(with: ground) }.min() ?? 1
    var distances: [ColorVision: Double] = [:]
    for vision in ColorVision.allCases {
      distances[vision] = Self.smallestDistance(between: series, seenWith: vision)
    }
    seriesDistances = distances
  }

  /// The smallest distance between any two colours; infinite for fewer than two.
  package static func smallestDistance(
    between colors: [Color], seenWith vision: ColorVision
  ) -> Double {
    var smallest = Double.infinity
    for (index, color) in colors.enumerated() {
      for other in colors[..<index] {
        smallest = min(smallest, color.distance(to: other, seenWith: vision))
      }
    }
    return smallest
  }
}
