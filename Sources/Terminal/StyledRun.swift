/// Neighbouring cells of one row in one style.
struct StyledRun: Hashable {
  let column: Int
  let text: String
  let style: Style
}

extension Frame {
  /// The runs of a row without blanks at its end that show nothing; `isBroken` may break a run
  /// between two cells of the same style.
  func runs(
    ofRow row: Int, isBlank: (Cell) -> Bool,
    brokenWhere isBroken: (Unicode.Scalar, Unicode.Scalar) -> Bool = { _, _ in false }
  ) -> [StyledRun] {
    let cells = self.row(row)
    let base = cells.startIndex
    let end = cells.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? base
    var runs: [StyledRun] = []
    var start = base
    for index in base..<end {
      let next = index + 1
      let continues =
        next < end && cells[next].style == cells[index].style
        && !isBroken(cells[index].scalar, cells[next].scalar)
      if continues { continue }
      let text = String(cells[start..<next].lazy.map(\.scalar))
      runs.append(StyledRun(column: start - base, text: text, style: cells[index].style))
      start = next
    }
    return runs
  }
}
