import Documents

/// One key of an experiment file: everything that reading, checking, writing and explaining it
/// needs to know.
package struct ExperimentKey: Sendable {
  /// Dotted path, e.g. `quantizer.m.schedule.end`.
  package let path: String
  package let kind: Kind
  /// One line for people.
  package let meaning: String
  /// When the key has a place in an experiment; `nil` for always.
  package let condition: Condition?
  /// Whether the key must be given where its condition newly holds.
  let isRequired: Bool
  /// The present value, or what it would be where the condition does not hold.
  let read: @Sendable (ExperimentDraft) -> DocumentValue
  /// Takes a value that ``Kind/check(_:)`` has returned; does nothing with any other.
  let write: @Sendable (inout ExperimentDraft, DocumentValue) -> Void

  init(
    _ path: String, _ kind: Kind, _ meaning: String, when condition: Condition? = nil,
    isRequired: Bool = false,
    read: @escaping @Sendable (ExperimentDraft) -> DocumentValue,
    write: @escaping @Sendable (inout ExperimentDraft, DocumentValue) -> Void
  ) {
    self.path = path
    self.kind = kind
    self.meaning = meaning
    self.condition = condition
    self.isRequired = isRequired
    self.read = read
    self.write = write
  }

  /// Whether the key only sets others, and is no part of the experiment itself.
  var isShorthand: Bool {
    path == KeyTable.presetPath || section == "quantizer" || Self.shorthands.contains(path)
  }

  private static let shorthands = ["feedforward.recipe", "feedforward.routines"]

  /// The same key, with a place under a condition alone.
  func under(_ condition: Condition) -> ExperimentKey {
    ExperimentKey(
      path, kind, meaning, when: condition, isRequired: isRequired, read: read, write: write)
  }

  /// The table that the key stands in, empty for the top level.
  package var section: String {
    path.lastIndex(of: ".").map { String(path[..<$0]) } ?? ""
  }

  /// The last part of the path.
  package var name: String {
    path.lastIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The value of another key on which a key depends; that key may depend on others in turn.
  package struct Condition: Sendable, Equatable {
    package enum Values: Sendable, Equatable {
      case names([String])
      case number
      /// A path that is not empty.
      case path
      /// Any text but this.
      case other(than: String)
    }

    /// Path of the key that decides.
    package let selector: String
    package let values: Values

    /// How the deciding key is called beside `key`: by its path where it stands in another table.
    func selectorName(beside key: String) -> String {
      let table = { (path: String) in path.split(separator: ".").dropLast() }
      return table(selector) == table(key)
        ? selector.split(separator: ".").last.map(String.init) ?? selector : selector
    }

    func isMet(by value: DocumentValue) -> Bool {
      switch (values, value) {
      case (.names(let names), .text(let name)): names.contains(name)
      case (.number, .number), (.number, .integer): true
      case (.path, .text(let path)): !path.isEmpty
      case (.other(let text), .text(let found)): found != text
      default: false
      }
    }
  }
}
