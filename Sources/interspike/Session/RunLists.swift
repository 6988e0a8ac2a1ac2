import Dashboard
import Foundation
import RunStore
import Runs

/// Reads stored runs for the dashboard on a thread of its own: an index of thousands of runs, or a
/// record of a million steps, must not hold up keys.
final class RunLists: Sendable {
  private let messages = Mailbox<Message>()
  private let wake: @Sendable () -> Void

  init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// What was read since the last call.
  func drain() -> [Message] { messages.drain() }

  func list() {
    work { try Self.listed() }
  }

  private static func listed() throws -> [Message] {
    let location = try RunStoreLocation(environment: ProcessInfo.processInfo.environment)
    var warnings: [Message] = []
    let index = try RunIndex(location) {
      warnings.append(.noticed(Notice(Messages.sentence($0), .warning)))
    }
    try index.refresh()
    var query = RunQuery()
    query.shows = [RunEntry.lossMetric]
    return try warnings + [.listed(index.list(query).map(RunEntry.init))]
  }

  /// Changes what is written about a run, and reads the list again.
  func change(_ folder: String, _ change: @escaping @Sendable (inout AboutFile) -> Void) {
    work {
      let setAside = try AboutFile.update(in: folder, change)
      let warnings = setAside.map {
        Message.noticed(
          Notice(Messages.aboutSetAside(AboutFile.path(in: folder), $0), .warning))
      }
      return (warnings.map { [$0] } ?? []) + (try Self.listed())
    }
  }

  /// Has another process of this program write a run to the working directory, under the run's name
  /// and never over what is there.
  func export(_ folder: String, as format: String) {
    work {
      let process = Process()
      process.executableURL = Bundle.main.executableURL
      process.arguments = ["export", folder, "--format", format]
      let (output, errors) = (Pipe(), Pipe())
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = output
      process.standardError = errors
      try process.run()
      let written = output.fileHandleForReading.readDataToEndOfFile()
      let reason = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let isWritten = process.terminationStatus == 0
      let lines = String(decoding: isWritten ? written : reason, as: UTF8.self)
        .split(separator: "\n").map(String.init)
      guard let first = lines.first else { return [] }
      return [
        .noticed(
          isWritten
            ? Notice("Wrote " + lines.joined(separator: ", "), .notice) : Notice(first, .error))
      ]
    }
  }

  func read(_ folder: String) {
    work {
      let settings = RunSummary.read(folder: folder).settings.map { ($0.key, Self.text($0.value)) }
      let curves = try RunCurves(
        run: folder, settings: Dictionary(settings) { first, _ in first })
      return [.curves(curves)]
    }
  }

  private static func text(_ value: RunSummary.SettingValue) -> String {
    switch value {
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .text(let text): text
    }
  }

  private func work(_ read: @escaping @Sendable () throws -> [Message]) {
    let (messages, wake) = (self.messages, self.wake)
    let thread = Thread {
      do {
        for message in try read() { messages.append(message) }
      } catch {
        messages.append(.noticed(Notice(Messages.sentence(for: error), .error)))
      }
      wake()
    }
    thread.name = "runs"
    thread.start()
  }
}

extension RunEntry {
  fileprivate static let lossMetric = "test.nonSpiking.loss"

  fileprivate init(_ row: RunRow) {
    let value = row.values.first { $0.name == Self.lossMetric }?.value
    let loss: Double? = if case .number(let number)? = value { number } else { nil }
    self.init(
      name: row.name, folder: row.folder, experiment: row.experiment ?? "",
      state: row.state.rawValue, step: row.step, steps: row.steps,
      spiking: row.scores.test ?? row.scores.best, nonSpiking: row.scores.infinity,
      bits: row.scores.bits, parameters: row.parameters, loss: loss, tags: row.tags,
      note: row.note ?? "", trace: row.trace.values)
  }
}
