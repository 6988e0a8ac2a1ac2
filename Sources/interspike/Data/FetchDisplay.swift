import Downloads
import Engine
import Foundation
import Synchronization

/// Shows a download on standard error: a line that moves on a terminal, one line a file elsewhere.
final class FetchDisplay: Sendable {
  private struct State {
    var began = ContinuousClock.now
    var bytesAtBeginning = 0
    var drawn: ContinuousClock.Instant?
    var isLineOpen = false
  }

  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let state = Mutex(State())

  func show(_ report: FetchReport) {
    state.withLock { state in
      switch report {
      case .alreadyThere(let file):
        write("\(file.name): here already\n")
      case .began(let file, let bytes):
        state = State(bytesAtBeginning: bytes)
        if !isTerminal { write(beginning(of: file, bytes: bytes)) }
      case .advanced(let file, let bytes):
        if isTerminal { draw(file, bytes: bytes, &state) }
      case .finished(let file):
        state.drawn = nil
        if isTerminal { draw(file, bytes: file.bytes, &state) }
        write(isTerminal ? "\n" : "\(file.name): done\n")
        state.isLineOpen = false
      }
    }
  }

  /// Ends a line that a failed download left open.
  func end() {
    state.withLock { state in
      if state.isLineOpen { write("\n") }
      state.isLineOpen = false
    }
  }

  private func beginning(of file: DataSetEntry.File, bytes: Int) -> String {
    let size = ProgressLine.size(file.bytes)
    return bytes == 0
      ? "\(file.name): \(size)\n"
      : "\(file.name): \(size), going on after \(ProgressLine.size(bytes))\n"
  }

  /// Draws at most ten times a second.
  private func draw(_ file: DataSetEntry.File, bytes: Int, _ state: inout State) {
    let now = ContinuousClock.now
    if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
    let seconds = (now - state.began) / .seconds(1)
    let rate = seconds > 0.5 ? Double(bytes - state.bytesAtBeginning) / seconds : 0
    // The last column stays free: some terminals wrap after writing it.
    let width = max(0, terminalWidth - 1)
    let line = ProgressLine.text(
      name: file.name, bytes: bytes, total: file.bytes, rate: rate, width: width)
    write("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
    state.drawn = now
    state.isLineOpen = true
  }

  private var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
