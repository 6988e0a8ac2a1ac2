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

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, 143)])
  func `a signal stops the run, which is saved`(signal: Int32, status: Int32) throws {
    let terminal = try PseudoTerminal(["--plain"])
    #expect(terminal.waits(for: "digits: hybrid LMU"), "\(terminal.screen)")
    terminal.send(signal: signal)
    #expect(terminal.waitForEnd() == .exited(status))
    let text = String(decoding: terminal.bytes, as: UTF8.self)
    #expect(text.contains("saved \(Program.home.path)"), "\(text)")
    #expect(text.contains("stopped after"), "\(text)")
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
    #expect(output.errors.contains("theta of at least"), "\(output.errors)")
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
      "--json", "--epochs", "1", "--set", "optimizer.learningRate.shape=hold", "--set",
      "optimizer.learningRate.value=100", "--set", "model.h.kind=off", "--set",
      "model.m.kind=off")
    let last = try object(try #require(output.lines.last))
    if last["outcome"] as? String == "diverged" { #expect(output.end == .exited(1)) }
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
