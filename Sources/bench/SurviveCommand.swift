import ArgumentParser
import Engine
import Foundation
import Runs

/// Kills training runs at random moments, lets them go on, and compares where they end with a run
/// that was left alone.
struct SurviveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survive",
    abstract: "Kill runs at random moments, resume them, and compare their last weights.",
    discussion: """
      A run is killed with SIGKILL again and again, each time at a random moment after it began or \
      went on, until it comes to its end. Its last weights must be those of the run that was left \
      alone, bit for bit.
      """)

  @Option(help: "Kills in all.") var kills = 200
  @Option(help: "The preset that is trained.") var preset = "digits-rnn"
  @Option(help: "Epochs of a run.") var epochs = 60
  @Option(help: "Longest time before a kill, in seconds.") var longest = 1.5
  @Option(help: "Kills of one run before it is left to end.") var killsPerRun = 20
  @Option(help: "The seed of the moments.") var seed: UInt64 = 1
  @Option(help: "The program; by default the one beside this.") var program: String?

  func run() throws {
    let root = NSTemporaryDirectory() + "survive-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: root) }
    let whole = root + "/whole"
    try train(["--save-to", whole], killedAfter: nil)
    let expected = try weights(whole)
    print("left alone: step \(expected.step), \(expected.checkpoint.tensors.count) arrays")
    var generator = MomentGenerator(seed: seed)
    var (done, runs, failures) = (0, 0, 0)
    while done < kills {
      runs += 1
      let folder = root + "/run-\(runs)"
      let count = min(killsPerRun, kills - done)
      let outcome = try survive(folder, kills: count, &generator)
      done += outcome.kills
      let found = try weights(folder)
      let isSame =
        found.step == expected.step && found.checkpoint.tensors == expected.checkpoint.tensors
      if !isSame || outcome.refused > 0 { failures += 1 }
      print(
        "run \(runs): \(outcome.kills) kills, \(outcome.resumes) resumes, "
          + "\(outcome.refused) refused, last weights \(isSame ? "the same" : "DIFFERENT")")
      try FileManager.default.removeItem(atPath: folder)
    }
    print("\(done) kills in \(runs) runs, \(failures) runs failed")
    if failures > 0 { throw ExitCode.failure }
  }

  /// A run that is killed so often, and its resumes.
  private func survive(
    _ folder: String, kills: Int, _ generator: inout MomentGenerator
  ) throws -> (kills: Int, resumes: Int, refused: Int) {
    var (done, resumes, refused) = (0, 0, 0)
    var isOver = false
    while !isOver {
      let begins = (try? StoredRun(folder: folder))?.checkpoints.isEmpty ?? true
      if begins { try? FileManager.default.removeItem(atPath: folder) }
      let moment = done < kills ? generator.next(upTo: longest) : nil
      let end = try train(
        begins ? ["--save-to", folder] : ["--resume", folder], killedAfter: moment)
      if !begins { resumes += 1 }
      switch end {
      case .killed: done += 1
      case .exited(0): isOver = true
      case .exited:
        refused += 1
        isOver = true
      }
    }
    return (done, resumes, refused)
  }

  private enum End {
    case killed
    case exited(Int32)
  }

  /// Starts the program, and kills it after some seconds if it is still there.
  @discardableResult
  private func train(_ arguments: [String], killedAfter seconds: Double?) throws -> End {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program ?? Self.programBesideThis)
    let own = arguments.contains("--resume") ? [] : [preset, "--epochs", "\(epochs)"]
    process.arguments = ["run"] + own + arguments + ["--json", "--save-every", "1"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    if let seconds {
      usleep(UInt32(seconds * 1_000_000))
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
      ? .killed : .exited(process.terminationStatus)
  }

  private static var programBesideThis: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("interspike").path
  }

  private func weights(_ folder: String) throws -> RunResumption {
    try RunResumption(try StoredRun(folder: folder))
  }
}

/// Random moments that are the same for the same seed (SplitMix64).
private struct MomentGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Seconds from 0 to `longest`.
  mutating func next(upTo longest: Double) -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((word ^ (word >> 31)) >> 11) / Double(1 << 53) * longest
  }
}
