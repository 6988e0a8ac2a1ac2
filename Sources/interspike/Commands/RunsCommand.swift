import ArgumentParser
import Foundation
import RunStore
import Runs

/// `interspike runs`: the stored runs.
struct RunsCommand: ProgramCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List the stored runs, the newest first.",
    discussion: """
      Runs are picked with --where and sorted with --sort by columns (\(columns)), by metrics of \
      evaluations (validation.spiking.accuracy, test.sites.h.bitsRange; with best. before it the \
      best instead of the last), and by settings (training.batch, model.kind).

      Comparisons are = != < <= > >= and ~ (contains), joined with and, or, not and parentheses: \
      --where 'test.spiking.accuracy > 0.96 and not (tag = old)'. Texts with spaces are quoted. \
      What a run does not have is never equal, unequal, smaller or larger.
      """)

  private static let columns =
    "name, folder, experiment, model, state, outcome, reason, parent, parentStep, note, tag, created, "
    + "ended, seed, parameters, step, steps, epoch, epochs, seconds, best, last, test, infinity, bits"

  @Option(
    help: ArgumentHelp(
      "Sort by a column, metric or setting: numbers and times from the largest, texts from A.",
      valueName: "key"))
  var sort: String?

  @Flag(help: "Turn the order round.")
  var reverse = false

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only the runs for which this holds.", valueName: "expression"))
  var condition: String?

  @Option(help: "Only so many, the first ones.")
  var limit: Int?

  @Flag(help: "Print JSON, one object a run.")
  var json = false

  @Flag(help: "Make the index of the runs anew from their folders first.")
  var rebuild = false

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("--limit \(limit) is less than 0.") }
  }

  func perform() throws -> Ending {
    let index = try RunIndex.ofProcess()
    if rebuild { try index.rebuild() } else { try index.refresh() }
    let rows = try index.list(
      RunQuery(condition: condition, sort: sort, isReversed: reverse, limit: limit))
    var text = ""
    if json {
      for row in rows { text += JSONValue.object(row.json).text + "\n" }
    } else if rows.isEmpty {
      StandardError.write("interspike: \(Messages.noRuns(in: index.location, condition))\n")
    } else {
      let table = RunTable(
        rows, width: StandardOutput.terminalColumns, now: Date().timeIntervalSince1970)
      text = table.text
    }
    try StandardOutput.write(text)
    return .success
  }
}

extension RunIndex {
  /// The index of the runs that this process finds. What is wrong with it is said.
  static func ofProcess() throws -> RunIndex {
    let location = try RunStoreLocation(environment: ProcessInfo.processInfo.environment)
    return try RunIndex(location) { warning in
      StandardError.write("interspike: \(Messages.sentence(warning))\n")
    }
  }

  /// The index, up to date and with a run that may be outside of the folder of all runs.
  static func ofProcess(with run: StoredRun) throws -> RunIndex {
    let index = try ofProcess()
    try index.record(folder: run.folder)
    try index.refresh()
    return index
  }
}
