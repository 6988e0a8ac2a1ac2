import Glibc

/// Waits for descriptors to become readable, or one to become writable.
enum Waiting {
  /// What became of one descriptor.
  struct Outcome: OptionSet {
    let rawValue: UInt8

    static let readable = Outcome(rawValue: 1)
    /// The other side is gone.
    static let hungUp = Outcome(rawValue: 2)
    static let writable = Outcome(rawValue: 4)
  }

  /// Waits until one of `readers` is readable, `writer` is writable, a signal came, or `timeout` is
  /// over. The outcomes are in the order of the descriptors, that of `writer` last.
  static func wait(
    for readers: [Int32], writer: Int32? = nil, timeout: Duration
  ) -> [Outcome] {
    var polls = readers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    polls.append(pollfd(fd: writer ?? -1, events: Int16(POLLOUT), revents: 0))
    let milliseconds = (timeout / .milliseconds(1)).rounded(.up)
    guard poll(&polls, nfds_t(polls.count), Int32(min(max(milliseconds, 0), 60_000))) > 0 else {
      return polls.map { _ in [] }
    }
    return polls.map { poll in
      var outcome = Outcome()
      if poll.revents & Int16(POLLIN) != 0 { outcome.insert(.readable) }
      if poll.revents & Int16(POLLOUT) != 0 { outcome.insert(.writable) }
      if poll.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { outcome.insert(.hungUp) }
      return outcome
    }
  }
}
