import Foundation
import Testing

/// Tests of stability of stored runs in the real program.
@Suite struct StabilityProgramTests {
  private let folder = Program.home.appendingPathComponent("stability-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func train(_ preset: String, seed: Int) throws -> String {
    let path = folder.appendingPathComponent(preset).path
    let output = try Program.run(
      "run", preset, "--json", "--epochs", "2", "--seed", String(seed), "--save-to", path)
    #expect(output.end == .exited(0), "\(output.errors)")
    return path
  }

  private func rows(_ output: Program.Output) throws -> [[String: Any]] {
    try output.lines.map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func `a test ends with a verdict and leaves the run as it is`() throws {
    let path = try train("digits", seed: 5301)
    let files = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    let picture = folder.appendingPathComponent("held.svg").path
    let plain = try Program.run(
      "stability", path, "--surrogate", "arctan", "--epochs", "2", "--svg", picture)
    #expect(plain.end == .exited(0), "\(plain.errors)")
    #expect(plain.lines[0].contains("arctan, rate 1e-05"), "\(plain.text)")
    #expect(plain.lines.contains { $0.hasPrefix("held: ") }, "\(plain.text)")
    #expect(FileManager.default.fileExists(atPath: picture))
    let rows = try rows(
      try Program.run("stability", path, "--json", "--epochs", "1", "--rate", "1"))
    #expect(rows.count == 2 && rows[0]["verdict"] == nil)
    #expect(rows[1]["verdict"] as? String == "repelled")
    let refused = try Program.run("stability", path, "--surrogate", "arctang")
    #expect(refused.end == .exited(2) && refused.errors.contains("arctan"), "\(refused.errors)")
    #expect(try Program.run("stability", path, "--svg", picture).end == .exited(2))
    #expect(try Program.run("stability", path, "--rate", "-1").end == .exited(2))
    #expect(try FileManager.default.subpathsOfDirectory(atPath: path).sorted() == files)
  }

  @Test func `weights of a feed-forward network are tested with quantized activations`() throws {
    let path = try train("lenet5-synthetic", seed: 5302)
    let still = try rows(
      try Program.run(
        "stability", path, "--surrogate", "identity", "--json", "--epochs", "1", "--rate", "0"))
    // Nothing is learnt at rate 0, but the statistics of the normalization go on.
    #expect(still.count == 2 && still[0]["ratio"] as? Double == 1)
    #expect(still[1]["verdict"] as? String == "held", "\(still)")
    let left = try rows(
      try Program.run("stability", path, "--json", "--epochs", "2", "--rate", "50"))
    #expect(left.last?["verdict"] as? String == "repelled", "\(left)")
    let refused = try Program.run("stability", path, "--surrogate", "stochastic_spike")
    #expect(refused.end == .exited(2), "\(refused.errors)")
  }
}
