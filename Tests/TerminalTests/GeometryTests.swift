import Testing

@testable import Terminal

@Suite struct GeometryTests {
  @Test func splitsFillTheSide() {
    let area = Rect(column: 1, row: 2, width: 20, height: 10)
    let columns = area.columns(.fixed(5), .share(2), .share(1))
    #expect(columns.map(\.width) == [5, 10, 5])
    #expect(columns.map(\.column) == [1, 6, 16])
    let rows = area.rows(.fixed(1), .rest, .rest, .fixed(1))
    #expect(rows.map(\.height) == [1, 4, 4, 1])
    #expect(rows.map(\.row) == [2, 3, 7, 11])
  }

  @Test func splitsOfTooLittleRoomServeTheFirst() {
    let area = Rect(width: 3, height: 1)
    #expect(area.columns(.fixed(2), .rest, .fixed(9)).map(\.width) == [2, 0, 1])
    #expect(area.columns(.share(0), .fixed(-4), .share(-1)).map(\.width) == [0, 0, 0])
    #expect(Rect(width: -5, height: -1).rows(.rest, .fixed(3)).map(\.height) == [0, 0])
  }

  @Test func areasNeverGoNegativeOrOverflow() {
    let empty = Rect(width: 1, height: 0).inset(columns: 3, rows: 3)
    #expect(empty.isEmpty && empty.width == 0 && empty.height == 0)
    let huge = Rect(column: .max, row: .min, width: .max, height: .min)
    #expect(huge.height == 0 && huge.endColumn > 0)
    let apart = Rect(width: 2, height: 2).intersection(Rect(column: 5, width: 2, height: 2))
    #expect(apart.isEmpty)
  }

  @Test func keysHaveNames() {
    let keys: [Key] = [
      .character(" "), .control("p"), .up, .backTab, .function(5), .character("?"),
    ]
    #expect(keys.map(\.name) == ["Space", "Ctrl-P", "↑", "Shift-Tab", "F5", "?"])
  }
}
