import Foundation
import Glibc
import Testing

/// The real program without a terminal.
@Suite(.serialized) struct HeadlessProgramTests {
  private func object(_ line: Substring) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
    return try #require(value as? [String: Any])
  }

  @Test func `without a terminal the events are lines for reading`() throws {
    let output = try Program.run("--epochs", "1")
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.hasPrefix("digits: hybrid LMU"), "\(output.text)")
    #expect(!output.text.contains("\u{1B}"))
    #expect(output.errors.isEmpty)
  }

  @Test func `every line of --json is an object that begins with its event`() throws {
    let output = try Program.run("run", "digits", "--json", "--epochs", "1", "--seed", "7")
    #expect(output.end == .exited(0), "\(output.errors)")
    let events = try output.lines.map { try #require(try object($0)["event"] as? String) }
    #expect(output.lines.allSatisfy { $0.hasPrefix("{\"event\":\"") })
    #expect(events.first == "began")
    #expect(events.last == "ended")
    #expect(events.contains("stepped") && events.contains("evaluated"))
    let began = try object(try #require(output.lines.first))
    #expect(began["seed"] as? Int == 7)
    let experiment = try #require(began["experiment"] as? [String: Any])
    let training = try #require(experiment["training"] as? [String: Any])
    #expect(training["epochs"] as? Int == 1)
  }

  @Test func `two runs of one seed print the same losses on any number of threads`() throws {
    let losses = try ["1", "2"].map { threads in
      try Program.run("--json", "--epochs", "1", "--threads", threads).lines
        .compactMap { try object($0)["loss"] as? Double }
    }
    #expect(!losses[0].isEmpty)
    #expect(losses[0] == losses[1])
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal stops the run, which is saved`(signal: Int32, status: Int32) throws {
    let terminal = try PseudoTerminal(["--plain"])
    #expect(terminal.waits(for: "digits: hybrid LMU"), "\(terminal.screen)")
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .exited(status))
    let text = String(decoding: terminal.bytes, as: UTF8.self)
    #expect(text.contains("stopped after"), "\(text)")
    let checkpoint = try #require(
      text.split(whereSeparator: \.isWhitespace).first { $0.hasSuffix(".safetensors") }, "\(text)")
    #expect(checkpoint.hasPrefix(Program.home.path))
    #expect(FileManager.default.fileExists(atPath: String(checkpoint)))
  }

  @Test(arguments: [
    ["--bogus"], ["run", "--json", "--plain"], ["--seed", "minus"], ["--threads", "0"],
    ["--epochs", "0"], ["--size", "80x24"], ["--once", "--size", "80"], ["run", "no-preset"],
    ["--theme", "none"], ["list", "nothing"], ["--set", "model.hidden"], ["check"],
    ["check", "missing.toml"],
  ])
  func `a wrong argument is refused with a sentence`(arguments: [String]) throws {
    let output = try Program.run(arguments)
    #expect(output.end == .exited(2), "\(output.errors)")
    #expect(output.errors.hasPrefix("interspike: "))
    #expect(output.text.isEmpty)
  }

  @Test func `sequences in a file of the user are trained on, and their mistakes are bad data`()
    throws
  {
    let folder = Program.home.appendingPathComponent("sequences")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rows = (0..<40).map { "\($0 % 2),\($0 % 2),0.5,\(Double($0) / 40)" }
    let data = folder.appendingPathComponent("mine.csv")
    try rows.joined(separator: "\n").write(to: data, atomically: true, encoding: .utf8)
    let file = folder.appendingPathComponent("mine.toml")
    try "[problem]\ndataset = \"sequences\"\nvalues = \"mine.csv\"\n".write(
      to: file, atomically: true, encoding: .utf8)
    #expect(try Program.run("check", file.path).end == .exited(0))
    let output = try Program.run("run", file.path, "--json", "--epochs", "1")
    #expect(output.end == .exited(0), "\(output.errors)")
    let began = try object(try #require(output.lines.first))
    let experiment = try #require(began["experiment"] as? [String: Any])
    #expect((experiment["problem"] as? [String: Any])?["values"] as? String == data.path)
    #expect((experiment["model"] as? [String: Any])?["theta"] as? String == "steps")
    let frame = try Program.run("run", file.path, "--once", "--epochs", "1", "--size", "80x24")
    #expect(frame.end == .exited(0) && frame.lines.count == 24, "\(frame.errors)")
    #expect(try Program.run("data").text.contains("\nsequences\n"))
    try (rows + ["1,2"]).joined(separator: "\n").write(
      to: data, atomically: true, encoding: .utf8)
    let refused = try Program.run("run", file.path, "--plain")
    #expect(refused.end == .exited(3))
    #expect(refused.errors.contains("\(data.path):41: found 2 fields, expected 4"))
  }

  @Test func `a mistake in a file is named with its line`() throws {
    try FileManager.default.createDirectory(at: Program.home, withIntermediateDirectories: true)
    let file = Program.home.appendingPathComponent("wrong.toml")
    try "name = \"mine\"\n\n[model]\nhiden = 12\n".write(
      to: file, atomically: true, encoding: .utf8)
    for arguments in [["run", file.path], ["check", file.path]] {
      let output = try Program.run(arguments)
      #expect(output.end == .exited(2))
      #expect(output.errors.contains("\(file.path):4"), "\(output.errors)")
      #expect(output.errors.contains("model.hidden"), "\(output.errors)")
    }
  }

  @Test func `an unstable memory is refused with its limit`() throws {
    let output = try Program.run(
      "--plain", "--set", "model.discretization=euler", "--set", "model.theta=8")
    #expect(output.end == .exited(2), "\(output.errors)")
    #expect(output.errors.contains("model.theta: found 8.0, expected at least"), "\(output.errors)")
  }

  @Test func `missing data end the run as bad data`() throws {
    let output = try Program.run("run", "psmnist", "--json")
    #expect(output.end == .exited(3))
    #expect(output.errors.contains("interspike data fetch mnist"), "\(output.errors)")
    let last = try object(try #require(output.lines.last))
    #expect(last["outcome"] as? String == "failed")
  }

  @Test func `a run that diverges ends as failed`() throws {
    let output = try Program.run(
      "--json", "--epochs", "1", "--set", "optimizer.rule=momentum", "--set",
      "optimizer.clipNorm=off", "--set", "optimizer.learningRate.shape=hold", "--set",
      "optimizer.learningRate.value=100", "--set", "model.activation=relu")
    let last = try object(try #require(output.lines.last, "\(output.errors)"))
    #expect(last["outcome"] as? String == "diverged")
    #expect(output.end == .exited(1))
  }

  @Test func `one frame has the size that was asked for`() throws {
    let picture = Program.home.appendingPathComponent("frame.svg")
    let output = try Program.run("--once", "--size", "100x30", "--svg", picture.path)
    #expect(output.end == .exited(0), "\(output.errors)")
    let rows = output.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rows.count == 31 && rows.last == "")
    #expect(rows.allSatisfy { $0.count <= 100 })
    #expect(rows[0].contains("digits"))
    let svg = try String(contentsOf: picture, encoding: .utf8)
    #expect(svg.contains("<svg") && svg.contains("</svg>"))
  }

  @Test func `one frame after training shows its result`() throws {
    let output = try Program.run("--once", "--epochs", "1", "--size", "120x36")
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("epoch 1/1"), "\(output.text)")
    #expect(!output.text.contains("no raster yet"), "\(output.text)")
  }

  @Test func `a new experiment file is a good one`() throws {
    try FileManager.default.createDirectory(at: Program.home, withIntermediateDirectories: true)
    let file = Program.home.appendingPathComponent("new.toml")
    try Program.run("init").text.write(to: file, atomically: true, encoding: .utf8)
    let output = try Program.run("check", file.path)
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("ok"))
  }

  @Test func `lists and tables go to standard output`() throws {
    for (arguments, text) in [
      (["list"], "psmnist"), (["list", "quantizers"], "nearest"), (["keys"], "Space"),
      (["data"], "digits"), (["--help"], "USAGE"), (["--version"], "."),
      (["--generate-completion-script", "bash"], "complete"),
    ] {
      let output = try Program.run(arguments)
      #expect(output.end == .exited(0), "\(arguments) \(output.errors)")
      #expect(output.text.contains(text), "\(arguments)")
    }
  }

  @Test func `a reader that has gone ends the program quietly`() throws {
    for arguments in ["list keys", "--json --epochs 1", "--plain --epochs 1"] {
      let output = try Program.runInShell("{ \"$PROGRAM\" \(arguments); echo $? >&2; } | :")
      #expect(output.errors == "0\n", "\(arguments)")
    }
  }
}
