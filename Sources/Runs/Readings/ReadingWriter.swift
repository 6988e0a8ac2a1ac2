package import Engine
import Foundation

/// Appends the readings of a run to its columns, one file a gauge (see ``ReadingColumn``).
///
/// Readings are gathered in memory until ``flush()``. What cannot be written stays there for the
/// next attempt, up to a limit; beyond it readings are lost and counted.
package final class ReadingWriter {
  /// The gauge under which the seconds of work are kept beside the readings.
  package static let secondsGauge = "seconds"

  private struct Column {
    var descriptor: Int32?
    /// Bytes not written yet.
    var waiting: [UInt8] = []
  }

  /// Where the columns lie. Files that are open stay where they are until ``closeAll()``.
  package var folder: String
  private var columns: [String: Column] = [:]
  /// The step of the checkpoint that the run goes on from, until it is noted.
  private var resumption: Int?
  /// Bytes not written yet, of all columns.
  private var waitingBytes = 0
  /// Readings that were lost because nothing could be written for too long.
  package private(set) var lost = 0

  /// Most bytes that wait for a disk.
  static let mostWaiting = 64 << 20

  /// `folder` is made with the first reading that is written.
  package init(folder: String) {
    self.folder = folder
  }

  deinit { closeAll() }

  /// Notes the readings of a step; several points where a reading stands for many steps.
  package func append(_ readings: Readings, seconds: Double) {
    for reading in readings.values {
      if reading.minimum < reading.maximum {
        append(.reading(step: readings.step, value: reading.minimum), to: reading.gauge)
        append(.reading(step: readings.step, value: reading.maximum), to: reading.gauge)
      }
      append(.reading(step: readings.step, value: reading.last), to: reading.gauge)
    }
    append(.reading(step: readings.step, value: seconds), to: Self.secondsGauge)
  }

  /// Adds points of a gauge that were stored elsewhere.
  package func append(_ points: StoredPoints, of gauge: String) {
    for point in points { append(.reading(step: point.step, value: point.value), to: gauge) }
  }

  /// Notes in all columns that there are, before anything else is written to them, that the run
  /// goes on from a checkpoint of this step.
  package func resume(at step: Int) { resumption = step }

  private func noteResumption() {
    guard let step = resumption else { return }
    resumption = nil
    var record: [UInt8] = []
    ReadingColumn.append(.resumption(step: step), to: &record)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for gauge in names.compactMap(ReadingColumn.gauge) {
      columns[gauge, default: Column()].waiting.insert(contentsOf: record, at: 0)
      waitingBytes += record.count
    }
  }

  private func append(_ record: ReadingColumn.Record, to gauge: String) {
    guard waitingBytes < Self.mostWaiting else {
      lost += 1
      return
    }
    ReadingColumn.append(record, to: &columns[gauge, default: Column()].waiting)
    waitingBytes += ReadingColumn.recordSize
  }

  /// Writes everything that waits.
  package func flush() throws(FileError) {
    noteResumption()
    guard waitingBytes > 0 else { return }
    for gauge in Array(columns.keys) { try flush(gauge) }
  }

  private func flush(_ gauge: String) throws(FileError) {
    guard var column = columns[gauge], !column.waiting.isEmpty else { return }
    defer { columns[gauge] = column }
    let path = path(of: gauge)
    let descriptor = if let open = column.descriptor { open } else { try open(path) }
    column.descriptor = descriptor
    var written = 0
    defer {
      column.waiting.removeFirst(written)
      waitingBytes -= written
    }
    while written < column.waiting.count {
      let count = column.waiting.withUnsafeBytes { bytes in
        write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .failed(.write, path: path, errno: errno)
      }
    }
  }

  private func path(of gauge: String) -> String {
    folder + "/" + ReadingColumn.fileName(ofGauge: gauge)
  }

  /// Opens a column at its end; a record that was cut there is dropped.
  private func open(_ path: String) throws(FileError) -> Int32 {
    if mkdir(folder, 0o755) != 0 && errno != EEXIST {
      throw .failed(.createDirectory, path: folder, errno: errno)
    }
    let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed(.open, path: path, errno: errno) }
    let size = lseek(descriptor, 0, SEEK_END)
    let rest = size % off_t(ReadingColumn.recordSize)
    if size < 0 || rest > 0 && ftruncate(descriptor, size - rest) != 0 {
      let code = errno
      close(descriptor)
      throw .failed(.write, path: path, errno: code)
    }
    return descriptor
  }

  /// Has everything that was written put on the disk.
  package func synchronize() throws(FileError) {
    try flush()
    for (gauge, column) in columns {
      guard let descriptor = column.descriptor else { continue }
      guard fdatasync(descriptor) == 0 else {
        throw .failed(.synchronize, path: path(of: gauge), errno: errno)
      }
    }
  }

  /// Closes all files, which are opened again when they are written to.
  package func closeAll() {
    for gauge in Array(columns.keys) {
      columns[gauge]?.descriptor.map { _ = close($0) }
      columns[gauge]?.descriptor = nil
    }
  }
}
