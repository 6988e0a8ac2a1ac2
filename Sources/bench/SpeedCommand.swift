import ArgumentParser
import Engine
import Foundation

/// Training steps of all models against those of another framework, model by model in turn.
struct SpeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speed",
    abstract: "Race training steps of all models against a script in another framework.",
    discussion: """
      The script is run as PYTHON SCRIPT cpu THREADS and prints a line for each model, such as \
      `LMU 212/256 ... median 0.9 s/step`. After each line it is halted while the same model \
      trains here. What no line names is measured at the end of each round.
      """)

  @Argument(help: "The script; without it only our side is measured.") var script: String?
  @Option(help: "Python with the framework installed.") var python = "python3"
  @Option(help: "Threads of both sides.") var threads = 2
  @Option(help: "Rounds; each runs both sides once.") var rounds = 3
  @Option(help: "Training steps timed each time; their median counts.") var count = 5

  @Flag(
    name: .customLong("convolutional"),
    help: "LeNet-5, VGG-11 and ResNet-20 instead, as scripts/torch_feedforward.py prints them.")
  var isConvolutional = false

  @Flag(
    name: .customLong("learned"),
    help: "Dense networks with ReLU and with learned activations, as scripts/torch_learned.py.")
  var isLearned = false

  func run() throws {
    var entries =
      isLearned
      ? SpeedEntry.learned : isConvolutional ? SpeedEntry.convolutional : SpeedEntry.recurrent
    var limits: [Double] = []
    for round in 1...max(rounds, 1) {
      try race(&entries)
      for index in entries.indices where entries[index].ours.count < round {
        try measure(&entries[index])
      }
      limits.append(productLimit())
      print("round \(round) of \(rounds) done")
    }
    let limit = Measurement(limits).median
    print("products of 1024 x 1024 x 1024 on \(threads) threads: \(limit.fixed(0)) GFLOP/s")
    for entry in entries { print(entry.summary(limit: limit)) }
  }

  private func race(_ entries: inout [SpeedEntry]) throws {
    guard let script else { return }
    let theirs = try Child(python, [script, "cpu", String(threads)])
    defer { theirs.end() }
    try theirs.takeTurns(entries.map(\.title)) { index, found in
      entries[index].theirs.append(found.seconds)
      entries[index].theirPeak = max(entries[index].theirPeak, theirs.takePeakMemory())
      try measure(&entries[index])
    }
  }

  private func measure(_ entry: inout SpeedEntry) throws {
    let line = try StepLine(
      of: entry.arguments + ["--threads", String(threads), "--count", String(count)])
    entry.ours.append(line.seconds)
    entry.peak = max(entry.peak, line.peak ?? 0)
  }

  /// What one product on each thread reaches, in GFLOP/s: the most the processor has to give.
  private func productLimit() -> Double {
    let side = 1024
    let factors = (0..<threads).map { _ in
      (0..<3).map { _ in Matrix(rows: side, columns: side) }
    }
    let team = ThreadTeam(threads: threads)
    defer { team.end() }
    let measurement = Measurement(count: 9) { _ in
      team.run(pieces: threads) { piece in
        let matrices = factors[piece]
        Products.multiply(matrices[0], matrices[1], into: matrices[2])
      }
    }
    let operations = 2e-9 * Double(threads * side * side * side)
    return operations / measurement.median
  }
}
