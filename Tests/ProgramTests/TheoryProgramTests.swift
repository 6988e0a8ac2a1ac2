import Foundation
import Testing

/// The theory of coarse gradients in the real program.
@Suite struct TheoryProgramTests {
  private func object(_ line: Substring) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any])
  }

  @Test func `two runs of one seed print the same events`() throws {
    let runs = try (0..<2).map { _ in
      try Program.run("run", "ste-theory", "--json", "--no-save", "--seed", "5101")
    }
    #expect(runs[0].end == .exited(0), "\(runs[0].errors)")
    let losses = try runs.map { try $0.lines.compactMap { try object($0)["loss"] as? Double } }
    #expect(losses[0].count > 1000 && losses[0] == losses[1])
    let began = try object(try #require(runs[0].lines.first))
    let experiment = try #require(began["experiment"] as? [String: Any])
    #expect(experiment["training"] == nil)
    #expect((experiment["theory"] as? [String: Any])?["seed"] as? Int == 5101)
    let ended = try object(try #require(runs[0].lines.last))
    #expect((ended["reason"] as? String)?.contains("relu spurious minimum") == true)
  }

  @Test func `a run for reading ends with a table of the race`() throws {
    let output = try Program.run("run", "ste-theory", "--plain", "--no-save", "--seed", "5102")
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("lead identity beside relu, clipped_relu, hard_tanh"))
    #expect(output.lines.last?.hasPrefix("hard_tanh") == true, "\(output.text)")
    #expect(output.lines.allSatisfy { $0.count <= 100 })
    #expect(try Program.run("list", "presets").text.contains("ste-theory"))
    let wrong = try Program.run("run", "ste-theory", "--set", "theory.batch=0")
    #expect(wrong.end == .exited(2))
    #expect(wrong.errors.contains("theory.batch: found 0, expected an integer in 1...100000"))
  }

  @Test func `a run that was killed goes on to the same end, and can be replayed`() throws {
    let folder = Program.home.appendingPathComponent("theory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let arguments = [
      "run", "ste-theory", "--seed", "5103", "--json", "--set", "theory.steps=3000000", "--set",
      "theory.start=random", "--save-every", "1",
    ]
    let whole = try Program.run(
      arguments + ["--save-to", folder.appendingPathComponent("whole").path])
    #expect(whole.end == .exited(0), "\(whole.errors)")
    let killed = folder.appendingPathComponent("killed").path
    _ = try Program.runInShell(
      "\"$PROGRAM\" \(arguments.joined(separator: " ")) --save-to \(killed) > /dev/null & "
        + "pid=$!; until ls \(killed)/checkpoints/*.safetensors; do sleep 0.05; done; "
        + "kill -9 $pid; wait")
    let resumed = try Program.run("run", "--resume", killed, "--json")
    #expect(resumed.end == .exited(0), "\(resumed.errors)")
    #expect(resumed.lines.count < whole.lines.count)
    let ends = try [whole, resumed].map { output in
      let end = try object(try #require(output.lines.last))
      return try JSONSerialization.data(
        withJSONObject: try #require(end["metrics"]), options: .sortedKeys)
    }
    #expect(ends[0] == ends[1])
    let replay = try Program.run("replay", killed, "--once", "--size", "120x40")
    #expect(replay.end == .exited(0), "\(replay.errors)")
    #expect(replay.text.contains("landscape") && replay.text.contains("spurious minima exist"))
    #expect(replay.text.contains("residual K(A-B)") && replay.text.contains("global minimum"))
    #expect(replay.text.contains("foretold") && replay.text.contains("start random 0"))
    try expectTable(ofRun: folder.appendingPathComponent("whole").path, in: folder)
    let measured = try Program.run("eval", killed)
    #expect(measured.end == .exited(2))
    #expect(measured.errors.contains("a study of theory has no network"))
  }

  /// One table with a row for each reading and what the specification lists of a step.
  private func expectTable(ofRun run: String, in folder: URL) throws {
    let path = folder.appendingPathComponent("table.csv").path
    let output = try Program.run("export", run, "--format", "csv", "--output", path)
    #expect(output.end == .exited(0) && output.text == path + "\n", "\(output.errors)")
    #expect(!FileManager.default.fileExists(atPath: String(path.dropLast(4)) + "-evaluations.csv"))
    let rows = try String(contentsOfFile: path, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    let head = rows[0].map(String.init)
    for name in [
      "step", "loss", "angle", "norm", "distance", "gradientV", "radial", "tangential",
      "coarseAngle", "boundRatio", "race.relu.loss",
    ] {
      #expect(head.contains(name), "\(name)")
    }
    #expect(rows.allSatisfy { $0.count == head.count })
    #expect(rows.last?.first == "3000000")
    let steps = rows.dropFirst().compactMap { Int($0[0]) }
    #expect(steps.count == rows.count - 1 && steps == steps.sorted())
  }

  @Test func `keys of the dashboard turn the study, and a watcher sees it`() throws {
    let terminal = try PseudoTerminal(
      ["run", "ste-theory", "--seed", "5104"], columns: 120, rows: 40)
    try #require(terminal.waits(for: "spurious minima exist"), "\(terminal.screen)")
    for (key, text) in [
      ("e", "lead relu"), ("m", "sampled, batch 50"), ("b", "batch 1000"), ("n", "normalise w on"),
      ("}", "step size 0.059"), ("r", "random 1"), ("o", "start nearSpurious"), ("8", "This is"),
    ] {
      terminal.type(key)
      #expect(terminal.waits(for: text), "\(key)\n\(terminal.screen)")
    }
    let folder = try #require(Program.runFolder(seed: 5104))
    let watcher = try PseudoTerminal(["attach", folder.path], columns: 120, rows: 40)
    #expect(watcher.waits(for: "clipped_relu"), "\(watcher.screen)")
    #expect(watcher.waits(for: "start nearSpurious"), "\(watcher.screen)")
    watcher.type("E")
    #expect(terminal.waits(for: "lead identity"), "\(terminal.screen)")
    watcher.type("q")
    #expect(watcher.waitForEnd() == .exited(0))
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }
}
