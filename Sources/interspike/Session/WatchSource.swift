import Engine
import Foundation
import Glibc
import Runs
import Synchronization

/// A run of another process: its record as it grows on the disk, and the socket that steers it.
final class WatchSource: RunSource {
  private struct State {
    var waiting: [RunnerReport]
    var descriptor: Int32?
    var steers = false
    /// Bytes for the other process.
    var requests: [UInt8] = []
    /// What was last asked to be sent, for when it is this watcher's turn.
    var watch: [UInt8] = []
    var isClosed = false
  }

  private let state: Mutex<State>
  private let folder: String

  /// Time between two looks at the record.
  private static let interval = Duration.milliseconds(250)

  /// - Parameter descriptor: the connected socket; `nil` where there is none to steer by
  /// - Parameter wake: called when reports are waiting, on a thread of its own
  init(
    _ tail: sending RunTail, folder: String, descriptor: Int32?,
    wake: @escaping @Sendable () -> Void
  ) {
    self.folder = folder
    state = Mutex(
      State(waiting: tail.opening + [.state(.training)], descriptor: descriptor))
    let follower = Follower(tail)
    let thread = Thread { [weak self] in
      while self?.follow(follower, wake) == true {}
    }
    thread.name = "watch"
    thread.start()
  }

  /// The tail belongs to the thread that follows it.
  private final class Follower: @unchecked Sendable {
    let tail: RunTail
    var splitter = LineSplitter(longest: ControlLine.longestReply)
    var nextLook = Runner.Surroundings.systemClock()
    var lastLook = Duration.zero
    var isOver = false

    init(_ tail: RunTail) { self.tail = tail }
  }

  /// One round of the thread; returns whether there will be another.
  private func follow(_ follower: Follower, _ wake: () -> Void) -> Bool {
    let descriptor = state.withLock { $0.isClosed ? nil : $0.descriptor ?? -1 }
    guard let descriptor else { return false }
    _ = Waiting.wait(for: [descriptor], timeout: .milliseconds(50))
    var reports = descriptor >= 0 ? exchange(descriptor, follower) : []
    let now = follower.nextLook()
    if now - follower.lastLook >= Self.interval {
      follower.lastLook = now
      reports += follower.tail.look()
      reports += endOfProcess(follower, reports)
    }
    guard !reports.isEmpty else { return true }
    state.withLock { $0.waiting += reports }
    wake()
    return true
  }

  /// A process that has gone without an end of the run.
  private func endOfProcess(_ follower: Follower, _ reports: [RunnerReport]) -> [RunnerReport] {
    if reports.contains(.state(.ended)) { follower.isOver = true }
    guard !follower.isOver, !RunLock.isHeld(in: folder) else { return [] }
    follower.isOver = true
    let rest = follower.tail.look() + follower.tail.look()
    return rest.contains(.state(.ended))
      ? rest : rest + [.failed(reason: "the process that trained it has gone")]
  }

  /// Sends what waits and takes what came.
  private func exchange(_ descriptor: Int32, _ follower: Follower) -> [RunnerReport] {
    let requests = state.withLock { state in
      defer { state.requests = [] }
      return state.requests
    }
    if !requests.isEmpty {
      _ = requests.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
    }
    var replies: [ControlReply] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { break }
      guard count > 0 else {
        disconnect(descriptor)
        break
      }
      follower.splitter.add(chunk[..<count]) { line in
        if let reply: ControlReply = line.flatMap(ControlLine.message) { replies.append(reply) }
      }
    }
    return replies.compactMap(report)
  }

  private func disconnect(_ descriptor: Int32) {
    close(descriptor)
    state.withLock { state in
      (state.descriptor, state.steers) = (nil, false)
    }
  }

  private func report(_ reply: ControlReply) -> RunnerReport? {
    switch reply {
    case .hello(_, let steers):
      state.withLock { state in
        if steers && !state.steers { state.requests += state.watch }
        state.steers = steers
      }
      return nil
    case .state(let state): return state == .ended ? nil : .state(state)
    case .knobs(let knobs): return .knobs(knobs)
    case .probe(let raster): return .probe(.raster(raster))
    case .layers(let layers): return .probe(.layers(layers))
    case .theory(let report): return .probe(.theory(report))
    case .curves(let report): return .probe(.curves(report))
    case .dynamics(let report): return .probe(.dynamics(report))
    case .refused(let sentence): return .declined(reason: sentence)
    case .saveFailed(let sentence): return .saveFailed(reason: sentence)
    case .saveRecovered(let lost): return .saveRecovered(lost: lost)
    }
  }

  func send(_ command: RunnerCommand) {
    state.withLock { state in
      if command == .rest { state.waiting.append(.resting) }
      guard let request = ControlRequest(command), state.descriptor != nil else { return }
      let bytes = ControlLine.bytes(of: request)
      if case .watch = command { state.watch = bytes }
      state.requests += bytes
    }
  }

  func drain() -> [RunnerReport] {
    state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  func nextReports(timeout: Duration) -> [RunnerReport] { drain() }

  /// Lets the other process go.
  func shutdown() {
    let descriptor = state.withLock { state in
      defer { (state.isClosed, state.descriptor) = (true, nil) }
      return state.descriptor
    }
    if let descriptor { close(descriptor) }
  }
}
