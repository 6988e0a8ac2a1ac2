import Engine
import Foundation
import Runs
import Synchronization

/// Plays the record of a run: reports come as fast as they did, or faster.
final class ReplaySource: RunSource {
  private struct State {
    /// Where the record stands, in seconds of its work and in steps.
    var seconds = 0.0
    var step = 0
    var isPlaying = true
    /// When reports were last made, on the clock of the program.
    var time: Duration
    /// Reports that were made for an order.
    var waiting: [RunnerReport]
  }

  private let replay: Replay
  /// Seconds of the record in a second.
  private let speed: Double
  private let state: Mutex<State>
  private let clock = Runner.Surroundings.systemClock()

  /// Time between two reports of a replay that goes on.
  private static let interval = 0.05

  /// `wake` is called now and then while the replay goes on, on a thread of its own.
  init(_ replay: Replay, speed: Double, wake: @escaping @Sendable () -> Void) {
    self.replay = replay
    self.speed = speed
    state = Mutex(
      State(
        time: clock(), waiting: replay.reports(upTo: 0) + [.state(.training)]))
    let thread = Thread { [weak self] in
      while let isPlaying = self?.isPlaying {
        if isPlaying { wake() }
        Thread.sleep(forTimeInterval: Self.interval)
      }
    }
    thread.name = "replay"
    thread.start()
  }

  private var isPlaying: Bool { state.withLock { $0.isPlaying } }

  func send(_ command: RunnerCommand) {
    state.withLock { state in
      advance(&state)
      switch command {
      case .pause, .rest: pause(&state)
      case .resume, .wake: play(&state)
      case .stepBatch: move(&state, to: nextStep(after: state.step))
      case .run(let batches): move(&state, to: min(state.step + batches, replay.lastStep))
      case .stepEpoch:
        let epoch = replay.beginning.progress.stepsPerEpoch
        move(&state, to: min((state.step / epoch + 1) * epoch, replay.lastStep))
      case .seek(let share):
        let target = min(max(state.seconds + share * replay.duration, 0), replay.duration)
        state.seconds = target
        state.step = replay.step(at: target)
        let isAtEnd = state.step >= replay.lastStep
        if isAtEnd { state.isPlaying = false }
        let isEnded = isAtEnd && replay.past.conclusion != nil
        state.waiting =
          replay.reports(upTo: state.step)
          + [.state(isEnded ? .ended : state.isPlaying ? .training : .paused)]
      default: break
      }
      if case .rest = command { state.waiting.append(.resting) }
    }
  }

  private func nextStep(after step: Int) -> Int { min(step + 1, replay.lastStep) }

  private func pause(_ state: inout State) {
    guard state.isPlaying else { return }
    state.isPlaying = false
    state.waiting.append(.state(.paused))
  }

  /// A record that is at its end begins again.
  private func play(_ state: inout State) {
    guard !state.isPlaying else { return }
    state.isPlaying = true
    if state.step >= replay.lastStep {
      (state.seconds, state.step) = (0, 0)
      state.waiting = replay.reports(upTo: 0)
    }
    state.waiting.append(.state(.training))
  }

  /// Goes forward to a step, and rests there.
  private func move(_ state: inout State, to step: Int) {
    state.isPlaying = false
    state.waiting += replay.reports(after: state.step, upTo: step)
    state.step = step
    state.seconds = max(state.seconds, replay.seconds(at: step))
    if step < replay.lastStep { state.waiting.append(.state(.paused)) }
  }

  /// Makes the reports of the time that has passed.
  private func advance(_ state: inout State) {
    let now = clock()
    defer { state.time = now }
    guard state.isPlaying else { return }
    state.seconds += (now - state.time) / .seconds(1) * speed
    let step = replay.step(at: state.seconds)
    if step > state.step {
      state.waiting += replay.reports(after: state.step, upTo: step)
      state.step = step
    }
    guard state.step >= replay.lastStep else { return }
    state.isPlaying = false
    // A run that was interrupted has no end of its own.
    if replay.past.conclusion == nil { state.waiting.append(.state(.paused)) }
  }

  func drain() -> [RunnerReport] {
    state.withLock { state in
      advance(&state)
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  func nextReports(timeout: Duration) -> [RunnerReport] { drain() }
}
