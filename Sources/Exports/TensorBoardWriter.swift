import Engine
import Foundation
package import Runs

/// Writes scalars to an event file that TensorBoard reads, also while it grows.
///
/// The file is a sequence of records: length (8 bytes), its checksum (4), the event, its checksum
/// (4), all little-endian.
package final class TensorBoardWriter {
  package let path: String
  private let descriptor: Int32
  private var waiting: [UInt8] = []

  private static let prefix = "events.out.tfevents"
  private static let suffix = ".interspike"

  /// Bytes that are gathered before they are written without being asked.
  private static let mostWaiting = 1 << 16
  /// Most bytes that are kept for a disk that fails; values beyond them are lost.
  private static let mostKept = 64 << 20

  /// Begins a file of its own in a folder, which is made if need be; `seconds` since 1970 name it.
  package init(folder: String, seconds: Double) throws(FileError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failed(.createDirectory, path: folder, errno: errno)
    }
    let name = "\(Self.prefix).\(Int(seconds))\(Self.suffix)"
    var (path, number, found) = ("\(folder)/\(name)", 1, Int32(-1))
    while true {
      found = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard found < 0, errno == EEXIST, number < 1000 else { break }
      path = "\(folder)/\(name).\(number)"
      number += 1
    }
    guard found >= 0 else { throw .failed(.open, path: path, errno: errno) }
    (self.path, descriptor) = (path, found)
    append(TensorBoardEvent.version(wallTime: seconds))
  }

  /// Deletes the event files that were written to a folder by this program.
  package static func clear(folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix + ".") && name.contains(suffix) {
      unlink(folder + "/" + name)
    }
  }

  deinit {
    try? flush()
    close(descriptor)
  }

  /// Adds a value. The parts of a gauge's dotted name become levels: `w.h` is `w/h`.
  package func add(
    _ gauge: String, step: Int, value: Double, wallTime: Double
  ) throws(FileError) {
    let tag = gauge.split(separator: ".").joined(separator: "/")
    append(TensorBoardEvent.scalar(tag, step: step, value: value, wallTime: wallTime))
    if waiting.count >= Self.mostWaiting { try flush() }
  }

  private func append(_ event: [UInt8]) {
    guard waiting.count < Self.mostKept else { return }
    let length = withUnsafeBytes(of: UInt64(event.count).littleEndian, Array.init)
    waiting += length
    withUnsafeBytes(of: RecordChecksum.masked(length).littleEndian) { waiting += $0 }
    waiting += event
    withUnsafeBytes(of: RecordChecksum.masked(event).littleEndian) { waiting += $0 }
  }

  /// Writes what was gathered; what cannot be written stays for the next time.
  package func flush() throws(FileError) {
    while !waiting.isEmpty {
      let count = waiting.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        waiting.removeFirst(count)
      } else if errno != EINTR {
        throw .failed(.write, path: path, errno: errno)
      }
    }
  }

  /// Writes the record of a run: all values that were not abandoned, and its validations.
  ///
  /// - Parameter began: seconds since 1970 at which the run began; the times of values follow from
  ///   its seconds of work
  package func write(_ past: RunPast, began: Double) throws(FileError) {
    let clock = Array(past.columns[ReadingWriter.secondsGauge]?.points ?? StoredPoints())
    for (gauge, column) in past.columns.sorted(by: { $0.key < $1.key }) {
      var next = 0
      for point in column.points {
        while next < clock.count, clock[next].step <= point.step { next += 1 }
        try add(
          gauge, step: point.step, value: point.value,
          wallTime: began + (next > 0 ? clock[next - 1].value : 0))
      }
    }
    for entry in past.entries where !entry.isAbandoned {
      guard case .evaluated(let evaluation) = entry.happening else { continue }
      for metric in evaluation.metrics {
        try add(
          "\(evaluation.split.rawValue).\(metric.gauge)", step: evaluation.step,
          value: metric.last, wallTime: began + entry.seconds)
      }
    }
    try flush()
  }
}
