import Foundation
import Testing

/// The real program, stopped and killed, goes on.
@Suite struct ResumeProgramTests {
  private let folder: URL

  init() throws {
    folder = Program.home.appendingPathComponent("resume-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func checkpoints(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: folder.appendingPathComponent(name + "/checkpoints").path
    ).filter { $0.hasSuffix(".safetensors") }.sorted()
  }

  /// The arrays of the last checkpoint; what is said of them differs in the seconds.
  private func weights(_ name: String) throws -> Data {
    let last = try #require(try checkpoints(name).last)
    let data = try Data(
      contentsOf: folder.appendingPathComponent("\(name)/checkpoints/\(last)"))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return data.dropFirst(8 + length)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @Test func `a run that was killed goes on to the same weights, on other threads`() throws {
    let arguments = ["run", "digits-rnn", "--epochs", "40", "--seed", "4901", "--json"]
    let whole = try Program.run(arguments + ["--save-to", path("whole")])
    #expect(whole.end == .exited(0), "\(whole.errors)")
    let command = (arguments + ["--threads", "1", "--save-every", "1"]).joined(separator: " ")
    _ = try Program.runInShell(
      "\"$PROGRAM\" \(command) --save-to \(path("killed")) > /dev/null & "
        + "pid=$!; until ls \(path("killed"))/checkpoints/*2*.safetensors; do sleep 0.05; done; "
        + "sleep 0.2; kill -9 $pid; wait")
    #expect(try checkpoints("killed").last != checkpoints("whole").last)
    let resumed = try Program.run("run", "--resume", path("killed"), "--json")
    #expect(resumed.end == .exited(0), "\(resumed.errors)")
    #expect(try weights("killed") == weights("whole"))
    let ends = [whole, resumed].map { output in
      output.lines.last.map { line in
        line.split(separator: "\"metrics\"").last ?? ""
      }
    }
    #expect(ends[0] != nil && ends[0] == ends[1])
    let events = try String(contentsOfFile: path("killed") + "/events.jsonl", encoding: .utf8)
    #expect(events.contains(#""event":"resumed""#))
    let again = try Program.run("run", "--resume", path("killed"))
    #expect(again.end == .exited(2))
    #expect(again.errors.contains("--fork"), "\(again.errors)")
  }

  @Test func `a fork goes on in another run with other settings`() throws {
    let parent = try Program.run(
      "run", "digits-rnn", "--epochs", "2", "--seed", "4902", "--json", "--save-to", path("parent"))
    #expect(parent.end == .exited(0), "\(parent.errors)")
    let forked = try Program.run(
      "run", "--fork", path("parent"), "--epochs", "3", "--set",
      "optimizer.learningRate.start=1e-3", "--json", "--save-to", path("child"))
    #expect(forked.end == .exited(0), "\(forked.errors)")
    let first = try #require(forked.lines.first { $0.contains("\"stepped\"") })
    #expect(first.contains("\"step\":81,"), "\(first)")
    let events = try String(contentsOfFile: path("child") + "/events.jsonl", encoding: .utf8)
    #expect(events.contains(#""parent":{"run":"parent","step":80}"#))
    let wrong = try Program.run("run", "--fork", path("parent") + "@7")
    #expect(wrong.end == .exited(2))
    #expect(wrong.errors.contains("no checkpoint of step 7"), "\(wrong.errors)")
  }

  @Test func `a damaged checkpoint is passed over for an older one, and said to be`() throws {
    let stopped = try Program.runInShell(
      "\"$PROGRAM\" run digits-rnn --epochs 400 --seed 4903 --json --save-every 1"
        + " --save-to \(path("damaged")) > /dev/null & pid=$!; "
        + "until [ $(ls \(path("damaged"))/checkpoints/*.safetensors | wc -l) -ge 3 ]; "
        + "do sleep 0.05; done; kill -9 $pid; wait")
    _ = stopped
    let last = try #require(try checkpoints("damaged").last)
    let file = folder.appendingPathComponent("damaged/checkpoints/\(last)")
    var data = try Data(contentsOf: file)
    data[data.count - 9] ^= 1
    try data.write(to: file)
    let resumed = try Program.run(
      "run", "--fork", path("damaged"), "--set", "stop.when=\"nonSpiking.accuracy >= 0\"",
      "--no-save", "--plain")
    #expect(resumed.end == .exited(0))
    #expect(resumed.errors.contains("damaged: found contents with SHA-256"), "\(resumed.errors)")
  }

  @Test(arguments: [
    ["--resume", "a", "--fork", "b"], ["--resume", "a", "--epochs", "3"],
    ["--resume", "a", "--set", "training.batch=3"], ["digits", "--fork", "a"],
    ["--fork", "a", "--seed", "3"], ["--no-save", "--save-to", "x"],
    ["--no-save", "--keep-running"], ["--save-every", "0"], ["--resume", "no-such-run"],
  ])
  func `what does not go together is refused`(arguments: [String]) throws {
    let output = try Program.run(["run"] + arguments)
    #expect(output.end == .exited(2))
    #expect(output.errors.hasPrefix("interspike: ") && output.text.isEmpty)
  }
}
