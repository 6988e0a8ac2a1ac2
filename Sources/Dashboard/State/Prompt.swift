package import Engine
import Terminal

/// A line of text that is being typed, in the place of the bottom line.
package struct Prompt: Sendable, Equatable {
  /// What the text is for.
  package enum Purpose: Sendable, Equatable {
    /// Words that the runs in the list must contain.
    case filter
    /// Words that the names of the gauges in the grid must contain.
    case gauges
    /// Words that the lines of the log must contain.
    case log
    /// The note of the run in a folder, and its tags.
    case note(folder: String)
    case tags(folder: String)
    /// What to test the weights with; what is not said is as in the plan.
    case stability(StabilityPlan)
    /// A command.
    case command
  }

  package let purpose: Purpose
  private var characters: [Character]
  /// Characters before the cursor.
  package private(set) var cursor: Int
  /// How many commands ago the text was given.
  var recalled = 0

  /// Longer texts are not typed.
  private static let longest = 500

  package init(_ purpose: Purpose, _ text: String = "") {
    self.purpose = purpose
    characters = Array(text.prefix(Self.longest))
    cursor = characters.count
  }

  package var text: String { String(characters) }

  /// The text before the cursor, and from there on.
  package var parts: (before: String, after: String) {
    (String(characters[..<cursor]), String(characters[cursor...]))
  }

  /// Edits the text or moves in it, with the keys that shells have for that.
  mutating func take(_ key: Key) {
    switch key {
    case .character(let character) where characters.count < Self.longest:
      characters.insert(character, at: cursor)
      cursor += 1
    case .backspace where cursor > 0:
      cursor -= 1
      characters.remove(at: cursor)
    case .delete where cursor < characters.count: characters.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeFirst(cursor)
      cursor = 0
    case .control("k"): characters.removeLast(characters.count - cursor)
    case .control("w"): removeWord()
    default: break
    }
  }

  private mutating func removeWord() {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    characters.removeSubrange(start..<cursor)
    cursor = start
  }
}
