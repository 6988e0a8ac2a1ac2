import Foundation

/// Points of a column as they lie in its file: they are read when they are asked for, and take no
/// memory. One that can no longer be read is not a number, at step 0.
package struct StoredPoints: Sendable {
  /// Points that follow one another in the file, up to the next stretch or the end.
  private struct Stretch: Sendable, Equatable {
    /// The first of these points.
    var index: Int
    /// The record that holds it.
    var record: Int
  }

  private let file: ColumnFile?
  private var stretches: [Stretch] = []
  package private(set) var count = 0

  /// No points.
  package init() { file = nil }

  init(_ file: ColumnFile?) { self.file = file }

  /// Adds the point in a record of the file.
  mutating func append(record: Int) {
    if stretches.last.map({ $0.record + count - $0.index != record }) ?? true {
      stretches.append(Stretch(index: count, record: record))
    }
    count += 1
  }

  /// The points in a range.
  func points(in range: Range<Int>) -> StoredPoints {
    var points = StoredPoints(file)
    points.count = range.count
    guard !range.isEmpty else { return points }
    for stretch in stretches[place(of: range.lowerBound)...] where stretch.index < range.upperBound
    {
      let skipped = Swift.max(0, range.lowerBound - stretch.index)
      points.stretches.append(
        Stretch(
          index: stretch.index + skipped - range.lowerBound, record: stretch.record + skipped))
    }
    return points
  }

  /// Drops all points from an index on.
  mutating func truncate(to count: Int) {
    guard count < self.count else { return }
    self.count = count
    while let last = stretches.last, last.index >= count { stretches.removeLast() }
  }

  /// The stretch that a point is in.
  private func place(of index: Int) -> Int {
    var (lower, upper) = (0, stretches.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if stretches[middle].index > index { upper = middle } else { lower = middle + 1 }
    }
    return lower - 1
  }

  /// Reads points from one on, as many as there is room for.
  package func read(
    from first: Int, steps: UnsafeMutableBufferPointer<Double>,
    values: UnsafeMutableBufferPointer<Double>
  ) {
    let end = Swift.min(count, first + steps.count)
    steps[Swift.max(0, end - first)...].update(repeating: .nan)
    values[Swift.max(0, end - first)...].update(repeating: .nan)
    var index = first
    var place = first < end ? place(of: first) : 0
    while index < end {
      let stretch = stretches[place]
      place += 1
      let next = Swift.min(end, place < stretches.count ? stretches[place].index : count)
      let part = index - first..<next - first
      readRecords(
        from: stretch.record + index - stretch.index,
        steps: UnsafeMutableBufferPointer(rebasing: steps[part]),
        values: UnsafeMutableBufferPointer(rebasing: values[part]))
      index = next
    }
  }

  private func readRecords(
    from record: Int, steps: UnsafeMutableBufferPointer<Double>,
    values: UnsafeMutableBufferPointer<Double>
  ) {
    let size = ReadingColumn.recordSize
    withUnsafeTemporaryAllocation(byteCount: steps.count * size, alignment: 8) { bytes in
      let count = (try? file?.read(from: record, into: bytes)) ?? 0
      let read = UnsafeRawBufferPointer(bytes)
      // Their checks were found right when they were taken in.
      for index in 0..<count {
        let reading = ReadingColumn.reading(in: read, at: index * size)
        (steps[index], values[index]) = (Double(reading.step), reading.value)
      }
      steps[count...].update(repeating: .nan)
      values[count...].update(repeating: .nan)
    }
  }
}

extension StoredPoints: RandomAccessCollection {
  package typealias Element = StoredColumn.Point
  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(index: Int) -> StoredColumn.Point {
    precondition(indices.contains(index), "no such point")
    let stretch = stretches[place(of: index)]
    guard
      case .reading(let step, let value)? = file?.record(at: stretch.record + index - stretch.index)
    else { return StoredColumn.Point(step: 0, value: .nan) }
    return StoredColumn.Point(step: step, value: value)
  }
}

extension StoredPoints: Equatable {
  package static func == (left: StoredPoints, right: StoredPoints) -> Bool {
    guard left.count == right.count else { return false }
    return left.file === right.file && left.stretches == right.stretches
      || left.elementsEqual(right)
  }
}

extension RandomAccessCollection<StoredColumn.Point> where Index == Int {
  /// The first index from `start` on whose point fulfils a condition that holds for all later ones
  /// too; the count where none does.
  func firstIndex(from start: Int, where condition: (StoredColumn.Point) -> Bool) -> Int {
    var (lower, upper) = (start, count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if condition(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
