import ArgumentParser
import Foundation

/// The training step against the same step in another framework, in turn.
struct RaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "race",
    abstract:
      "Race the training step against a script that prints `LMU 212/256 ... median S s/step`."
  )

  @Argument(help: "The script, run as PYTHON SCRIPT cpu THREADS.") var script: String
  @Option(help: "Python with the framework installed.") var python = "python3"
  @Option(help: "Threads of both sides.") var threads = 2
  @Option(help: "Rounds; each runs both sides once.") var rounds = 5

  func run() throws {
    var ratios: [Double] = []
    for round in 1...rounds {
      let theirs = try Contender(python, [script, "cpu", String(threads)]).run()
      let ours = try Contender(
        CommandLine.arguments[0], ["step", "--threads", String(threads), "--count", "5"]
      ).run()
      ratios.append(theirs.seconds / ours.seconds)
      print(
        "round \(round): theirs \(theirs.seconds.fixed(4)) s, \(theirs.peak / 1024) MiB;",
        "ours \(ours.seconds.fixed(4)) s, \(ours.peak / 1024) MiB;",
        "ratio \((theirs.seconds / ours.seconds).fixed(2))")
    }
    print("median ratio \(Measurement(ratios).median.fixed(2)) over \(rounds) rounds")
  }
}

/// One side of a race: a program that prints the seconds of a step of the LMU.
private struct Contender {
  struct Outcome {
    var seconds: Double
    /// Largest resident memory until the line was printed, in KiB.
    var peak: Int
  }

  private let process = Process()
  private let output = Pipe()

  init(_ program: String, _ arguments: [String]) {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = output
  }

  /// Runs until the line of the LMU is there; what the program would do afterwards is not waited
  /// for.
  func run() throws -> Outcome {
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    var text = ""
    while true {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw ValidationError("no line `LMU 212/256 ...` in: \(text)") }
      text += String(decoding: data, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
      for line in lines where line.hasPrefix("LMU 212/256") && text.contains(line + "\n") {
        let words = line.split(separator: " ")
        if let index = words.firstIndex(of: "median"), index + 1 < words.count,
          let seconds = Double(words[index + 1])
        {
          return Outcome(seconds: seconds, peak: Self.statedPeak(words) ?? peakMemory())
        }
      }
    }
  }

  /// What a line that says `peak N MiB` says, in KiB.
  private static func statedPeak(_ words: [Substring]) -> Int? {
    guard let index = words.firstIndex(of: "peak"), index + 1 < words.count else { return nil }
    return Int(words[index + 1]).map { $0 * 1024 }
  }

  /// VmHWM of the process in KiB.
  private func peakMemory() -> Int {
    let path = "/proc/\(process.processIdentifier)/status"
    let status = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return Int(line.filter(\.isNumber)) ?? 0
  }
}
