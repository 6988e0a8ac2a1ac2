import Foundation

/// The readings of one gauge as they were stored. The points stay in the file.
package struct StoredColumn: Sendable {
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
    package var points: StoredPoints
  }

  private let file: ColumnFile?
  /// The points of the run as it stands, in rising order of steps.
  package private(set) var recorded: StoredPoints
  /// Those of them that are told, where not all are.
  private var told: Int?
  /// What was left behind, the oldest first.
  package private(set) var abandoned: [Branch] = []
  /// Records that were skipped because they were damaged.
  package private(set) var damaged = 0
  /// Records of the file that were looked at.
  private var records = 0
  private var lastStep = 0

  /// Bytes read at once: a whole number of records.
  private static let chunkSize = 1 << 16

  /// The column in a file, to its present end. Damaged records are skipped and counted.
  package init(path: String) throws(FileError) {
    let file = try ColumnFile(path)
    self.file = file
    recorded = StoredPoints(file)
    try follow()
  }

  /// The points of the run as it stands, in rising order of steps, as far as they are told.
  package var points: StoredPoints { told.map { recorded.points(in: 0..<$0) } ?? recorded }

  /// The path of the file.
  package var path: String { file?.path ?? "" }

  /// Takes in what the file has gained.
  package mutating func follow() throws(FileError) {
    guard let file else { return }
    var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
    while true {
      var failure: FileError?
      let count = chunk.withUnsafeMutableBytes { bytes in
        do throws(FileError) { return try file.read(from: records, into: bytes) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      guard count > 0 else { return }
      chunk.withUnsafeBytes { bytes in
        for index in 0..<count {
          add(ReadingColumn.record(in: bytes, at: index * ReadingColumn.recordSize))
          records += 1
        }
      }
    }
  }

  /// Takes in the next record; `nil` is one that is damaged.
  private mutating func add(_ record: ReadingColumn.Record?) {
    switch record {
    // A damaged file may go back without a resumption.
    case .reading(let step, _) where step >= lastStep:
      recorded.append(record: records)
      lastStep = step
    case .resumption(let step): goBack(to: step)
    case .reading, nil: damaged += 1
    }
  }

  /// Leaves behind what is later than a step.
  mutating func goBack(to step: Int) {
    let kept = recorded.firstIndex(from: 0) { $0.step > step }
    guard kept < recorded.count else { return }
    abandoned.append(
      Branch(resumedAt: step, points: recorded.points(in: kept..<recorded.count)))
    recorded.truncate(to: kept)
    lastStep = recorded.last?.step ?? 0
  }

  /// Has the points tell nothing that is later than a step.
  mutating func tellOnly(upTo step: Int) {
    told = recorded.firstIndex(from: 0) { $0.step > step }
  }
}

extension StoredColumn: Equatable {
  /// Whether both tell the same, wherever it lies.
  package static func == (left: StoredColumn, right: StoredColumn) -> Bool {
    left.points == right.points && left.abandoned == right.abandoned
      && left.damaged == right.damaged
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
    try StoredColumn(path: folder + "/" + ReadingColumn.fileName(ofGauge: gauge))
  }

  /// The file of a gauge in the folder of a run.
  package static func path(ofGauge gauge: String, in run: String) -> String {
    RunLocation.readingsFolder(in: run) + "/" + ReadingColumn.fileName(ofGauge: gauge)
  }
}
