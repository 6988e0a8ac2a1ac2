/// A list of runs as a table for reading.
package struct RunTable {
  /// What a column shows, and how.
  private struct Column {
    var title: String
    var isLeft = false
    /// The higher, the sooner it is left out of a narrow table; 0 for never.
    var dispensable = 0
    var text: (RunRow) -> String
    var width = 0
  }

  private var columns: [Column]
  private var cells: [[String]]
  private let width: Int?

  private static let gap = "  "
  /// The name of a run is shortened to no less.
  private static let shortestName = 16

  /// - Parameters:
  ///   - width: characters that a line may have; any number without it
  ///   - now: seconds since 1970, from which ages are counted
  package init(_ rows: [RunRow], width: Int?, now: Double) {
    self.width = width
    let columns = Self.columns(values: rows.first?.values.map(\.name) ?? [], now: now)
    cells = columns.map { column in rows.map { column.text($0) } }
    self.columns = columns
    for index in columns.indices {
      self.columns[index].width = cells[index].reduce(Self.count(columns[index].title)) {
        max($0, Self.count($1))
      }
    }
    fit()
  }

  /// The whole text, the titles first; each line has its end.
  package var text: String {
    var text = ""
    let rows = cells.first?.count ?? 0
    text.reserveCapacity((rows + 1) * (min(total, width ?? total) + 1))
    let spaces = String(repeating: " ", count: columns.map(\.width).max() ?? 0)
    write(columns.map(\.title), to: &text, spaces)
    var texts = columns.map { _ in "" }
    for row in 0..<rows {
      for column in texts.indices { texts[column] = cells[column][row] }
      write(texts, to: &text, spaces)
    }
    return text
  }

  private static func columns(values: [String], now: Double) -> [Column] {
    let share = { (value: Double?) in value.map(Figures.percent) ?? "-" }
    let leading = [
      Column(title: "name", isLeft: true) { Figures.visible($0.name) },
      Column(title: "experiment", isLeft: true, dispensable: 9) {
        Figures.visible($0.experiment ?? "-")
      },
      Column(title: "age", dispensable: 4) { row in
        row.created.flatMap(Timestamp.seconds).map { Figures.age(max(0, now - $0)) } ?? "-"
      },
      Column(title: "state", isLeft: true) { $0.state.rawValue },
      Column(title: "steps", dispensable: 5) { Self.progress($0) },
      Column(title: "best %") { share($0.scores.best) },
      Column(title: "last %", dispensable: 7) { share($0.scores.last) },
      Column(title: "test %", dispensable: 2) { share($0.scores.test) },
      Column(title: "w=inf %", dispensable: 3) { share($0.scores.infinity) },
      Column(title: "bits", dispensable: 6) { row in
        row.scores.bits.map { Figures.fixed($0, 2) } ?? "-"
      },
    ]
    let asked = values.enumerated().map { index, name in
      Column(title: name) { row in row.values[index].value.map(Self.text) ?? "-" }
    }
    return leading + asked + [
      Column(title: "tags", isLeft: true, dispensable: 1) { row in
        Figures.visible(row.tags.joined(separator: " "))
      }
    ]
  }

  private static func text(_ value: RunSummary.SettingValue) -> String {
    if case .number(let number) = value { return Figures.number(number) }
    return Figures.value(value)
  }

  private static func progress(_ row: RunRow) -> String {
    guard let step = row.step else { return "-" }
    guard let steps = row.steps, steps != step else { return String(step) }
    return "\(step)/\(steps)"
  }

  /// Leaves out columns, and then shortens names, until a line is not wider than it may be.
  private mutating func fit() {
    guard let width else { return }
    while total > width,
      let index = columns.indices.filter({ columns[$0].dispensable > 0 })
        .max(by: { columns[$0].dispensable < columns[$1].dispensable })
    {
      // Tags take what room there is before they go.
      if columns[index].title == "tags", total - columns[index].width + 4 <= width {
        columns[index].width -= total - width
        break
      }
      columns.remove(at: index)
      cells.remove(at: index)
    }
    let excess = total - width
    if excess > 0 { columns[0].width = max(Self.shortestName, columns[0].width - excess) }
  }

  private var total: Int {
    columns.reduce(0) { $0 + $1.width } + Self.gap.count * (columns.count - 1)
  }

  private func write(_ texts: [String], to text: inout String, _ spaces: String) {
    var room = width ?? .max
    for index in texts.indices {
      let wanted = min(columns[index].width, room)
      guard wanted > 0 else { break }
      let cell = Self.shortened(texts[index], to: wanted)
      let padding = spaces.utf8.prefix(wanted - Self.count(cell))
      let isLast = index == texts.count - 1
      if !columns[index].isLeft { text += Substring(padding) }
      text += cell
      if columns[index].isLeft && !isLast { text += Substring(padding) }
      room -= wanted + Self.gap.utf8.count
      if !isLast && room > 0 { text += Self.gap }
    }
    while text.utf8.last == UInt8(ascii: " ") { text.unicodeScalars.removeLast() }
    text += "\n"
  }

  private static func shortened(_ text: String, to width: Int) -> String {
    guard count(text) > width else { return text }
    return String(text.prefix(max(0, width - 1))) + (width > 0 ? "\u{2026}" : "")
  }

  /// Characters; bytes where all are ASCII, which is soon told.
  private static func count(_ text: String) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.count
  }
}
