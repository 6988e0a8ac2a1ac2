import ArgumentParser
import Experiments
import Foundation
import Runs
import TerminalScreen

/// `interspike scan`: an experiment over a grid of settings.
struct ScanCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Measure an experiment over a grid of settings, as a table with a row a point.",
    discussion: """
      Values are a list, 1,2,5, or a range: 0:10:40 for 40 points at equal distances, 0.1:10:log20 \
      for 20 at equal ratios, both ends among them. On a terminal a map of the first two axes fills \
      while the scan goes on. Rows are kept as they come, so that the same command goes on where it \
      was stopped; --shard and 'interspike merge' divide a scan among machines.
      """)

  @OptionGroup var options: ScanOptions

  func perform() throws -> Ending {
    let plan = try options.plan()
    if let tasks = options.slurm {
      try StandardOutput.write(SlurmScript(tasks: tasks, name: plan.base.name).text)
      return .success
    }
    let scan = try Scan(plan, options)
    if !options.plain && !options.json && StandardOutput.isTerminal {
      do {
        return try ScanScreenSession.show(scan, look: try Look(options.look))
      } catch let error as ScreenError {
        StandardError.write("interspike: \(Messages.sentence(for: error))\n")
      }
    }
    return try ScanPrintSession.print(scan, asJSON: options.json)
  }
}

/// A scan that stands ready: its folder is there, and what is in it is known.
struct Scan {
  let work: ScanWork
  let folder: ScanFolder
  let table: String
  let fingerprint: String
  /// Rows that are there already, of all shards.
  let earlier: [ScanRow]
  /// Points of the shard that are not there yet.
  let points: [Int]
  let threads: Int
  private let shard: ScanShard

  init(_ plan: ScanPlan, _ options: ScanOptions) throws {
    work = ScanWork(plan, try ScanWork.measure(of: plan.base.kind))
    shard = options.shard.flatMap(ScanShard.init) ?? .whole
    threads = options.threads ?? ProcessInfo.processInfo.activeProcessorCount
    fingerprint = ScanFolder.fingerprint(of: plan.text(columns: work.columns.names))
    let path = try options.out ?? Self.standardFolder(plan.base.name, fingerprint)
    folder = ScanFolder(path)
    try folder.prepare(work)
    table = folder.rowsFile(of: shard)
    var rows: [Int: ScanRow] = [:]
    for file in folder.rowsFiles {
      let reader = try ScanTableReader(file, header: work.columns.header, points: plan.count)
      for entry in reader.entries { rows[entry.row.point] = entry.row }
    }
    earlier = rows.values.sorted { $0.point < $1.point }
    points = shard.points(of: plan.count).filter { rows[$0] == nil }
  }

  /// Equal plans have the same folder, so that the same command goes on.
  private static func standardFolder(
    _ name: String, _ fingerprint: String
  ) throws(FileError) -> String {
    let runs = try RunLocation.runsFolder(environment: ProcessInfo.processInfo.environment)
    let data = URL(fileURLWithPath: runs).deletingLastPathComponent().path
    return "\(data)/scans/\(name)-\(fingerprint.prefix(12))"
  }

  /// Opens the table for the rows to come.
  func makeRunner(wake: @escaping @Sendable () -> Void) throws -> ScanRunner {
    ScanRunner(
      work, points: points, threads: threads,
      table: try ScanTable(at: table, columns: work.columns), wake: wake)
  }

  /// Where the rows are.
  var farewell: String { "table: \(table)\n" }
}

/// What went wrong at one point of a scan.
struct ScanPointFailure: Error {
  let point: Int
  let reason: any Error
}
