import Runs
import Terminal

/// The columns that the readings of a run go to, as they are on the disk.
struct RecordedColumns: Sendable, Equatable {
  /// The folder of the run; `nil` where it is not kept.
  private(set) var folder: String?
  private var columns: [String: StoredColumn] = [:]

  init() {}

  /// Those of a run that was read.
  init(_ past: RunPast) {
    folder = past.folder
    columns = past.columns
  }

  /// These are in another folder from now on, as when a run goes on under another name.
  mutating func move(to folder: String) {
    guard folder != self.folder else { return }
    self = RecordedColumns()
    self.folder = folder
  }

  /// What a gauge's column has by now; `nil` where there is none, or where it can not be read.
  mutating func points(of gauge: String) -> StoredPoints? {
    guard let folder else { return nil }
    if columns[gauge] == nil {
      columns[gauge] = try? StoredColumn(path: StoredReadings.path(ofGauge: gauge, in: folder))
    } else {
      try? columns[gauge]?.follow()
    }
    return columns[gauge]?.recorded
  }
}

/// The points of a column as those of a curve, their values multiplied.
struct ColumnSource: PointSource {
  let points: StoredPoints
  let factor: Double

  func read(
    from first: Int, xs: UnsafeMutableBufferPointer<Double>, ys: UnsafeMutableBufferPointer<Double>
  ) {
    points.read(from: first, steps: xs, values: ys)
    for index in ys.indices { ys[index] *= factor }
  }
}

extension Series {
  /// Stored points, their values multiplied.
  init(_ points: StoredPoints, factor: Double) {
    self.init(ColumnSource(points: points, factor: factor), count: points.count)
  }
}

extension History {
  /// Readings after which it is looked which points are on the disk by now.
  private static let readingsBetweenReleases = 256
  /// A curve with fewer points in memory keeps them.
  private static let leastReleased = 1024

  /// The readings go to the folder of a run from now on.
  mutating func record(in folder: String) { recorded.move(to: folder) }

  /// Lets go of what is on the disk by now, every now and then. Curves of what is not kept there, such
  /// as results of evaluations or a run without a folder, stay in memory, and so do those of a column
  /// that is not what was told, from there on.
  mutating func release() {
    guard recorded.folder != nil, clock.count % Self.readingsBetweenReleases == 0 else { return }
    let long = series.filter { $1.count - $1.storedCount >= Self.leastReleased }.map(\.key)
    for gauge in long {
      guard let points = recorded.points(of: gauge) else { continue }
      let source = ColumnSource(points: points, factor: factor(of: gauge))
      series[gauge]?.release(to: source, count: points.count)
    }
    guard clock.count - clock.storedCount >= Self.leastReleased,
      let points = recorded.points(of: ReadingWriter.secondsGauge)
    else { return }
    clock.release(to: ColumnSource(points: points, factor: 1), count: points.count)
  }
}
