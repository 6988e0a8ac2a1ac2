import Foundation

/// One column of a table of text: right-aligned below its title.
struct PlainColumn {
  /// What a table loses first when it is too wide for its page.
  enum Weight: Int {
    case needed, useful, extra
  }

  var title: String
  var width: Int
  var weight: Weight

  /// Columns are set apart by this many spaces.
  static let gap = 2

  init(_ title: String, width: Int, weight: Weight = .needed) {
    self.title = title
    self.width = max(width, title.count)
    self.weight = weight
  }

  func cell(_ text: String) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// The columns that fit into `width`, without the lightest if need be.
  static func fitting(_ columns: [PlainColumn], into width: Int) -> [PlainColumn] {
    var kept = columns
    for weight in [Weight.extra, .useful] {
      let total = kept.reduce(0) { $0 + $1.width + gap } - gap
      if total <= width { break }
      kept.removeAll { $0.weight == weight }
    }
    return kept
  }
}

/// Numbers and paragraphs as they are printed for reading.
enum PlainText {
  static func fixed(_ value: Double, _ places: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    return String(format: "%.\(places)f", value)
  }

  /// About `digits` significant digits, with an exponent only where it saves room.
  static func significant(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return fixed(value, 0) }
    return String(format: "%.\(digits)g", value)
  }

  /// As many decimal places as `width` characters hold.
  static func short(_ value: Double, _ width: Int) -> String {
    for places in stride(from: width - 2, through: 0, by: -1) {
      let text = fixed(value, places)
      if text.count <= width { return text }
    }
    return String(format: "%.0e", value)
  }

  static func percent(_ share: Double) -> String {
    fixed(100 * share, 2) + " %"
  }

  /// Seconds below two minutes, then minutes, then hours.
  static func duration(_ seconds: Double) -> String {
    if seconds < 120 { return fixed(seconds, 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 7200 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// Breaks a paragraph between words; a longer word, such as a path, keeps a line of its own.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(lines.isEmpty ? String(word) : "  " + word)
      }
    }
    return lines
  }
}
