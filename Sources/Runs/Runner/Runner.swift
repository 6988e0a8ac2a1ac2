package import Engine
import Foundation

/// Runs a study on a thread of its own, steered by commands and telling what happens in reports.
///
/// The thread makes the study, advances it while it trains, sleeps while it is paused, and stays
/// for probes and saving after the end, until ``shutdown()``. All methods may be called from any
/// thread. Only ``nextReports(timeout:)`` and ``shutdown()`` wait; nothing here makes the study's
/// thread wait for the reader of its reports.
package final class Runner: Sendable {
  /// What a runner needs from the world around it. All closures are called on the study's thread.
  package struct Surroundings: Sendable {
    /// Time on a clock that never goes back.
    package var clock: @Sendable () -> Duration
    /// Called when reports are waiting after there were none. Must not block.
    package var wake: @Sendable () -> Void
    /// Writes a checkpoint and returns its path.
    package var save: @Sendable (Checkpoint, StudyProgress, SaveReason) throws -> String
    /// Makes what keeps the run as it goes on; `nil` where only what is asked for is saved.
    package var makeRecorder: @Sendable () -> RunRecorder?
    /// What was recorded of the run, where it goes on.
    package var past: RunPast?
    /// Seconds of work that were done before.
    package var secondsBefore: Double
    /// The sentence for an error, shown as the reason of a failure.
    package var describe: @Sendable (any Error) -> String

    package init(
      clock: @escaping @Sendable () -> Duration = Surroundings.systemClock(),
      wake: @escaping @Sendable () -> Void = {},
      save: @escaping @Sendable (Checkpoint, StudyProgress, SaveReason) throws -> String,
      makeRecorder: @escaping @Sendable () -> RunRecorder? = { nil }, past: RunPast? = nil,
      secondsBefore: Double = 0,
      describe: @escaping @Sendable (any Error) -> String
    ) {
      self.clock = clock
      self.wake = wake
      self.save = save
      self.makeRecorder = makeRecorder
      self.past = past
      self.secondsBefore = secondsBefore
      self.describe = describe
    }

    /// Time since now on a clock that stands still while the machine sleeps.
    package static func systemClock() -> @Sendable () -> Duration {
      let clock = SuspendingClock()
      let start = clock.now
      return { start.duration(to: clock.now) }
    }
  }

  private let commands = Mailbox<RunnerOrder>()
  private let reports = Mailbox<RunnerReport>()
  private let finished = Latch()

  /// Stack of the study's thread. A secondary thread's default is too small for the deep calls of
  /// a product library.
  private static let stackSize = 16 << 20

  /// Starts the thread. `make` is called on it and may take its time; commands sent meanwhile wait.
  package init(
    paused: Bool = false, surroundings: Surroundings,
    making make: @escaping @Sendable () throws -> any Study
  ) {
    let (commands, reports, finished) = (self.commands, self.reports, self.finished)
    let thread = Thread {
      let outbox = RunnerOutbox(reports: reports, wake: surroundings.wake)
      Self.work(
        paused: paused, surroundings: surroundings, make: make, commands: commands, outbox: outbox)
      finished.open()
    }
    thread.stackSize = Self.stackSize
    thread.name = "study"
    thread.start()
  }

  deinit {
    commands.append(.shutdown)
  }

  package func send(_ command: RunnerCommand) {
    commands.append(.command(command))
  }

  /// The reports since the last call, without waiting.
  package func drain() -> [RunnerReport] {
    reports.drain()
  }

  /// The reports since the last call; waits for one if there is none. Empty after `timeout`.
  package func nextReports(timeout: Duration) -> [RunnerReport] {
    reports.drain(waitingUntil: Date(timeIntervalSinceNow: timeout / .seconds(1)))
  }

  /// Ends the thread after its present unit of work and waits for that. May be called again.
  package func shutdown() {
    commands.append(.shutdown)
    finished.wait()
  }

  private static func work(
    paused: Bool, surroundings: Surroundings, make: () throws -> any Study,
    commands: Mailbox<RunnerOrder>, outbox: RunnerOutbox
  ) {
    do {
      var loop = RunnerLoop(
        study: try make(), paused: paused, surroundings: surroundings, outbox: outbox)
      do {
        try loop.run(orders: commands)
      } catch {
        loop.recordFailure(surroundings.describe(error))
        throw error
      }
    } catch {
      outbox.post(.failed(reason: surroundings.describe(error)))
    }
  }
}

/// What waits in a runner's mailbox.
enum RunnerOrder: Sendable {
  case command(RunnerCommand)
  case shutdown
}

/// Where the study's thread leaves its reports.
struct RunnerOutbox: Sendable {
  let reports: Mailbox<RunnerReport>
  let wake: @Sendable () -> Void

  /// A probe replaces one that nobody has fetched yet: it shows what is, not what was, and a
  /// reader that has stopped reading must not fill the memory with rasters.
  func post(_ report: RunnerReport) {
    let isProbe: (RunnerReport) -> Bool = { if case .probe = $0 { true } else { false } }
    let wasEmpty = reports.append(report, superseded: isProbe(report) ? isProbe : nil)
    if wasEmpty { wake() }
  }
}
