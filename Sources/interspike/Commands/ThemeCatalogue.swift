import Experiments
import Foundation
import Terminal
import Themes

/// The themes as a group of `interspike list`: what each is like, and how far apart its series are.
enum ThemeCatalogue {
  static let id = "themes"

  static func group(of library: ThemeLibrary) -> Catalogue.Group {
    Catalogue.Group(
      id: id,
      title: "Themes, with the smallest distance between two series for normal eyes and without "
        + "green, red and blue: below \(decimal(ThemeMeasures.distinguishable)) two look the same",
      entries: library.names.map { entry(of: $0, in: library) })
  }

  private static func entry(of name: String, in library: ThemeLibrary) -> Catalogue.Entry {
    do {
      let loaded = try library.load(name)
      let parts = [
        loaded.theme.variant.rawValue, distances(of: loaded.theme), loaded.about,
        loaded.files.first ?? "built in",
      ]
      return Catalogue.Entry(
        name: name, description: parts.compactMap(\.self).joined(separator: "; "))
    } catch {
      return Catalogue.Entry(name: name, description: error.sentences.joined(separator: "; "))
    }
  }

  /// `0.13 0.08 0.09 0.09`; nil for a theme without colours.
  private static func distances(of theme: Theme) -> String? {
    guard let measures = ThemeMeasures(theme) else { return nil }
    return ColorVision.allCases.map { decimal(measures.seriesDistances[$0] ?? 0) }
      .joined(separator: " ")
  }

  private static func decimal(_ value: Double) -> String {
    value.isFinite ? String(format: "%.3f", value) : "-"
  }
}
