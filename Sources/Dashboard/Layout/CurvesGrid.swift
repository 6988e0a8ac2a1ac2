import Engine
import Terminal

/// Where the curves of a look go in an area: a table where it has columns and they have room, else
/// one after another.
struct CurvesGrid: Equatable {
  let columns: Int
  /// All rows, and those that there is room for.
  let rows: Int
  let shownRows: Range<Int>
  let cell: Size
  /// Whether the columns are those of the look.
  let isTable: Bool

  private static let leastTableWidth = 13
  private static let leastWidth = 24
  private static let leastHeight = 6

  init(_ look: CurvesReport, chosen: Int, in area: Size) {
    let count = look.curves.count
    let wanted = look.columns.count
    isTable = wanted > 0 && area.width / max(1, wanted) >= Self.leastTableWidth
    let side = Self.side(of: count, in: area)
    columns = isTable ? wanted : max(1, min(side, area.width / Self.leastWidth))
    rows = (count + columns - 1) / columns
    let fitting = max(1, min(rows, area.height / Self.leastHeight))
    let chosenRow = columns > 0 ? chosen / columns : 0
    let first = min(chosenRow / fitting * fitting, max(0, rows - fitting))
    shownRows = first..<min(rows, first + fitting)
    cell = Size(width: area.width / columns, height: area.height / fitting)
  }

  /// As many columns as make the cells about twice as wide as high in lines.
  private static func side(of count: Int, in area: Size) -> Int {
    let fitting = max(1, area.width / leastWidth)
    return (1...fitting).first { columns in
      let rows = (count + columns - 1) / columns
      return area.height / max(1, rows) >= min(12, area.width / columns / 3)
    } ?? fitting
  }

  /// The area of a curve; `nil` where it is not shown.
  func area(of place: Int) -> Rect? {
    let row = place / columns
    guard shownRows.contains(row) else { return nil }
    return Rect(
      column: place % columns * cell.width, row: (row - shownRows.lowerBound) * cell.height,
      width: cell.width, height: cell.height)
  }

  /// The place of the curve at a point of the area.
  func place(at point: Point) -> Int? {
    guard cell.width > 0, cell.height > 0, point.column < columns * cell.width else { return nil }
    return (shownRows.lowerBound + point.row / cell.height) * columns + point.column / cell.width
  }
}
