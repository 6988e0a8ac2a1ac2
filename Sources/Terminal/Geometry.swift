/// The longest side and farthest place that geometry reckons with, so that sums never overflow.
private let farthest = 1 << 20

/// A number of columns and rows, in character cells. Never negative.
package struct Size: Hashable, Sendable {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = min(max(0, width), farthest)
    self.height = min(max(0, height), farthest)
  }

  package static let zero = Size(width: 0, height: 0)

  package var isEmpty: Bool { width == 0 || height == 0 }
}

/// A cell position; columns grow to the right and rows downwards, both from 0.
package struct Point: Hashable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  package static let zero = Point(column: 0, row: 0)
}

/// An area of cells. Its width and height are never negative.
package struct Rect: Hashable, Sendable {
  package let column: Int
  package let row: Int
  package let width: Int
  package let height: Int

  package init(column: Int = 0, row: Int = 0, width: Int, height: Int) {
    self.column = min(max(-farthest, column), farthest)
    self.row = min(max(-farthest, row), farthest)
    self.width = min(max(0, width), farthest)
    self.height = min(max(0, height), farthest)
  }

  package init(_ size: Size) {
    self.init(width: size.width, height: size.height)
  }

  package var size: Size { Size(width: width, height: height) }
  package var origin: Point { Point(column: column, row: row) }
  package var isEmpty: Bool { width == 0 || height == 0 }
  package var endColumn: Int { column + width }
  package var endRow: Int { row + height }

  package func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// The area without a rim of `columns` at the left and right and `rows` above and below.
  package func inset(columns: Int = 1, rows: Int = 1) -> Rect {
    Rect(
      column: column + min(columns, width), row: row + min(rows, height),
      width: width - 2 * columns, height: height - 2 * rows)
  }

  /// The area common to both; empty when they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top,
      width: min(endColumn, other.endColumn) - left, height: min(endRow, other.endRow) - top)
  }

  /// An area of `size` in the middle of this one, clipped to it.
  package func centered(_ size: Size) -> Rect {
    let width = min(size.width, self.width)
    let height = min(size.height, self.height)
    return Rect(
      column: column + (self.width - width) / 2, row: row + (self.height - height) / 2,
      width: width, height: height)
  }
}
