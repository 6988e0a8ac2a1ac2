import EmbeddedData

/// The theme files that are compiled into the program.
enum ShippedThemes {
  /// One theme file.
  struct File: Sendable {
    let name: String
    let text: String
  }

  /// In the order in which themes follow one another: the default first, the one without colours
  /// last.
  static let files: [File] = (0..<embedded_theme_count()).map { index in
    let theme = embedded_theme(index)
    let bytes = UnsafeBufferPointer(start: theme.text.bytes, count: theme.text.count)
    return File(name: String(cString: theme.name), text: String(decoding: bytes, as: UTF8.self))
  }

  static func file(named name: String) -> File? {
    files.first { $0.name == name }
  }
}
