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

  /// A text and how many characters it has.
  private struct Cell {
    var text: String
    var count: Int

    init(_ text: String) {
      self.text = text
      // Bytes where all are ASCII, which is soon told.
      count = text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.count
    }
  }

  private var columns: [Column]
  /// By column and row.
  private var cells: [[Cell]]
  private let width: Int?

  private static let gap = 2
  /// The name of a run is shortened to no less.
  private static let shortestName = 16

  /// - Parameters:
  ///   - width: characters that a line may have; any number without it
  ///   - now: seconds since 1970, from which ages are counted
  package init(_ rows: [RunRow], width: Int?, now: Double) {
    self.width = width
    let columns = Self.columns(values: rows.first?.values.map(\.name) ?? [], now: now)
    cells = columns.map { column in
      [Cell(column.title)] + rows.map { Cell(column.text($0)) }
    }
    self.columns = columns
    for index in columns.indices {
      self.columns[index].width = cells[index].reduce(0) { max($0, $1.count) }
    }
    fit()
  }

  /// The whole text, the titles first; each line has its end.
  package var text: String {
    let rows = cells.first?.count ?? 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows * (total + 1))
    for row in 0..<rows { write(row, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
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
    columns.reduce(0) { $0 + $1.width } + Self.gap * (columns.count - 1)
  }

  private func write(_ row: Int, to bytes: inout [UInt8]) {
    let space = UInt8(ascii: " ")
    var room = width ?? .max
    for index in columns.indices {
      let wanted = min(columns[index].width, room)
      guard wanted > 0 else { break }
      let whole = cells[index][row]
      let cell = whole.count > wanted ? Self.shortened(whole, to: wanted) : whole
      let padding = repeatElement(space, count: wanted - cell.count)
      if !columns[index].isLeft { bytes += padding }
      bytes += cell.text.utf8
      if columns[index].isLeft { bytes += padding }
      room -= wanted + Self.gap
      if room > 0 { bytes += repeatElement(space, count: Self.gap) }
    }
    while bytes.last == space { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func shortened(_ cell: Cell, to width: Int) -> Cell {
    Cell(String(cell.text.prefix(width - 1)) + "\u{2026}")
  }
}
