import Foundation
import Testing

/// Networks with self-learnable activations in the real program.
@Suite struct LearnedProgramTests {
  @Test func `a run can be measured and exported, and has nothing to test for stability`() throws {
    let folder = Program.home.appendingPathComponent("learned-\(UUID().uuidString)").path
    let run = try Program.run(
      "run", "slaf-xor", "--plain", "--seed", "5401", "--epochs", "8", "--save-to", folder)
    #expect(run.end == .exited(0), "\(run.errors)")
    #expect(run.text.contains("learned activations: chebyshev, degree 3"))
    let measured = try Program.run("eval", folder, "--json")
    #expect(measured.text.contains("\"nonSpiking\""), "\(measured.errors)")
    let weights = folder + "-weights.safetensors"
    let export = try Program.run(
      "export", folder, "--format", "safetensors", "--output", weights)
    #expect(export.end == .exited(0), "\(export.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: weights))
    let head = String(decoding: bytes.prefix(4000), as: UTF8.self)
    for name in ["coefficients", "constant", "folded", "folded.scale", "folded.ends"] {
      #expect(head.contains("\"3.learned.\(name)\""))
    }
    let graph = try Program.run("export", folder, "--format", "nir", "--output", folder + ".nir")
    #expect(graph.end == .exited(2) && graph.errors.contains("this one has no time"))
    let stability = try Program.run("stability", folder)
    #expect(stability.end == .exited(2), "\(stability.errors)")
    #expect(stability.errors.contains("no quantized activations"))
    #expect(try Program.run("show", folder).end == .exited(0))
  }

  @Test func `a regression runs, and a file says what may go wrong`() throws {
    let run = try Program.run(
      "run", "slaf-polynomials", "--json", "--no-save", "--seed", "5402", "--epochs", "2",
      "--set", "feedforward.points=400", "--set", "feedforward.width=8")
    #expect(run.end == .exited(0), "\(run.errors)")
    #expect(run.lines.last?.contains("\"loss\"") == true)
    #expect(run.lines.last?.contains("accuracy") == false, "\(run.lines.last ?? "")")
    let file = Program.home.appendingPathComponent("powers-\(UUID().uuidString).toml")
    try #"preset = "slaf-spirals-paper""#.write(to: file, atomically: true, encoding: .utf8)
    let check = try Program.run("check", file.path)
    #expect(check.end == .exited(0) && check.text.contains("note: powers up to 7 leave"))
    let plain = try Program.run(
      "run", "slaf-polynomials", "--plain", "--no-save", "--seed", "5403", "--epochs", "1",
      "--set", "feedforward.points=400", "--set", "feedforward.width=8")
    #expect(plain.end == .exited(0), "\(plain.errors)")
    let table = plain.lines.suffix(2).map { $0.split(separator: " ").map(String.init) }
    #expect(table.first == ["test", "rmse", "R^2", "loss"], "\(plain.text)")
    #expect(table.last?.count == 5 && table.last?.prefix(2) == ["full", "precision"])
  }

  @Test func `what may go wrong is told once before a run, and where it is shown`() throws {
    let folder = Program.home.appendingPathComponent("noted-\(UUID().uuidString)").path
    let run = try Program.run(
      "run", "slaf-spirals-paper", "--json", "--seed", "5420", "--epochs", "1", "--save-to", folder,
      "--set", "feedforward.points=300")
    #expect(run.end == .exited(0), "\(run.errors)")
    let note = "interspike: note: powers up to 7 leave single precision"
    #expect(run.errors.components(separatedBy: note).count == 2, "\(run.errors)")
    #expect(run.lines.allSatisfy { $0.hasPrefix("{") })
    let shown = try Program.run("show", folder, "--json")
    #expect(shown.end == .exited(0) && shown.errors.hasPrefix(note), "\(shown.errors)")
    let terminal = try PseudoTerminal(
      [
        "run", "slaf-spirals-paper", "--seed", "5421", "--no-save", "--set",
        "feedforward.points=300", "--set", "feedforward.speed=2",
      ],
      columns: 140, rows: 40)
    try #require(terminal.waits(for: "full precision"), "\(terminal.screen)")
    terminal.type("6")
    #expect(terminal.waits(for: "powers up to 7 leave"), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
  }

  @Test func `a table of one's own and the curves of a last layer run, are measured and go on`()
    throws
  {
    let folder = Program.home.appendingPathComponent("head-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("circles.csv")
    let rows = (0..<150).map { row in
      let (x, y) = (Double(row * 37 % 151) / 75 - 1, Double(row * 23 % 149) / 74 - 1)
      return "\(x),\(y),\(x * x + y * y > 0.6 ? "out" : "in")"
    }
    try (["x,y,where"] + rows).joined(separator: "\n")
      .write(to: file, atomically: true, encoding: .utf8)
    let run = folder.appendingPathComponent("run").path
    let settings = [
      "feedforward.dataset=table", "feedforward.file=\(file.path)", "feedforward.target=where",
      "feedforward.kolmogorov.features=3",
    ].flatMap { ["--set", $0] }
    let output = try Program.run(
      ["run", "kolmogorov-digits", "--plain", "--seed", "5422", "--save-to", run] + settings)
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("4 units of curves last"), "\(output.text)")
    let measured = try Program.run("eval", run, "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(measured.text.utf8)) as? [String: Any])
    let scores = try #require(object["nonSpiking"] as? [String: Double])
    // A hundred rows and 160 steps are few: better than no knowledge of two classes.
    #expect(try #require(scores["loss"]) < 0.69, "\(measured.text)")
    let further = try Program.run("run", "--fork", run, "--plain", "--no-save", "--epochs", "41")
    #expect(further.end == .exited(0), "\(further.errors)")
    try "x,y,where\n1,2,in\n3,wet,out\n".write(to: file, atomically: true, encoding: .utf8)
    let refused = try Program.run(
      ["run", "kolmogorov-digits", "--plain", "--seed", "5423", "--no-save"] + settings)
    #expect(refused.end == .exited(3))
    #expect(refused.errors.contains("circles.csv:3: column y: found \"wet\""), "\(refused.errors)")
    let terminal = try PseudoTerminal(
      ["run", "kolmogorov-digits", "--seed", "5424", "--no-save"], columns: 160, rows: 45)
    try #require(terminal.waits(for: "full precision"), "\(terminal.screen)")
    terminal.type("8")
    #expect(terminal.waits(for: "64 curves of 6 features"), "\(terminal.screen)")
    #expect(terminal.waits(for: "feature 1"), "\(terminal.screen)")
    for (keys, text) in [
      (" ", "paused"), ("g", "is held"), ("k", "of feature 1 at"), ("\r", "stays where it is"),
    ] {
      terminal.type(keys)
      #expect(terminal.waits(for: text), "\(keys)\n\(terminal.screen)")
    }
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
  }

  @Test func `an LMU whose activation is learned runs, is measured and exported`() throws {
    let folder = Program.home.appendingPathComponent("learned-lmu-\(UUID().uuidString)").path
    let run = try Program.run(
      "run", "slaf-digits", "--plain", "--seed", "5404", "--epochs", "1", "--save-to", folder,
      "--set", "model.hidden=16", "--set", "model.order=8")
    #expect(run.end == .exited(0), "\(run.errors)")
    #expect(run.text.contains("learned activation: chebyshev, degree 7, one row a layer"))
    let measured = try Program.run("eval", folder, "--json")
    #expect(measured.text.contains("\"nonSpiking\""), "\(measured.errors)")
    let weights = folder + "-weights.safetensors"
    let export = try Program.run(
      "export", folder, "--format", "safetensors", "--output", weights)
    #expect(export.end == .exited(0), "\(export.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: weights))
    let head = String(decoding: bytes.prefix(4000), as: UTF8.self)
    for name in ["coefficients", "constant", "folded", "folded.scale", "folded.ends"] {
      #expect(head.contains("\"lmu.learned.\(name)\""))
    }
    let graph = try Program.run("export", folder, "--format", "nir", "--output", folder + ".nir")
    #expect(graph.end == .exited(0), "\(graph.errors)")
    let stability = try Program.run("stability", folder, "--epochs", "1")
    #expect(stability.end == .exited(0), "\(stability.errors)")
    #expect(try Program.run("list", "presets").text.contains("slaf-digits"))
    #expect(try Program.run("show", folder).end == .exited(0))
  }
}
