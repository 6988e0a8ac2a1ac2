package import Documents

/// One mistake in a theme, with its facts. ``sentence`` says it in words.
package enum ThemeMistake: Sendable, Equatable {
  case unknownTheme(String, nearest: String?, known: [String])
  case file(TextFileError)
  /// Not TOML, keys given twice included; the first such place only.
  case syntax(Place, column: Int, reason: String)
  case unknownKey(Place, key: String, nearest: String?)
  case wrongValue(Place, key: String, found: DocumentValue, Expectation)
  /// A name that is not in the palette.
  case unknownColor(Place, key: String, name: String, nearest: String?)
  /// A key that is needed, or that `isInheritable`: needed where no other theme is inherited.
  case missing(Place, key: String, isInheritable: Bool)
  case repeatedMarker(Place, key: String, marker: Unicode.Scalar, first: String)
  /// Some series have colours of the terminal and others have their own.
  case mixedSeries(Place, key: String)
  /// A key that names a theme that there is not.
  case missingTheme(Place, key: String, name: String, nearest: String?, known: [String])
  /// Themes that inherit from one another in a ring; the names in order.
  case cycle(Place, names: [String])
  /// A line of a btop theme that gives no key a value.
  case brokenLine(Place)

  /// The file of the mistake, unless it could not be read.
  var file: String? { place?.file }

  /// The line of the mistake, counted from 1, unless it is a whole file.
  var line: Int? { place?.line }

  private var place: Place? {
    switch self {
    case .unknownTheme, .file: nil
    case .syntax(let place, _, _), .unknownKey(let place, _, _), .wrongValue(let place, _, _, _),
      .unknownColor(let place, _, _, _), .missing(let place, _, _),
      .repeatedMarker(let place, _, _, _), .mixedSeries(let place, _),
      .missingTheme(let place, _, _, _, _), .cycle(let place, _), .brokenLine(let place):
      place
    }
  }

  /// Where a mistake is.
  package struct Place: Sendable, Equatable {
    package let file: String
    /// Counted from 1.
    package let line: Int?

    package init(file: String, line: Int?) {
      self.file = file
      self.line = line
    }
  }

  /// What a key takes.
  package enum Expectation: Sendable, Equatable {
    case table
    case tables
    case text
    case color
    /// A colour, the name of one in the palette, or the terminal's own.
    case colorReference
    /// A colour or the name of one in the palette.
    case ownColor
    case role
    case index(limit: Int)
    case attributes
    case word([String])
    case marker
    case seriesCount(ClosedRange<Int>)
    case btopColor
    /// A theme by its name or file, or that in a table with colours.
    case themeName, theme
  }
}

/// All mistakes that were found in a theme, by line.
package struct ThemeError: Error, Sendable, Equatable {
  package let mistakes: [ThemeMistake]

  init(_ mistakes: [ThemeMistake]) {
    self.mistakes = mistakes
  }

  /// The files with mistakes that can be mended in them.
  package var files: [String] { Set(mistakes.compactMap(\.file)).sorted() }

  /// One line for each mistake.
  package var sentences: [String] { mistakes.map(\.sentence) }
}
