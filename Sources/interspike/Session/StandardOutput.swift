import Glibc
import ProgramSupport

/// Why nothing more can be written to standard output.
enum OutputError: Error, Equatable {
  /// The reader has gone, as in `interspike list | head -1`.
  case closed
  case failed(number: Int32)
  /// The user did not want to wait any longer for the reader.
  case interrupted
}

/// Standard output, past the C library's buffer, so that a reader who has gone is noticed.
enum StandardOutput {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal; `nil` where it is none.
  static var terminalColumns: Int? {
    var (columns, rows): (CInt, CInt) = (0, 0)
    return program_terminal_size(STDOUT_FILENO, &columns, &rows) ? Int(columns) : nil
  }
  /// Whether text may be coloured where no option says otherwise.
  static var isColored: Bool { isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }

  /// Writes everything. `isImpatient` is asked when a signal came while the reader is slow.
  static func write(_ text: String, isImpatient: () -> Bool = { false }) throws(OutputError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: if isImpatient() { throw .interrupted }
      case EAGAIN: waitUntilWritable()
      case EPIPE: throw .closed
      default: throw .failed(number: errno)
      }
    }
  }

  /// A terminal or pipe may have been made non-blocking by whoever shares it.
  private static func waitUntilWritable() {
    var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    poll(&output, 1, 1000)
  }
}

/// Standard error, for the sentences of errors and warnings.
enum StandardError {
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
