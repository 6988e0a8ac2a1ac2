import ArgumentParser
import Experiments
import Foundation
import RunStore
import Runs

/// How long a list of many stored runs takes.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Time `interspike runs` on a store of many small runs.")

  @Option(help: "Runs in the store.") var count = 10_000
  @Option(help: "Evaluations of each run.") var evaluations = 5
  @Option(help: "Lists timed.") var rounds = 9

  func run() throws {
    let data = NSTemporaryDirectory() + "bench-runs-\(ProcessInfo.processInfo.processIdentifier)"
    defer { try? FileManager.default.removeItem(atPath: data) }
    let location = RunStoreLocation(runsFolder: data + "/interspike/runs")
    let making = try Measurement.seconds { try makeRuns(in: location.runsFolder) }
    print("\(count) runs with \(evaluations) evaluations made in \(making.fixed(1)) s")
    let indexing = try Measurement.seconds { try list(data, []) }
    let attributes = try FileManager.default.attributesOfItem(atPath: location.indexFile)
    let size = (attributes[.size] as? Int ?? 0) >> 20
    print("first list, which reads all of them: \(indexing.fixed(1)) s, index of \(size) MiB")
    try time("list of all", data, [])
    try time("the 20 best by test accuracy", data, ["--sort", "test", "--limit", "20"])
    try time(
      "picked by a metric and a setting", data,
      ["--where", "test.nonSpiking.accuracy > 0.9 and training.batch = 100"])
    try time("list of all as JSON", data, ["--json"])
    try time("list of all, after a run has changed", data, [], before: changeRun(in: location))
  }

  private func time(
    _ title: String, _ data: String, _ arguments: [String], before: () throws -> Void = {}
  ) throws {
    var times: [Double] = []
    for _ in 0..<max(rounds, 1) {
      try before()
      times.append(try Measurement.seconds { try list(data, arguments) })
    }
    let measured = Measurement(times)
    print(
      "\(title): median \((1000 * measured.median).fixed(0)) ms, "
        + "\((1000 * measured.minimum).fixed(0)) to \((1000 * measured.maximum).fixed(0)) ms")
  }

  /// The whole program from its start to its end, with its output into a file. Through the shell:
  /// the end of a `Process` is noticed only every 50 ms.
  private func list(_ data: String, _ arguments: [String]) throws {
    let program = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("interspike").path
    let words = ([program, "runs"] + arguments).map { "'\($0)'" }.joined(separator: " ")
    var child: pid_t = 0
    let command = "XDG_DATA_HOME='\(data)' exec \(words) > '\(data)/list'"
    var parts: [UnsafeMutablePointer<CChar>?] = []
    for part in ["sh", "-c", command] { parts.append(strdup(part)) }
    parts.append(nil)
    defer { for part in parts { free(part) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    guard posix_spawn(&child, "/bin/sh", nil, nil, &parts, &environment) == 0 else {
      throw ValidationError("cannot start /bin/sh")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard status == 0 else { throw ValidationError("`interspike runs` failed") }
  }

  private func changeRun(in location: RunStoreLocation) -> () throws -> Void {
    return {
      let folder = location.runsFolder + "/" + name(0)
      try AboutFile.update(in: folder) { $0.note += "x" }
    }
  }

  private func name(_ index: Int) -> String { "digits-20261127-\(100_000 + index)-\(index)" }

  private func makeRuns(in folder: String) throws {
    let experiment = Presets.standard.experiment
    let toml = experiment.toml
    let json = String(decoding: try JSONEncoder().encode(experiment), as: UTF8.self)
    var generator = SystemRandomNumberGenerator()
    for index in 0..<count {
      let path = folder + "/" + name(index)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data(toml.utf8).write(to: URL(fileURLWithPath: path + "/experiment.toml"))
      let events = events(ofRun: index, experiment: json, &generator)
      try Data(events.utf8).write(to: URL(fileURLWithPath: path + "/events.jsonl"))
    }
  }

  /// The lines of a small run with the metrics of two sites.
  private func events(
    ofRun index: Int, experiment: String, _ generator: inout some RandomNumberGenerator
  ) -> String {
    let time = { (second: Int) in
      #""time":"2026-11-27T0\#(index / 1000 % 10):\#(10 + index % 50):\#(10 + second % 50).000Z"}"#
    }
    func share() -> String { Double.random(in: 0.8..<1, using: &generator).fixed(4) }
    func metrics() -> String {
      let site =
        #"{"bitsRange":1.\#(index % 10),"bitsEntropy":1.5,"significantBits":0.6,"spikeRate":0.6,"#
        + #""zeroFraction":0.4}"#
      let operations = (0..<12).map { #""kind\#($0)":\#(1000 * $0)"# }.joined(separator: ",")
      return #""spiking":{"accuracy":\#(share()),"spread":0.006,"loss":0.33},"#
        + #""nonSpiking":{"accuracy":\#(share()),"loss":0.27},"#
        + #""sites":{"h":\#(site),"m":\#(site)},"operations":{\#(operations)}"#
    }
    var lines = [
      #"{"event":"began","version":"0.1.0","run":"\#(name(index))","seed":\#(index),"#
        + #""experiment":\#(experiment),"parameters":26315,"state":192,"name":"digits","#
        + #""model":"LMU 128/64","steps":2700,"epochs":60,\#(time(0))"#
    ]
    for epoch in 1...max(evaluations, 1) {
      lines.append(
        #"{"event":"evaluated","epoch":\#(epoch),"step":\#(45 * epoch),"split":"validation","#
          + metrics() + "," + time(epoch))
    }
    lines.append(
      #"{"event":"ended","outcome":"completed","reason":"all epochs are done","epochs":60,"#
        + #""seconds":41,"metrics":{"test":{\#(metrics())}},"# + time(40))
    return lines.map { $0 + "\n" }.joined()
  }
}
