import Testing

@testable import Terminal

@Suite struct HeatmapTests {
  private func text(_ map: Heatmap, _ width: Int, _ height: Int) -> String {
    Frame(Size(width: width, height: height)) { map.draw(on: $0) }.text
  }

  private var map: Heatmap {
    var map = Heatmap(values: [0, 1, 2, 3, nil, 4], columns: 3)
    map.columnLabels = ["0.5", "1", "2"]
    map.rowLabels = ["10", "20"]
    return map
  }

  @Test func `values rise from below, with labels at both sides`() {
    #expect(text(map, 12, 3) == "20 ███·  ███\n10 ░░░▒▒▒▓▓▓\n   0.5   2")
  }

  @Test func `the chosen place is marked and its labels come first`() {
    var map = map
    map.selected = .init(column: 2, row: 1)
    #expect(text(map, 12, 3) == "20 ███·  █◈█\n10 ░░░▒▒▒▓▓▓\n   0.5   2")
    let frame = Frame(Size(width: 12, height: 3)) { map.draw(on: $0) }
    #expect(frame[10, 0].style.role == .cursor)
    #expect(frame[9, 2].style.role == .accent)
  }

  @Test func `neighbours share a block where there is less room, and the mean is told`() {
    let many = Heatmap(values: (0..<100).map { Double($0 / 10) }, columns: 100)
    #expect(text(many, 10, 1) == "░░░▒▒▓▓███")
    var spike = [Double?](repeating: 0, count: 40)
    spike[21] = 8
    let frame = Frame(Size(width: 4, height: 1)) {
      Heatmap(values: spike, columns: 40).draw(on: $0)
    }
    #expect(
      (0..<4).map { frame[$0, 0].style.role } == [0, 0, 25, 0].map { .gradient(.rate, level: $0) })
  }

  @Test func `levels follow the colours of the gradient`() {
    let frame = Frame(Size(width: 2, height: 1)) {
      Heatmap(values: [1, 3], columns: 2).draw(on: $0)
    }
    #expect(frame[0, 0].style.role == .gradient(.rate, level: 0))
    #expect(frame[1, 0].style.role == .gradient(.rate, level: 255))
    let legend = map.legend(.unicode)
    #expect(legend.first?.text == "0 " && legend.last?.text == " 4.00")
    #expect(legend.dropFirst().dropLast().map(\.text).joined() == "░░▒▒▓▓██")
  }

  @Test func `any area is survived`() {
    for width in 0...14 {
      for height in 0...6 {
        var map = map
        map.selected = .init(column: 1, row: 1)
        _ = text(map, width, height)
      }
    }
    #expect(text(Heatmap(values: [], columns: 0), 3, 1) == "")
    #expect(text(Heatmap(values: [.nan, nil], columns: 2), 2, 1) == "··")
    #expect(Heatmap(values: [nil], columns: 1).legend(.unicode).isEmpty)
  }
}
