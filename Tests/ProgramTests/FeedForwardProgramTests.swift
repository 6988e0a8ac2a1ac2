import Foundation
import Testing

/// Feed-forward networks in the real program.
@Suite struct FeedForwardProgramTests {
  private func object(_ line: Substring) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any])
  }

  @Test func `events are the same whatever the number of threads`() throws {
    let runs = try [1, 2].map { threads in
      try Program.run(
        "run", "lenet5-synthetic", "--json", "--no-save", "--seed", "5201", "--threads",
        String(threads))
    }
    #expect(runs[0].end == .exited(0), "\(runs[0].errors)")
    let losses = try runs.map { try $0.lines.compactMap { try object($0)["loss"] as? Double } }
    #expect(losses[0].count > 100 && losses[0] == losses[1])
    let began = try object(try #require(runs[0].lines.first))
    let experiment = try #require(began["experiment"] as? [String: Any])
    #expect(experiment["training"] == nil && began["form"] as? String == "feedforward")
    #expect((experiment["feedforward"] as? [String: Any])?["seed"] as? Int == 5201)
    let ended = try object(try #require(runs[0].lines.last))
    let metrics = try #require(ended["metrics"] as? [String: Any])
    let test = try #require(metrics["test"] as? [String: Any])
    let score = (test["spiking"] as? [String: Any])?["accuracy"] as? Double
    #expect(try #require(score) > 0.5)
  }

  @Test func `a run for reading, files and what is not there`() throws {
    let output = try Program.run(
      "run", "lenet5-synthetic", "--plain", "--no-save", "--seed", "5202", "--epochs", "2")
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("7 epochs of 8 steps") && output.text.contains("full precision"))
    #expect(output.lines.last?.hasPrefix("quantized") == true, "\(output.text)")
    #expect(try Program.run("list", "presets").text.contains("resnet20-cifar10"))
    let template = try Program.run("init", "vgg11-cifar10")
    #expect(template.text.contains("\nmodel = \"vgg11\"\n"))
    let file = Program.home.appendingPathComponent("vgg11-\(UUID().uuidString).toml")
    try template.text.write(to: file, atomically: true, encoding: .utf8)
    #expect(try Program.run("check", file.path).end == .exited(0))
    let missing = try Program.run("run", file.path, "--json", "--data", "/nowhere")
    #expect(missing.end == .exited(3))
    #expect(missing.errors.contains("data set cifar-10 not found"))
  }

  @Test func `a run that was killed goes on to the same end, and can be replayed`() throws {
    let folder = Program.home.appendingPathComponent("feedforward-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let arguments = [
      "run", "lenet5-synthetic", "--seed", "5203", "--json", "--epochs", "60", "--save-every", "1",
    ]
    let whole = try Program.run(
      arguments + ["--save-to", folder.appendingPathComponent("whole").path])
    #expect(whole.end == .exited(0), "\(whole.errors)")
    let killed = folder.appendingPathComponent("killed").path
    _ = try Program.runInShell(
      "\"$PROGRAM\" \(arguments.joined(separator: " ")) --save-to \(killed) > /dev/null & "
        + "pid=$!; until ls \(killed)/checkpoints/*.safetensors; do sleep 0.02; done; "
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
    #expect(replay.text.contains("test quantized"))
    let end = try object(try #require(whole.lines.last))
    let measured = try Program.run("eval", killed, "--json")
    let found = try object(try #require(measured.lines.first))
    let metrics = try #require(end["metrics"] as? [String: Any])
    let test = try #require(metrics["test"] as? [String: Any])
    let told = test["spiking"] as? [String: Double]
    let again = found["spiking"] as? [String: Double]
    #expect(try #require(told)["loss"] == again?["loss"] && told == again)
    #expect(found["samples"] as? Int == 512)
    let plain = try Program.run("eval", killed, "--split", "training")
    #expect(plain.text.contains("512 samples of the training part"))
    #expect(plain.text.contains("quantized"))
    #expect(try Program.run("eval", killed, "--draws", "2").errors.contains("draws nothing"))
    let refused = try Program.run("w-sweep", killed)
    #expect(refused.end == .exited(2))
    #expect(refused.errors.contains("networks that read sequences"))
  }

  @Test func `the dashboard trains it, turns it, and says what it has no view of`() throws {
    let terminal = try PseudoTerminal(
      [
        "run", "lenet5-synthetic", "--seed", "5204", "--no-save", "--epochs", "100000", "--set",
        "feedforward.fullPrecisionEpochs=1",
      ], columns: 120, rows: 40)
    try #require(terminal.waits(for: "quantized "), "\(terminal.screen)")
    for (keys, text) in [
      (":set estimator relu\r", "estimator is now relu"),
      (":set bits 4\r", "bits of activations 2.00 to 4.00"),
      (":estimator arctan(alpha=3)\r", "estimator is now arctan(alpha=3)"),
      (":set estimator.alpha 0\r", "alpha of arctan cannot be 0: 0.000100 to 10.0k"),
      ("D", "(alpha/2)/(1 + (pi alpha x/2)^2)"), ("l\r", "estimator is now arctan(alpha=4)"),
      ("2", "This run has no screen Raster."),
      ("4", "1.convolution"), ("6", "validation: quantized"),
    ] {
      terminal.type(keys)
      #expect(terminal.waits(for: text), "\(keys)\n\(terminal.screen)")
    }
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
    try terminal.expectRestored()
  }
}
