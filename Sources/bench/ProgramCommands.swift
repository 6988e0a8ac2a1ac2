import ArgumentParser
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
