import Terminal

/// The attributes of text as theme files write them.
enum AttributeWord: String, CaseIterable {
  case bold, dim, underline, reverse

  var emphasis: Emphasis {
    switch self {
    case .bold: .bold
    case .dim: .dim
    case .underline: .underline
    case .reverse: .reverse
    }
  }
}

/// The standard colours of terminals in the order of their indices.
enum StandardColorWord: String, CaseIterable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack, brightRed, brightGreen, brightYellow
  case brightBlue, brightMagenta, brightCyan, brightWhite
}

extension Gradient {
  /// The gradient's name in theme files.
  var name: String {
    switch self {
    case .rate: "rate"
    case .bits: "bits"
    case .signed: "signed"
    }
  }
}

extension SeriesMark {
  /// The marks of series that give none, by their place: the standard ones, then more shapes.
  static let byPlace: [SeriesMark] =
    standard
    + zip(["▼", "◈", "▶", "◀", "▽", "◉", "▷", "◁"] as [Unicode.Scalar], standard.map(\.line))
    .map { SeriesMark($0, $1) }
}
