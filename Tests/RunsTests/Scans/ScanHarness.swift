import Experiments
import Foundation
import Testing

@testable import Runs

/// A folder of one test, and small scans in it.
struct ScanHarness {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("scans-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func scanFolder(_ name: String) -> ScanFolder {
    ScanFolder(folder.appendingPathComponent(name).path)
  }

  /// Networks of twenty neurons over two couplings and three delays, with two seeds.
  static func work(
    couplings: String = "1,4", over: [String] = [], sets: [String] = []
  ) throws -> ScanWork {
    let base = try ExperimentFile.load(
      "inhibitory-regular",
      sets: [
        "inhibitory.neurons=20", "inhibitory.transient=5", "inhibitory.duration=20",
        "inhibitory.sampling=0.1", "inhibitory.seed=3",
      ] + sets)
    let measure = InhibitoryScanMeasure()
    let axes =
      [
        try ScanAxis("g", key: "inhibitory.coupling", text: couplings, option: "--g"),
        try ScanAxis("delay", key: "inhibitory.delay", text: "0,0.1,0.5", option: "--delay"),
      ] + (try over.map { try ScanAxis(over: $0, names: measure.names) })
    return ScanWork(try ScanPlan(base, axes: axes, seeds: 2), measure)
  }

  /// Measures some points into the table of a shard; those that are there are left alone.
  static func run(
    _ work: ScanWork, in folder: ScanFolder, shard: ScanShard = .whole, threads: Int = 1
  ) throws {
    try folder.prepare(work)
    let table = try ScanTable(at: folder.rowsFile(of: shard), columns: work.columns)
    let present = try ScanTableReader(
      folder.rowsFile(of: shard), header: work.columns.header, points: work.plan.count)
    let known = Set(present.entries.map(\.row.point))
    let runner = ScanRunner(
      work, points: shard.points(of: work.plan.count).filter { !known.contains($0) },
      threads: threads, table: table)
    runner.start()
    try wait(for: runner)
  }

  static func wait(for runner: ScanRunner) throws {
    while true {
      for report in runner.nextReports() {
        switch report {
        case .row: break
        case .failed(_, let error): throw error
        case .finished: return
        }
      }
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// A table without the column that tells how long points took.
  static func withoutSeconds(_ table: String) -> [[String]] {
    let rows = table.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let column = rows.first?.firstIndex(of: ScanColumns.seconds)
    return rows.map { row in
      row.enumerated().filter { $0.offset != column }.map(\.element)
    }
  }
}
