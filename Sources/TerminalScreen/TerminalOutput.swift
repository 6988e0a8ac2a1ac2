import Glibc
import ProgramSupport

/// Writes to a terminal without ever waiting for it: what it has no room for is kept until it has.
package struct TerminalOutput {
  /// Becomes writable when the terminal has room.
  package let descriptor: Int32
  /// Bytes not written yet.
  private var waiting: ArraySlice<UInt8> = []
  /// Whether others write through the same open file, so that it must not be made non-blocking.
  private let isShared: Bool
  /// Whether the terminal is gone and takes nothing any more.
  package private(set) var isGone = false

  /// A terminal that says it can be written to has room for at least so many bytes.
  private static let certainRoom = 256

  /// Opens the terminal behind a descriptor once more, which stays open and as it is.
  package init(terminal: Int32) {
    let own = program_terminal_reopen(terminal)
    isShared = own < 0
    descriptor = isShared ? terminal : own
  }

  /// Whether everything sent was written.
  package var isIdle: Bool { waiting.isEmpty }

  /// Adds bytes to what is to be written, and writes as much as goes at once.
  package mutating func send(_ bytes: [UInt8]) {
    guard !isGone, !bytes.isEmpty else { return }
    if waiting.isEmpty { waiting = bytes[...] } else { waiting += bytes }
    flush()
  }

  /// Writes as much as goes at once.
  package mutating func flush() {
    while !waiting.isEmpty {
      if isShared && !isWritable(within: 0) { return }
      let most = isShared ? min(waiting.count, Self.certainRoom) : waiting.count
      let count = waiting.withUnsafeBytes { write(descriptor, $0.baseAddress, most) }
      if count >= 0 {
        waiting = waiting.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        discard()
        isGone = true
      }
    }
  }

  /// Writes everything if that takes no longer than allowed; whether it did not.
  package mutating func drain(milliseconds: Int32) -> Bool {
    let clock = SuspendingClock()
    let end = clock.now + .milliseconds(Int(milliseconds))
    flush()
    while !waiting.isEmpty, clock.now < end {
      if isWritable(within: 20) { flush() }
    }
    return waiting.isEmpty
  }

  /// Forgets what was not written.
  package mutating func discard() { waiting = [] }

  private func isWritable(within milliseconds: Int32) -> Bool {
    var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&output, 1, milliseconds) > 0
  }

  package func close() {
    if !isShared { Glibc.close(descriptor) }
  }
}
