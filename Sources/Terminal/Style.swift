/// Attributes of a cell beside its colour.
package struct Emphasis: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let bold = Emphasis(rawValue: 1)
  package static let dim = Emphasis(rawValue: 2)
  package static let underline = Emphasis(rawValue: 4)
  package static let reverse = Emphasis(rawValue: 8)
}

/// How a cell is drawn: its meaning and its emphasis. Four bytes.
package struct Style: Hashable, Sendable {
  package var role: Role
  package var emphasis: Emphasis

  package init(_ role: Role, _ emphasis: Emphasis = []) {
    self.role = role
    self.emphasis = emphasis
  }

  /// All of it as one number, for tables by style.
  package var code: UInt32 { role.code << 8 | UInt32(emphasis.rawValue) }

  package static let text = Style(.text)
  package static let dim = Style(.dim)
}

/// A piece of text in one style.
package struct Span: Hashable, Sendable {
  package var text: String
  package var style: Style

  package init(_ text: String, _ role: Role = .text, _ emphasis: Emphasis = []) {
    self.text = text
    self.style = Style(role, emphasis)
  }

  package init(_ text: String, style: Style) {
    self.text = text
    self.style = style
  }

  /// Columns that the text takes.
  package var width: Int { text.cellWidth }
}
