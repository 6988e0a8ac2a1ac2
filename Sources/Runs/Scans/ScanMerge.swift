import Experiments

/// The tables of the shards of one scan as one table.
package struct ScanMerge: Sendable {
  package let header: String
  /// Points of the whole scan.
  package let points: Int
  /// By point.
  package private(set) var rows: [ScanRow] = []
  /// Rows that were there more than once, and left out.
  package private(set) var duplicates = 0
  /// Lines that are no rows.
  package private(set) var damagedLines: [(path: String, line: Int)] = []

  /// Merges all tables in the folders, all of which have to be of one scan.
  package init(folders: [ScanFolder]) throws(ScanFileError) {
    precondition(!folders.isEmpty, "something is merged")
    let first = try folders[0].outline()
    header = first.columns.joined(separator: ",")
    points = first.points
    for folder in folders.dropFirst()
    where try folder.outline().fingerprint != first.fingerprint {
      throw .differentPlans(first: folders[0].path, second: folder.path)
    }
    var found: [Int: (entry: ScanTableReader.Entry, path: String)] = [:]
    for path in folders.flatMap(\.rowsFiles) {
      let table = try ScanTableReader(path, header: header, points: points)
      damagedLines += table.damagedLines.map { (path, $0) }
      for entry in table.entries {
        if let known = found[entry.row.point] {
          try compare(known, (entry, path), first.columns)
          duplicates += 1
        } else {
          found[entry.row.point] = (entry, path)
        }
      }
    }
    rows = found.values.map(\.entry.row).sorted { $0.point < $1.point }
  }

  /// Points that are in no table.
  package var missing: [Int] {
    let present = Set(rows.map(\.point))
    return (1...points).filter { !present.contains($0) }
  }

  /// The whole table.
  package var text: String {
    ([header] + rows.map(\.line)).map { $0 + "\n" }.joined()
  }

  /// Refuses rows that differ in anything but the time they took.
  private func compare(
    _ first: (entry: ScanTableReader.Entry, path: String),
    _ second: (entry: ScanTableReader.Entry, path: String), _ columns: [String]
  ) throws(ScanFileError) {
    let (known, other) = (first.entry.row.fields, second.entry.row.fields)
    for (index, column) in columns.enumerated()
    where column != ScanColumns.seconds && known[index] != other[index] {
      throw .differing(
        point: first.entry.row.point, column: column,
        first: .init(path: first.path, line: first.entry.line, value: known[index]),
        second: .init(path: second.path, line: second.entry.line, value: other[index]))
    }
  }

  /// Numbers in rising order as people write them, `3, 7-12`, at most `most` parts of it.
  package static func ranges(_ numbers: [Int], most: Int) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let parts = ranges.prefix(most).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return parts.joined(separator: ", ") + (ranges.count > most ? ", ..." : "")
  }
}
