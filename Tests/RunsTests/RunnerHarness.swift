import Engine
import Foundation
import Runs
import Synchronization
import TestSupport

/// A clock that only goes when it is cranked.
final class HandClock: Sendable {
  private let time = Mutex(Duration.zero)

  var now: Duration { time.withLock { $0 } }

  func crank(_ duration: Duration) {
    time.withLock { $0 += duration }
  }
}

/// A gate at which a scripted study waits before it goes on, so that a test sees it busy.
final class StepGate: Sendable {
  private let arrived = DispatchSemaphore(value: 0)
  private let permitted = DispatchSemaphore(value: 0)

  func passByStudy() {
    arrived.signal()
    permitted.wait()
  }

  func waitForStudy() { arrived.wait() }
  func open() { permitted.signal() }
}

struct TestFailure: Error {
  var reason: String
}

/// A runner of a study, mostly a scripted one whose every step takes 20 ms on the clock, and
/// everything it said.
struct RunnerHarness: ~Copyable {
  let runner: Runner
  let clock: HandClock
  let saved = Mailbox<Checkpoint>()
  let wakes = Mailbox<Bool>()
  var reports: [RunnerReport] = []

  init(_ script: Script = Script(), paused: Bool = true, saveFails: Bool = false) {
    let clock = HandClock()
    var timed = script
    timed.onStep = { step in
      clock.crank(.milliseconds(20))
      script.onStep?(step)
    }
    self.init(clock: clock, paused: paused, saveFails: saveFails) { [timed] in
      ScriptedStudy(timed)
    }
  }

  /// The same of any study; its steps take no time on the clock unless it cranks it.
  init(
    clock: HandClock = HandClock(), paused: Bool = true, saveFails: Bool = false,
    study: @escaping @Sendable () throws -> any Study
  ) {
    self.clock = clock
    let (saved, wakes) = (self.saved, self.wakes)
    let surroundings = Runner.Surroundings(
      clock: { clock.now },
      wake: { wakes.append(true) },
      save: { checkpoint, progress, _ in
        if saveFails { throw TestFailure(reason: "disk full") }
        saved.append(checkpoint)
        return "step-\(progress.step)"
      },
      describe: { ($0 as? TestFailure)?.reason ?? "\($0)" })
    runner = Runner(paused: paused, surroundings: surroundings, making: study)
  }

  deinit { runner.shutdown() }

  /// Collects reports until one fits; gives up after ten seconds.
  mutating func wait(
    for description: String, _ fits: (RunnerReport) -> Bool
  ) throws -> [RunnerReport] {
    let start = reports.count
    let deadline = ContinuousClock.now + .seconds(10)
    while !reports[start...].contains(where: fits) {
      guard ContinuousClock.now < deadline else {
        throw TestFailure(reason: "no report of \(description) in \(reports[start...])")
      }
      reports += runner.nextReports(timeout: .milliseconds(100))
    }
    return Array(reports[start...])
  }

  mutating func wait(for state: RunState) throws -> [RunnerReport] {
    try wait(for: "state \(state)") { $0 == .state(state) }
  }

  /// Sends a command and collects what comes until the given state.
  mutating func send(_ command: RunnerCommand, until state: RunState) throws -> [RunnerReport] {
    runner.send(command)
    return try wait(for: state)
  }
}

extension [RunnerReport] {
  var events: [TimedEvent] {
    compactMap { if case .event(let timed) = $0 { timed } else { nil } }
  }

  var steps: [Int] {
    events.compactMap { if case .stepped(let readings) = $0.event { readings.step } else { nil } }
  }

  var states: [RunState] {
    compactMap { if case .state(let state) = $0 { state } else { nil } }
  }

  var evaluations: [Evaluation] {
    events.compactMap { if case .evaluated(let evaluation) = $0.event { evaluation } else { nil } }
  }

  var conclusions: [Conclusion] {
    events.compactMap { if case .ended(let conclusion) = $0.event { conclusion } else { nil } }
  }

  var looks: [DynamicsReport] {
    compactMap { if case .probe(.dynamics(let report)) = $0 { report } else { nil } }
  }

  var rasters: [Raster] {
    compactMap { if case .probe(.raster(let raster)) = $0 { raster } else { nil } }
  }
}
