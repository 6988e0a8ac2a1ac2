import Documents
import Terminal

/// The text of a theme of btop, taken apart: lines `theme[key]="value"` and comments.
struct BtopFile {
  /// The colours of the known keys; an empty value is no colour.
  private(set) var colors: [String: Color] = [:]
  private(set) var mistakes: [ThemeMistake] = []
  let file: String

  /// The keys that are read; those of other versions of btop are skipped.
  static let keys = Set([
    "main_bg", "main_fg", "title", "hi_fg", "selected_bg", "selected_fg", "inactive_fg",
    "graph_text", "meter_bg", "proc_misc", "cpu_box", "mem_box", "net_box", "proc_box", "div_line",
  ]).union(gradients.flatMap(gradientKeys))

  /// The gradients of btop, those of most colour first.
  static let gradients = [
    "cpu", "temp", "used", "free", "download", "upload", "available", "cached", "process",
  ]

  static func gradientKeys(_ name: String) -> [String] {
    ["start", "mid", "end"].map { "\(name)_\($0)" }
  }

  /// `file` is the file's name in messages.
  init(_ text: String, file: String) {
    self.file = file
    let scalars = text.unicodeScalars.drop { $0 == "\u{FEFF}" }
    let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      read(
        Substring(line).trimmed, at: ThemeMistake.Place(file: file, line: index + 1))
    }
  }

  /// The file as a draft of a theme, with its mistakes.
  var reader: ThemeReader {
    ThemeReader(draft: BtopTheme(colors: colors).draft, mistakes: mistakes, file: file)
  }

  private mutating func read(_ line: Substring, at place: ThemeMistake.Place) {
    guard !line.isEmpty, !line.hasPrefix("#") else { return }
    guard line.hasPrefix("theme["), let end = line.firstIndex(of: "]") else {
      mistakes.append(.brokenLine(place))
      return
    }
    let key = line[..<end].dropFirst("theme[".count).trimmed
    let rest = line[line.index(after: end)...].trimmed
    guard !key.isEmpty, rest.hasPrefix("="), let value = Self.unquoted(rest.dropFirst().trimmed)
    else {
      mistakes.append(.brokenLine(place))
      return
    }
    guard Self.keys.contains(String(key)) else { return }
    if let color = Self.color(value) {
      colors[String(key)] = color
    } else if value.isEmpty {
      colors[String(key)] = nil
    } else {
      mistakes.append(
        .wrongValue(place, key: String(key), found: .text(String(value)), .btopColor))
    }
  }

  /// What stands between quotes, if there are any; after them only a comment may follow. Nil when
  /// they are not closed.
  private static func unquoted(_ text: Substring) -> Substring? {
    guard let quote = text.first, quote == "\"" || quote == "'" else { return text }
    let inner = text.dropFirst()
    guard let end = inner.firstIndex(of: quote) else { return nil }
    let rest = inner[inner.index(after: end)...].trimmed
    return rest.isEmpty || rest.hasPrefix("#") ? inner[..<end].trimmed : nil
  }

  /// `#rrggbb`, `#gg` for a grey, or three decimal numbers.
  private static func color(_ text: Substring) -> Color? {
    if text.hasPrefix("#"), text.utf8.count == 3 {
      let digits = String(text.dropFirst())
      return Color.rgb(ofHex: "#" + digits + digits + digits).map { Color($0) }
    }
    if text.hasPrefix("#") { return Color.rgb(ofHex: String(text)).map { Color($0) } }
    let parts = text.split { $0 == " " || $0 == "\t" }
    let numbers = parts.compactMap { UInt8($0) }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    return Color(numbers.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }
}

extension Substring {
  /// Without white space at either end.
  fileprivate var trimmed: Substring {
    let rest = drop(while: \.isWhitespace)
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return rest.prefix(0) }
    return rest[...last]
  }
}
