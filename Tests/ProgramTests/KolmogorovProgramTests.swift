import Foundation
import Testing

/// Kolmogorov networks in the real program.
@Suite struct KolmogorovProgramTests {
  private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func folder() throws -> URL {
    let folder = Program.home.appendingPathComponent("kolmogorov-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func `a table of one's own is learnt, measured, exported and taken up again`() throws {
    let folder = try folder()
    let file = folder.appendingPathComponent("circles.csv")
    let rows = (0..<120).map { row in
      let (x, y) = (Double(row * 37 % 121) / 60 - 1, Double(row * 23 % 119) / 59 - 1)
      return "\(x),\(y),\(x * x + y * y > 0.6 ? "out, far" : "in")"
        .replacing("out, far", with: "\"out, far\"")
    }
    try (["x,y,where"] + rows).joined(separator: "\r\n")
      .write(to: file, atomically: true, encoding: .utf8)
    let run = folder.appendingPathComponent("run").path
    let settings = [
      "kolmogorov.data=table", "kolmogorov.file=\(file.path)", "kolmogorov.target=where",
      "kolmogorov.rate=0.05", "kolmogorov.points=7",
    ].flatMap { ["--set", $0] }
    let output = try Program.run(
      ["run", "kolmogorov-product", "--plain", "--seed", "5401", "--epochs", "150"]
        + ["--save-to", run] + settings)
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("150 epochs of 1 steps"), "\(output.text)")
    let measured = try object(Data(try Program.run("eval", run, "--bits", "8", "--json").text.utf8))
    for regime in ["spiking", "nonSpiking"] {
      let scores = try #require(measured[regime] as? [String: Double])
      #expect(try #require(scores["accuracy"]) > 0.9, "\(regime)")
    }
    let path = folder.appendingPathComponent("curves.json").path
    let export = try Program.run(
      "export", run, "--format", "curves", "--bits", "4", "--output", path)
    #expect(export.end == .exited(0), "\(export.errors)")
    let curves = try object(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(curves["classes"] as? [String] == ["in", "out, far"])
    #expect((curves["curves"] as? [Any])?.count == 6)
    let further = try Program.run("run", "--fork", run, "--plain", "--no-save", "--epochs", "160")
    #expect(further.end == .exited(0), "\(further.errors)")
    for command in [["w-sweep", run], ["predict", run, file.path], ["stability", run]] {
      let refused = try Program.run(command)
      #expect(refused.end == .exited(2) && !refused.errors.isEmpty, "\(command)")
    }
    #expect(try Program.run("export", run, "--format", "nir").errors.contains("reads a table"))
  }

  @Test func `the dashboard shows the curves, and takes hold of one`() throws {
    let terminal = try PseudoTerminal(
      ["run", "kolmogorov-product", "--seed", "5403", "--no-save", "--epochs", "100000"],
      columns: 140, rows: 40)
    try #require(terminal.waits(for: "curves "), "\(terminal.screen)")
    terminal.type("8")
    #expect(terminal.waits(for: "output"), "\(terminal.screen)")
    #expect(terminal.waits(for: "6 curves, 55 parameters"), "\(terminal.screen)")
    for (keys, text) in [
      (" ", "paused"), ("g", "is held"), ("k", "of x1 at"), ("\r", "stays where it is"),
      ("f", "frozen"), ("x", "removed"), ("u", "6 curves"),
      (":set energy 0.5\r", "prior energy"), ("4", "inner.outputs"),
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

  @Test func `what is missing or wrong is told`() throws {
    let missing = try Program.run(
      "run", "kolmogorov-banknote", "--plain", "--no-save", "--seed", "5402", "--data", "/nowhere")
    #expect(missing.end == .exited(3))
    #expect(missing.errors.contains("data set banknote not found"))
    #expect(missing.errors.contains("https://doi.org/10.24432/C55P57"))
    #expect(try Program.run("data", "fetch", "banknote").errors.contains("no public address"))
    #expect(try Program.run("data").text.contains("data_banknote_authentication.txt"))
    let template = try Program.run("init", "kolmogorov-banknote")
    #expect(template.text.contains("\nwarmUp = 100\n"))
    let stiff = try Program.run(
      "run", "kolmogorov-product", "--no-save", "--set", "kolmogorov.lengthScale=3")
    #expect(stiff.end == .exited(2))
    #expect(stiff.errors.contains("the condition of the covariance is"), "\(stiff.errors)")
  }
}
