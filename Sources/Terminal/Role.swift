/// A named sequence of colours for magnitudes.
package enum Gradient: UInt8, CaseIterable, Hashable, Sendable {
  /// Spikes per unit and step.
  case rate
  /// Bits per activity.
  case bits
  /// Values of both signs: level 0 most negative, 128 zero, 255 most positive.
  case signed
}

/// What a cell means; a theme decides its colour. Three bytes, as a frame holds one per cell.
package struct Role: Hashable, Sendable {
  /// The roles that need no further number.
  package enum Plain: UInt8, CaseIterable, Hashable, Sendable {
    case text, dim, title, key, border, borderFocused, accent, selection
    case good, warning, error, cursor, mark, target

    /// The role's name in theme files: that of its case.
    package var name: String { "\(self)" }
  }

  /// A role taken apart, for a theme to switch over.
  package enum Kind: Hashable, Sendable {
    case plain(Plain)
    case series(index: Int, isDimmed: Bool)
    case gradient(Gradient, level: UInt8)
  }

  private let tag: UInt8
  private let first: UInt8
  private let second: UInt8

  private init(tag: UInt8, first: UInt8, second: UInt8) {
    self.tag = tag
    self.first = first
    self.second = second
  }

  package init(_ plain: Plain) {
    self.init(tag: 0, first: plain.rawValue, second: 0)
  }

  /// The colour of a site or run, 0 based; a theme repeats its list when the index is past its end.
  package static func series(_ index: Int, isDimmed: Bool = false) -> Role {
    Role(tag: 1, first: UInt8(truncatingIfNeeded: index), second: isDimmed ? 1 : 0)
  }

  /// A place on a gradient; 0 is its start and 255 its end.
  package static func gradient(_ gradient: Gradient, level: UInt8) -> Role {
    Role(tag: 2, first: gradient.rawValue, second: level)
  }

  /// All of it as one number below 2 to the power of 24.
  var code: UInt32 { UInt32(tag) << 16 | UInt32(first) << 8 | UInt32(second) }

  package var kind: Kind {
    switch tag {
    case 1: .series(index: Int(first), isDimmed: second != 0)
    case 2: .gradient(Gradient(rawValue: first) ?? .rate, level: second)
    default: .plain(Plain(rawValue: first) ?? .text)
    }
  }

  /// The quieter twin of a series colour, for training beside validation; other roles become `dim`.
  package var dimmed: Role {
    if case .series(let index, _) = kind { .series(index, isDimmed: true) } else { .dim }
  }
}

extension Role {
  package static let text = Role(.text)
  package static let dim = Role(.dim)
  package static let title = Role(.title)
  package static let key = Role(.key)
  package static let border = Role(.border)
  package static let borderFocused = Role(.borderFocused)
  package static let accent = Role(.accent)
  package static let selection = Role(.selection)
  package static let good = Role(.good)
  package static let warning = Role(.warning)
  package static let error = Role(.error)
  package static let cursor = Role(.cursor)
  /// The line of an edit of the user.
  package static let mark = Role(.mark)
  /// The line of a value to reach.
  package static let target = Role(.target)
}
