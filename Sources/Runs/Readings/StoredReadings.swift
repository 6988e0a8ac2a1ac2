import Foundation

/// The readings of one gauge as they were stored.
package struct StoredColumn: Sendable, Equatable {
  package struct Point: Sendable, Equatable {
    package var step: Int
    package var value: Double

    package init(step: Int, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// A stretch that the run left when it went back to a checkpoint.
  package struct Branch: Sendable, Equatable {
    /// The step that the run went back to.
    package var resumedAt: Int
    package var points: [Point]
  }

  /// The points of the run as it stands, in rising order of steps.
  package var points: [Point] = []
  /// What was left behind, the oldest first.
  package var abandoned: [Branch] = []
  /// Records that were skipped because they were damaged.
  package var damaged = 0

  package init() {}

  mutating func add(_ record: ReadingColumn.Record) {
    switch record {
    case .reading(let step, let value):
      // A damaged file may go back without a resumption.
      guard step >= points.last?.step ?? 0 else {
        damaged += 1
        return
      }
      points.append(Point(step: step, value: value))
    case .resumption(let step):
      let kept = points.firstIndex(from: 0) { $0.step > step }
      guard kept < points.count else { return }
      abandoned.append(Branch(resumedAt: step, points: Array(points[kept...])))
      points.removeLast(points.count - kept)
    }
  }
}

extension [StoredColumn.Point] {
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

/// The readings of a run's folder.
package struct StoredReadings: Sendable {
  private let folder: String
  /// The gauges that there are readings of, the seconds of work among them, sorted.
  package let gauges: [String]

  /// `run` is the folder of the run; one without readings has no gauges.
  package init(run: String) {
    folder = RunLocation.readingsFolder(in: run)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    gauges = names.compactMap(ReadingColumn.gauge).sorted()
  }

  /// Reads a column to its present end. Damaged records are skipped and counted.
  package func column(of gauge: String) throws(FileError) -> StoredColumn {
    let path = folder + "/" + ReadingColumn.fileName(ofGauge: gauge)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    defer { close(descriptor) }
    var column = StoredColumn()
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0 { column.points.reserveCapacity(Int(size) / ReadingColumn.recordSize) }
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    var offset: off_t = 0
    while true {
      let count = chunk.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, offset)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .failed(.read, path: path, errno: errno) }
      let whole = count - count % ReadingColumn.recordSize
      guard whole > 0 else { return column }
      Self.add(chunk, count: whole, to: &column)
      offset += off_t(whole)
    }
  }

  private static func add(_ chunk: [UInt8], count: Int, to column: inout StoredColumn) {
    chunk.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: count, by: ReadingColumn.recordSize) {
        if let record = ReadingColumn.record(in: bytes, at: start) {
          column.add(record)
        } else {
          column.damaged += 1
        }
      }
    }
  }

  /// Bytes read at once: a whole number of records.
  private static let chunkSize = 1 << 16
}
