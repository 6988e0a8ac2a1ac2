import Documents

extension ThemeMistake {
  /// The mistake in words, on one line, beginning with its place.
  package var sentence: String {
    switch self {
    case .unknownTheme(let name, let nearest, let known):
      "unknown theme \(TOMLText.quoted(name))" + Wording.hint(nearest) + "; themes are "
        + Wording.enumeration(known, "and") + ", and a file is named with /, .toml or .theme"
    case .file(let error): error.sentence(expected: "a theme file")
    case .syntax(let place, let column, let reason):
      "\(place.text):\(column): not valid TOML: \(reason)"
    case .unknownKey(let place, let key, let nearest):
      "\(place.text): unknown key \(key)" + Wording.hint(nearest)
    case .wrongValue(let place, let key, let found, let expected):
      "\(place.text): \(key): found \(found.summary), expected \(expected.description)"
        + Wording.hint(expected.nearestWord(to: found).map(TOMLText.quoted))
    case .unknownColor(let place, let key, let name, let nearest):
      "\(place.text): \(key): found \(TOMLText.quoted(name)), which is not in the palette; expected "
        + Expectation.colorReference.description + Wording.hint(nearest.map(TOMLText.quoted))
    case .missing(let place, let key, let isInheritable):
      "\(place.text): \(key): missing"
        + (isInheritable ? ", needed in a theme that inherits from no other" : "")
    case .repeatedMarker(let place, let key, let marker, let first):
      "\(place.text): \(key): found \(TOMLText.quoted(String(marker))), expected another marker "
        + "than \(first) has"
    case .mixedSeries(let place, let key):
      "\(place.text): \(key): found \"default\", expected a colour, as other series have one"
    case .missingTheme(let place, let key, let name, let nearest, let known):
      "\(place.text): \(key): found \(TOMLText.quoted(name)), which is no theme; expected "
        + Wording.enumeration(known.map(TOMLText.quoted), "or")
        + Wording.hint(nearest.map(TOMLText.quoted))
    case .cycle(let place, let names):
      "\(place.text): inherits: found a theme that inherits from itself: "
        + names.joined(separator: " -> ") + ", expected another"
    case .brokenLine(let place):
      "\(place.text): expected theme[key]=\"value\", a comment or an empty line"
    }
  }
}

extension ThemeMistake.Place {
  /// `night.toml:12`
  fileprivate var text: String {
    line.map { "\(file):\($0)" } ?? file
  }
}

extension ThemeMistake.Expectation {
  /// What the key takes, in words.
  fileprivate var description: String {
    switch self {
    case .table: "a table of keys"
    case .tables: "tables [[series]]"
    case .text: "one line of text"
    case .color: "a colour \"#rrggbb\""
    case .colorReference: "a name in the palette, a colour \"#rrggbb\" or \"default\""
    case .ownColor: "a name in the palette or a colour \"#rrggbb\""
    case .role:
      "a name in the palette, a colour \"#rrggbb\", \"default\" or a table with foreground, "
        + "background and attributes"
    case .index(let limit):
      "an index in 0...\(limit) or a standard colour such as \"brightYellow\""
    case .attributes:
      "a list of "
        + Wording.enumeration(AttributeWord.allCases.map { TOMLText.quoted($0.rawValue) }, "and")
    case .word(let words): Wording.enumeration(words.map(TOMLText.quoted), "or")
    case .marker: "one character that is one column wide"
    case .seriesCount(let range): "\(range.lowerBound) to \(range.upperBound) series"
    case .themeName: "the name of a theme or a file"
    case .theme: "the name of a theme, a file, or a table with name and roles"
    case .btopColor: "\"#rrggbb\", \"#gg\", \"red green blue\" in 0...255 or nothing"
    }
  }

  /// The word that a refused text was probably meant to be.
  fileprivate func nearestWord(to value: DocumentValue) -> String? {
    guard case .word(let words) = self, case .text(let text) = value else { return nil }
    return Suggestion.nearest(to: text, in: words)
  }
}
