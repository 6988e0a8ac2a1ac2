import ArgumentParser
import Engine

/// Exact simulation of inhibitory networks, beside a program that moves along a grid of time.
struct InhibitoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inhibitory",
    abstract: "Time 1000 units of inhibitory networks, and race them against a script.",
    discussion: """
      The networks are those of seed 1: excitabilities in 1...1.5, delay 0.1, counts of spikes and \
      nothing else recorded; building them is not timed. An event is one pulse that reaches one \
      neuron. The script is run as PYTHON SCRIPT cpu 1 ROUNDS, such as \
      scripts/brian2_inhibitory.py, and prints a line for each run; after each it is halted while \
      the same network is simulated here. With --costs the cost of a unit of time over N and K is \
      fitted instead, and with --large the memory of the largest networks is measured.
      """)

  @Argument(help: "The script; without it only our side is measured.") var script: String?
  @Option(help: "Python with the simulator installed.") var python = "python3"
  @Option(help: "Rounds; each runs everything once.") var rounds = 5
  @Option(help: "Most threads; each number of them is timed.") var threads = 2
  @Option(help: "Units of time.") var length = 1000.0
  @Flag(help: "Fit the cost of a unit of time.") var costs = false
  @Flag(help: "Simulate 1,000,000 neurons, and 200,000 with 100 inputs each.") var large = false

  func run() throws {
    if costs { return try InhibitoryCosts.measure(rounds: rounds) }
    if large { return try InhibitoryMemory.measure(threads: threads) }
    var entries = InhibitoryEntry.all
    try race(&entries)
    for entry in entries { print(entry.summary) }
  }

  private func race(_ entries: inout [InhibitoryEntry]) throws {
    if let script {
      let theirs = try Child(python, [script, "cpu", "1", String(rounds)])
      defer { theirs.end() }
      try theirs.takeTurns(entries.map(\.title)) { index, found in
        entries[index].theirs.append(found.seconds)
        try entries[index].measure(threads: threads, length: length)
      }
    }
    for _ in 0..<(script == nil ? rounds : 0) {
      for index in entries.indices {
        try entries[index].measure(threads: threads, length: length)
      }
    }
  }
}
