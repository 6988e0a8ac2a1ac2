import Engine
import Foundation
import TestSupport
import Testing

@testable import Runs

/// Readings on the disk.
@Suite final class ReadingColumnTests {
  private let run = NSTemporaryDirectory() + "readings-" + UUID().uuidString
  private var folder: String { RunLocation.readingsFolder(in: run) }

  init() throws {
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: run) }

  private func readings(_ step: Int, _ values: [Reading]) -> Readings {
    Readings(epoch: 1, step: step, samples: step, values: values)
  }

  private func steps(_ gauge: String) throws -> [Int] {
    try StoredReadings(run: run).column(of: gauge).points.map(\.step)
  }

  @Test func `what is written is read, whatever the gauge is called`() throws {
    let writer = ReadingWriter(folder: folder)
    let odd = "w.a/b é%"
    for step in 1...5 {
      writer.append(
        readings(step, [Reading("loss", 1 / Double(step)), Reading(odd, .infinity)]),
        seconds: Double(step) / 10)
    }
    writer.append(
      readings(6, [Reading(gauge: "loss", last: 2, minimum: 1, maximum: 3)]), seconds: 1)
    #expect(StoredReadings(run: run).gauges.isEmpty)
    try writer.flush()
    let stored = StoredReadings(run: run)
    #expect(stored.gauges == ["loss", "seconds", odd])
    let loss = try stored.column(of: "loss")
    #expect(loss.points.map(\.value) == [1, 0.5, 1.0 / 3, 0.25, 0.2, 1, 3, 2])
    #expect(try stored.column(of: odd).points.map(\.value) == Array(repeating: .infinity, count: 5))
    #expect(try stored.column(of: "seconds").points.map(\.step) == [1, 2, 3, 4, 5, 6])
  }

  @Test func `a resumption leaves a branch behind, also in columns that are seldom written`() throws
  {
    let first = ReadingWriter(folder: folder)
    for step in 1...10 {
      first.append(
        readings(
          step, [Reading("loss", Double(step))] + (step % 4 == 0 ? [Reading("bits", 1)] : [])),
        seconds: 0)
    }
    try first.flush()
    let second = ReadingWriter(folder: folder)
    second.resume(at: 6)
    second.append(readings(7, [Reading("loss", -7)]), seconds: 0)
    second.append(readings(8, [Reading("loss", -8)]), seconds: 0)
    try second.flush()
    let third = ReadingWriter(folder: folder)
    third.resume(at: 7)
    try third.synchronize()
    let loss = try StoredReadings(run: run).column(of: "loss")
    #expect(loss.points.map(\.value) == [1, 2, 3, 4, 5, 6, -7])
    #expect(loss.abandoned.map(\.resumedAt) == [6, 7])
    #expect(loss.abandoned.map { $0.points.map(\.value) } == [[7, 8, 9, 10], [-8]])
    #expect(try steps("bits") == [4])
  }

  @Test func `a record that was cut is dropped when the column is written again`() throws {
    let writer = ReadingWriter(folder: folder)
    for step in 1...3 { writer.append(readings(step, [Reading("loss", 1)]), seconds: 0) }
    try writer.flush()
    let path = folder + "/loss.column"
    truncate(path, 16 * 2 + 5)
    #expect(try steps("loss") == [1, 2])
    let again = ReadingWriter(folder: folder)
    again.append(readings(3, [Reading("loss", 1)]), seconds: 0)
    try again.flush()
    #expect(try steps("loss") == [1, 2, 3])
  }

  @Test func `what cannot be written waits for the disk`() throws {
    try "".write(toFile: folder, atomically: true, encoding: .utf8)
    let writer = ReadingWriter(folder: folder)
    writer.append(readings(1, [Reading("loss", 1)]), seconds: 0)
    #expect(throws: FileError.self) { try writer.flush() }
    try FileManager.default.removeItem(atPath: folder)
    writer.append(readings(2, [Reading("loss", 1)]), seconds: 0)
    try writer.flush()
    #expect(try steps("loss") == [1, 2])
  }

  @Test func `damaged columns give what is whole of them`() throws {
    let writer = ReadingWriter(folder: folder)
    for step in 1...64 { writer.append(readings(step, [Reading("loss", 1)]), seconds: 0) }
    writer.resume(at: 40)
    try writer.flush()
    let whole = try DurableFile.read(folder + "/loss.column")
    var generator = SeededGenerator(11)
    for _ in 0..<Trials.count(10_000) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0..<20, using: &generator))
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/loss.column"))
      let column = try StoredReadings(run: run).column(of: "loss")
      #expect(column.points.count >= 64 - 40 || column.points.count + column.damaged >= 36)
      #expect(zip(column.points, column.points.dropFirst()).allSatisfy { $0.step <= $1.step })
    }
  }
}
