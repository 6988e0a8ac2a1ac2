import Terminal

/// All commands to choose from by a few letters of them.
package struct Palette: Sendable, Equatable {
  package var text = ""
  /// The place of the chosen one among those shown.
  package var selected = 0

  /// A command as a line of the palette.
  struct Item: Sendable, Equatable {
    var name: String
    /// Its key or its arguments.
    var key: String
    var description: String
    /// What it does; `nil` where arguments are asked for first.
    var action: Action?
  }

  static func items(glyphs: Glyphs, keys table: KeyTable = .standard) -> [Item] {
    let keys = CommandLine.bindings(of: table).filter { binding in
      !CommandTable.commands.contains {
        $0.name == binding.name && (try? $0.make([])) != nil
      }
    }
    return keys.map {
      Item(
        name: $0.name, key: $0.keyText(glyphs: glyphs), description: $0.description,
        action: $0.action)
    }
      + CommandTable.commands.map {
        Item(name: $0.name, key: ":\($0.name) \($0.usage)", description: $0.description)
      }
  }

  /// Those that have the letters typed in their order, the closest first.
  func shown(glyphs: Glyphs, keys: KeyTable = .standard) -> [Item] {
    let items = Self.items(glyphs: glyphs, keys: keys)
    guard !text.isEmpty else { return items }
    return items.enumerated().compactMap { index, item in
      let scores = [
        item.name.hasPrefix(text) ? item.name.count - 100 : nil,
        Self.score(text, in: item.name).map { $0 - 1 },
        Self.score(text, in: item.description),
        item.description.contains(text) ? -1 : nil,
      ]
      return scores.compactMap(\.self).min().map { (item, $0, index) }
    }
    .sorted { ($0.1, $0.2) < ($1.1, $1.2) }.map(\.0)
  }

  /// How far apart the letters lie, at the beginnings of words least; `nil` where they are not all
  /// there in their order.
  static func score(_ letters: String, in text: String) -> Int? {
    let wanted = Array(letters.lowercased().filter { $0 != " " })
    let letters = Array(text.lowercased())
    var (score, place) = (0, 0)
    for letter in wanted {
      guard let found = letters[place...].firstIndex(of: letter) else { return nil }
      let isStart = found == 0 || letters[found - 1] == " "
      score += isStart ? 0 : found == place && place > 0 ? 1 : 3 + min(found - place, 20)
      place = found + 1
    }
    return score
  }
}
