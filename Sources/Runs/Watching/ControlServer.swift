import Foundation
import Synchronization

/// Lets other processes of the same user watch and steer a run: takes requests from a socket and
/// sends what is not in the record on the disk. One watcher at a time steers; the others only see.
package final class ControlServer: Sendable {
  private struct Watcher {
    let descriptor: Int32
    var splitter = LineSplitter(longest: ControlLine.longest)
    var waiting: [UInt8] = []
    var isGone = false
  }

  private struct State {
    var watchers: [Watcher] = []
    /// The last state and knobs, for those who come later.
    var latest: [String: ControlReply] = [:]
    var isClosed = false

    var present: [ControlReply] { [latest["state"], latest["knobs"]].compactMap(\.self) }
  }

  private let path: String
  private let listener: Int32
  private let version: String
  private let send: @Sendable (RunnerCommand) -> Void
  private let state = Mutex(State())

  /// Most bytes that wait for a watcher who does not read; then it is let go.
  private static let mostWaiting = 8 << 20
  /// Milliseconds between two looks at what is to be sent.
  private static let interval: Int32 = 50

  /// Listens at a path and serves on a thread of its own. `send` is called there.
  package init(
    at path: String, version: String, send: @escaping @Sendable (RunnerCommand) -> Void
  ) throws(FileError) {
    self.path = path
    self.version = version
    self.send = send
    listener = try ControlSocket.listen(at: path)
    let thread = Thread { [weak self] in
      while self?.serve() == true {}
    }
    thread.name = "control"
    thread.start()
  }

  /// Tells the watchers what was reported.
  package func tell(_ reports: [RunnerReport], describe: (any Error) -> String) {
    let replies = reports.compactMap { ControlReply($0, describe: describe) }
    guard !replies.isEmpty else { return }
    state.withLock { state in
      for reply in replies {
        switch reply {
        case .state: state.latest["state"] = reply
        case .knobs: state.latest["knobs"] = reply
        case .hello, .probe, .layers, .theory, .curves, .dynamics, .refused, .saveFailed,
          .saveRecovered:
          break
        }
        for index in state.watchers.indices { Self.queue(reply, for: &state.watchers[index]) }
      }
    }
  }

  /// Stops listening and lets all watchers go.
  package func close() {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.isClosed = true
      for watcher in state.watchers { Foundation.close(watcher.descriptor) }
      state.watchers = []
      Foundation.close(listener)
      unlink(path)
    }
  }

  private static func queue(_ reply: ControlReply, for watcher: inout Watcher) {
    guard watcher.waiting.count < mostWaiting else {
      watcher.isGone = true
      return
    }
    watcher.waiting += ControlLine.bytes(of: reply)
  }

  /// One round: new watchers, requests, replies. Returns whether there will be another.
  private func serve() -> Bool {
    let descriptors = state.withLock { $0.isClosed ? nil : $0.watchers.map(\.descriptor) }
    guard let descriptors else { return false }
    var polls = ([listener] + descriptors).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    _ = poll(&polls, nfds_t(polls.count), Self.interval)
    var commands: [RunnerCommand] = []
    let goesOn = state.withLock { state in
      guard !state.isClosed else { return false }
      if polls[0].revents & Int16(POLLIN) != 0 { accept(&state) }
      let present = state.present
      for index in state.watchers.indices {
        commands += read(&state.watchers[index], steers: index == 0, present)
        write(&state.watchers[index])
      }
      if removeGone(&state) { commands.append(.watch(nil)) }
      return true
    }
    for command in commands { send(command) }
    return goesOn
  }

  /// Lets watchers go who have left; returns whether the one who steered is among them. The next in
  /// line steers then.
  private func removeGone(_ state: inout State) -> Bool {
    let hasLeaderGone = state.watchers.first?.isGone == true
    for watcher in state.watchers where watcher.isGone { Foundation.close(watcher.descriptor) }
    state.watchers.removeAll(where: \.isGone)
    if hasLeaderGone, !state.watchers.isEmpty {
      Self.queue(.hello(version: version, steers: true), for: &state.watchers[0])
    }
    return hasLeaderGone
  }

  private func accept(_ state: inout State) {
    let descriptor = Foundation.accept(listener, nil, nil)
    guard descriptor >= 0 else { return }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var watcher = Watcher(descriptor: descriptor)
    Self.queue(.hello(version: version, steers: state.watchers.isEmpty), for: &watcher)
    for reply in state.present { Self.queue(reply, for: &watcher) }
    state.watchers.append(watcher)
  }

  /// Takes in what a watcher asks for. One who only sees is told `present` again: what it did not
  /// change.
  private func read(
    _ watcher: inout Watcher, steers: Bool, _ present: [ControlReply]
  ) -> [RunnerCommand] {
    var commands: [RunnerCommand] = []
    var replies: [ControlReply] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while !watcher.isGone {
      let count = recv(watcher.descriptor, &chunk, chunk.count, 0)
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN { break }
      guard count > 0 else {
        watcher.isGone = true
        break
      }
      watcher.splitter.add(chunk[..<count]) { line in
        guard let line, let request: ControlRequest = ControlLine.message(line) else {
          replies.append(.refused(sentence: "a request that is none was left out"))
          return
        }
        if steers {
          commands.append(request.command)
        } else if request.isOrder {
          replies += [.refused(sentence: "another watcher steers this run")] + present
        }
      }
    }
    for reply in replies { Self.queue(reply, for: &watcher) }
    return commands
  }

  private func write(_ watcher: inout Watcher) {
    var sent = 0
    while sent < watcher.waiting.count, !watcher.isGone {
      let count = watcher.waiting.withUnsafeBytes { bytes in
        Foundation.send(
          watcher.descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if count < 0 && errno == EAGAIN {
        break
      } else if count < 0 && errno != EINTR {
        watcher.isGone = true
      }
    }
    watcher.waiting.removeFirst(sent)
  }
}
