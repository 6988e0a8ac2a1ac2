import CPseudoTerminal
import Dashboard
import Engine
import Foundation
import Runs
import Terminal
import TerminalScreen
import Themes

/// The time and the bytes of whole frames, on a pseudo-terminal whose other side reads everything.
enum WorstFrame {
  /// Frames of each kind.
  private static let count = 60

  static func measure(columns: Int, rows: Int) throws {
    let terminal = try PseudoTerminalPair(columns: columns, rows: rows)
    setenv("TERM", "xterm-256color", 1)
    let screen = try NcursesScreen(
      input: terminal.program, output: terminal.program, theme: ThemeLibrary.standard,
      hasColor: true, isPlain: false)
    var lines: [String] = []
    var dashboard = Dashboard(size: screen.size)
    FrameCommand.fill(&dashboard, points: 100_000)
    var edited = dashboard
    edit(&edited, times: 100_000)
    for (name, dashboard) in [("every cell anew", dashboard), ("after 100,000 edits", edited)] {
      for page in ["1", "2", "3", "4", "5", "6", "7", "?"] {
        var dashboard = dashboard
        _ = dashboard.update(.key(.character(Character(page))))
        lines.append(
          line("\(name), key \(page)", of: screen, terminal) { _ in
            screen.invalidate()
            return Frame(screen.size) { dashboard.draw(on: $0) }
          })
      }
    }
    let noises = (0..<4).map { noise(screen.size, seed: $0) }
    lines.append(
      line("every cell another character in another style", of: screen, terminal) { index in
        noises[index % noises.count]
      })
    screen.close()
    print(lines.joined(separator: "\n"))
  }

  /// As by a key that is held for an hour.
  private static func edit(_ dashboard: inout Dashboard, times: Int) {
    for step in 1...times {
      let record = EditRecord(
        step: step, source: .user, edit: .undo,
        changes: [EditRecord.Change(knob: "w.h", from: 1, to: 2)])
      let progress = StudyProgress(
        step: step, steps: times, epoch: 1, epochs: 1, stepsPerEpoch: times, samples: 0)
      let event = TimedEvent(
        seconds: Double(step), samplesPerSecond: 1, progress: progress, event: .edited(record))
      _ = dashboard.update(.reports([.event(event)]))
    }
  }

  private static func line(
    _ title: String, of screen: NcursesScreen, _ terminal: PseudoTerminalPair,
    _ frame: (Int) -> Frame
  ) -> String {
    var bytes = 0
    let measurement = Measurement(count: count) { index in
      while !screen.isReady { screen.flush() }
      screen.show(frame(index))
      bytes = max(bytes, screen.frameBytes)
    }
    return "frame \(screen.size.width)x\(screen.size.height), \(title): median "
      + "\((1e3 * measurement.median).fixed(2)) ms, max \((1e3 * measurement.maximum).fixed(2)) ms, "
      + "at most \(bytes) bytes"
  }

  /// The worst that could be drawn: no two neighbours are alike.
  private static func noise(_ size: Size, seed: Int) -> Frame {
    var stream = RandomStream(seed: UInt64(seed + 1), purpose: .order)
    var frame = Frame(size)
    for row in 0..<size.height {
      for column in 0..<size.width {
        let value = Int(stream.nextUniform() * 65536)
        let scalar = Unicode.Scalar(0x2801 + UInt32(value % 255)) ?? "?"
        frame[column, row] = Cell(scalar, Style(.series(value / 256 % 8)))
      }
    }
    return frame
  }
}

/// Both sides of a pseudo-terminal, of which one is read to nowhere by a thread.
final class PseudoTerminalPair: Sendable {
  /// The side for a program.
  let program: Int32
  private let person: Int32

  init(columns: Int, rows: Int) throws {
    var (person, program): (Int32, Int32) = (-1, -1)
    guard pseudo_terminal_open(Int32(columns), Int32(rows), &person, &program) == 0 else {
      throw CocoaError(.fileReadUnknown)
    }
    (self.person, self.program) = (person, program)
    let descriptor = person
    Thread.detachNewThread {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while read(descriptor, &chunk, chunk.count) > 0 {}
    }
  }

  deinit {
    close(program)
    close(person)
  }
}
