import Engine
import Foundation
import TestSupport
import Testing

@testable import Runs

/// Points that are read from a column when they are asked for.
@Suite final class StoredPointsTests {
  private let run = NSTemporaryDirectory() + "points-" + UUID().uuidString
  private var folder: String { RunLocation.readingsFolder(in: run) }
  private var path: String { folder + "/loss.column" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: run) }

  private func write(_ records: [ReadingColumn.Record]) throws {
    var bytes: [UInt8] = []
    for record in records { ReadingColumn.append(record, to: &bytes) }
    let file = FileManager.default
    if !file.fileExists(atPath: path) { _ = file.createFile(atPath: path, contents: nil) }
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  private func column() throws -> StoredColumn { try StoredReadings(run: run).column(of: "loss") }

  /// The points as they are read many at once, from each place on.
  private func read(_ points: StoredPoints, from first: Int, count: Int) -> [[Double]] {
    var steps = [Double](repeating: 0, count: count)
    var values = steps
    steps.withUnsafeMutableBufferPointer { steps in
      values.withUnsafeMutableBufferPointer { values in
        points.read(from: first, steps: steps, values: values)
      }
    }
    return zip(steps, values).map { [$0, $1] }
  }

  @Test func `a column that goes back again and again is that of a list`() throws {
    var generator = SeededGenerator(1)
    var (points, branches): ([StoredColumn.Point], [[StoredColumn.Point]]) = ([], [])
    var records: [ReadingColumn.Record] = []
    for _ in 0..<20 {
      for _ in 0..<generator.below(200) {
        let point = StoredColumn.Point(
          step: (points.last?.step ?? 0) + generator.below(3), value: generator.uniform())
        points.append(point)
        records.append(.reading(step: point.step, value: point.value))
      }
      let step = generator.below((points.last?.step ?? 0) + 5)
      records.append(.resumption(step: step))
      let kept = points.firstIndex { $0.step > step } ?? points.count
      if kept < points.count { branches.append(Array(points[kept...])) }
      points.removeLast(points.count - kept)
    }
    try write(records)
    let column = try column()
    #expect(Array(column.points) == points)
    #expect(column.abandoned.map { Array($0.points) } == branches)
    for first in stride(from: 0, to: points.count, by: 13) {
      let wanted = points[first...].prefix(50).map { [Double($0.step), $0.value] }
      #expect(read(column.points, from: first, count: wanted.count) == wanted)
      let part = column.points.points(in: first..<points.count)
      #expect(Array(part) == Array(points[first...]))
    }
  }

  @Test func `a column is followed while it grows`() throws {
    try write((1...300).map { .reading(step: $0, value: Double($0)) })
    var column = try column()
    let before = column.points
    try write([.resumption(step: 250)])
    try write((251...270).map { .reading(step: $0, value: -Double($0)) })
    try column.follow()
    #expect(column.points.count == 270 && column.points[260].value == -261)
    #expect(column.abandoned.first?.points.count == 50)
    // What was read before stays what it is.
    #expect(before.count == 300 && before[260].value == 261)
    #expect(column == (try self.column()))
    var past = column
    past.tellOnly(upTo: 100)
    #expect(past.points.count == 100 && past.recorded.count == 270)
  }

  @Test func `a file that is cut gives gaps, and one that is deleted goes on`() throws {
    try write((1...500).map { .reading(step: $0, value: Double($0)) })
    let points = try column().points
    try FileManager.default.moveItem(atPath: path, toPath: path + ".moved")
    #expect(points[499].value == 500)
    truncate(path + ".moved", 16 * 300 + 7)
    let rest = read(points, from: 290, count: 20)
    #expect(rest[..<10].map { $0[1] } == (291...300).map(Double.init))
    #expect(rest[10...].allSatisfy { $0[1].isNaN })
    #expect(points[10].value == 11 && points[450].value.isNaN)
    truncate(path + ".moved", 0)
    #expect(read(points, from: 0, count: 500).allSatisfy { $0[1].isNaN })
    #expect(points.firstIndex(from: 0) { $0.step > 100 } <= 500)
  }
}
