/// Neighbouring cells of one row to be written anew.
package struct ChangedRun: Hashable, Sendable {
  package let row: Int
  package let columns: Range<Int>
}

extension Frame {
  /// Moving the cursor costs about as many bytes as writing this many unchanged cells.
  private static let joinedGap = 4

  /// What must be written over `previous` to show this frame: everything when there is none or its
  /// size differs.
  package func changes(since previous: Frame?) -> [ChangedRun] {
    guard let previous, previous.size == size else {
      return width == 0 ? [] : (0..<height).map { ChangedRun(row: $0, columns: 0..<width) }
    }
    var runs: [ChangedRun] = []
    for row in 0..<height {
      appendRuns(of: row, since: previous, to: &runs)
    }
    return runs
  }

  private func appendRuns(of row: Int, since previous: Frame, to runs: inout [ChangedRun]) {
    let base = row * width
    var open: Range<Int>?
    for column in 0..<width where cells[base + column] != previous.cells[base + column] {
      if let run = open, column - run.upperBound <= Frame.joinedGap {
        open = run.lowerBound..<column + 1
      } else {
        if let run = open { runs.append(ChangedRun(row: row, columns: run)) }
        open = column..<column + 1
      }
    }
    if let run = open { runs.append(ChangedRun(row: row, columns: run)) }
  }
}
