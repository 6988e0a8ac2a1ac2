import Foundation

/// Reads the frames that the program writes, as a terminal that shows each at once: it says so when
/// it is asked, and the program then puts marks around every frame.
final class FrameReader {
  /// A frame and when its last byte was read, in seconds.
  struct Frame {
    var bytes: [UInt8]
    var end: Double

    func contains(_ text: String) -> Bool {
      Data(bytes).range(of: Data(text.utf8)) != nil
    }
  }

  private let terminal: ProgramOnTerminal
  private var pending: [UInt8] = []
  private var hasAnswered = false
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  private static let question = Data("\u{1B}[?2026$p".utf8)
  private static let begin = Data("\u{1B}[?2026h".utf8)
  private static let end = Data("\u{1B}[?2026l".utf8)

  init(_ terminal: ProgramOnTerminal) {
    self.terminal = terminal
    start = clock.now
  }

  /// Seconds since this reader was made.
  var now: Double { start.duration(to: clock.now) / .seconds(1) }

  /// The whole frames that arrive within some time, as soon as there is one; `nil` at the end.
  func frames(within seconds: Double) -> [Frame]? {
    let deadline = now + seconds
    while true {
      let found = takeFrames()
      if !found.isEmpty || now >= deadline { return found }
      guard let bytes = terminal.read(within: deadline - now) else { return nil }
      pending += bytes
      answer()
    }
  }

  private func answer() {
    guard !hasAnswered, Data(pending).range(of: Self.question) != nil else { return }
    hasAnswered = true
    terminal.type("\u{1B}[?2026;2$y")
  }

  private func takeFrames() -> [Frame] {
    var frames: [Frame] = []
    var data = Data(pending)
    while let begin = data.range(of: Self.begin),
      let end = data.range(of: Self.end, in: begin.upperBound..<data.endIndex)
    {
      frames.append(Frame(bytes: Array(data[begin.lowerBound..<end.upperBound]), end: now))
      data = data[end.upperBound...]
    }
    pending = Array(data)
    return frames
  }
}
