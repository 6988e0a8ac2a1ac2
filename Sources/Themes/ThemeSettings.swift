package import Documents
import Terminal

/// What the user's configuration says about the theme: `theme = "nord"`, or a table with a name and
/// roles whose colours are changed. The changes belong to the theme of that name, without one to the
/// default, and leave all others as they are.
package struct ThemeSettings: Sendable {
  /// The key in the configuration.
  package static let key = "theme"

  /// A theme by its name or file.
  package let name: String?
  /// Where the theme is named, in messages.
  let place: ThemeMistake.Place
  let nameKey: String
  /// The roles that are changed.
  let changes: ThemeReader?

  /// Takes the value of the key `theme` in a document.
  /// - Throws: All mistakes that show without a look at the theme.
  package init(
    _ value: DocumentValue, in document: TOMLDocument, file: String
  ) throws(ThemeError) {
    var path = [Self.key]
    var found = value
    if case .table(let fields) = value {
      path.append("name")
      var changes = ThemeReader(
        roles: fields.filter { $0.name != "name" }, at: [Self.key], of: document, file: file)
      found = fields.first { $0.name == "name" }?.value ?? .text("")
      if case .text = found {} else { changes.refuse(found, at: path, .themeName) }
      guard changes.mistakes.isEmpty else { throw changes.failure }
      self.changes = changes
    } else {
      changes = nil
    }
    place = ThemeMistake.Place(file: file, line: document.line(of: path))
    nameKey = ThemeReader.key(path)
    guard case .text(let name) = found else {
      throw ThemeError([.wrongValue(place, key: nameKey, found: found, .theme)])
    }
    self.name = name.isEmpty ? nil : name
  }

  /// The theme that the changes belong to.
  var changedTheme: String { name ?? ThemeLibrary.standard.name }
}
