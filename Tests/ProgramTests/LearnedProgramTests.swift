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
  }
}
