import ArgumentParser
import CPseudoTerminal
import Foundation

/// How soon the program shows its first frame.
struct StartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Time the program from its start to its first whole frame.")

  @Option(help: "Starts timed.") var count = 9

  func run() throws {
    let measurement = try Measurement(count: count) { _ in
      let terminal = try ProgramOnTerminal(["run"], columns: 80, rows: 24)
      // The hint line is the last thing of a frame.
      try terminal.wait(for: "quit")
      terminal.kill()
    }
    print(
      "first frame: median \((1e3 * measurement.median).fixed(0)) ms,",
      "min \((1e3 * measurement.minimum).fixed(0)) ms")
  }
}

/// What the dashboard costs the trainer.
struct OverheadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overhead",
    abstract: "Train with the dashboard and with --json, in turn, and compare the times.")

  @Option(help: "Epochs of each run.") var epochs = 30
  @Option(help: "Rounds; each runs both once.") var rounds = 5

  func run() throws {
    var ratios: [Double] = []
    for round in 1...rounds {
      let headless = try Measurement.seconds(runHeadless)
      let dashboard = try Measurement.seconds(runDashboard)
      ratios.append(dashboard / headless)
      print(
        "round \(round): --json \(headless.fixed(2)) s, dashboard \(dashboard.fixed(2)) s,",
        "ratio \((dashboard / headless).fixed(3))")
    }
    print("median ratio \(Measurement(ratios).median.fixed(3)) over \(rounds) rounds")
  }

  private func runHeadless() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ProgramOnTerminal.program)
    process.arguments = ["run", "--json", "--epochs", String(epochs)]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  private func runDashboard() throws {
    let terminal = try ProgramOnTerminal(
      ["run", "--epochs", String(epochs)], columns: 200, rows: 50)
    try terminal.wait(for: "completed")
    terminal.kill()
  }
}

/// The program beside this one, on a pseudo-terminal of its own.
struct ProgramOnTerminal {
  static var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("interspike").path
  }

  private let process: pid_t
  private let descriptor: Int32

  init(_ arguments: [String], columns: Int, rows: Int) throws {
    var words = ([Self.program] + arguments).map { strdup($0) } + [nil]
    var environment =
      ProcessInfo.processInfo.environment.merging(["TERM": "xterm-256color"]) { $1 }
      .map { strdup("\($0)=\($1)") } + [nil]
    defer {
      for pointer in words + environment { free(pointer) }
    }
    var descriptor: Int32 = -1
    process = pseudo_terminal_start(
      Self.program, &words, &environment, Int32(columns), Int32(rows), &descriptor)
    self.descriptor = descriptor
    guard process > 0 else {
      throw ValidationError("cannot start \(Self.program): \(String(cString: strerror(errno)))")
    }
  }

  /// Reads what the program writes until `text` is in it.
  func wait(for text: String) throws {
    var written = Data()
    var chunk = [UInt8](repeating: 0, count: 65536)
    let wanted = Data(text.utf8)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else {
        throw ValidationError("the program ended before it showed `\(text)`")
      }
      written.append(contentsOf: chunk[..<count])
      if written.range(of: wanted) != nil { return }
      // What was searched need not be searched again, but for a word cut in two.
      written = Data(written.suffix(wanted.count))
    }
  }

  func kill() {
    Foundation.kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(descriptor)
  }
}
