import Foundation
import Testing

/// Commands that are run when something happens, and runs that end by a rule.
@Suite struct AlertProgramTests {
  @Test func `commands of the user learn of bests and of the end`() throws {
    let folder = Program.home.appendingPathComponent("alerts-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let output = try Program.run(
      "run", "digits-rnn", "--epochs", "50", "--seed", "4931", "--json", "--set",
      "stop.when=\"nonSpiking.accuracy > 0.3\"", "--save-to", folder + "/run",
      "--on-end", "echo \"$INTERSPIKE_RUN $INTERSPIKE_OUTCOME $INTERSPIKE_REASON\" > \(folder)/end",
      "--on-best", "ls \"$INTERSPIKE_CHECKPOINT\" >> \(folder)/best")
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(
      output.lines.last?.contains("\"reason\":\"stop.when: nonSpiking.accuracy > 0.3\"") == true)
    let read = { (name: String) -> String in
      // The commands go on by themselves.
      for _ in 0..<200 {
        if let text = try? String(contentsOfFile: folder + name, encoding: .utf8), !text.isEmpty {
          return text
        }
        usleep(50_000)
      }
      return ""
    }
    #expect(read("/end") == "run completed stop.when: nonSpiking.accuracy > 0.3\n")
    #expect(read("/best").contains("/run/checkpoints/step-"))
  }

  @Test func `a rule that is none is refused with what is expected`() throws {
    let output = try Program.run("run", "--set", "stop.when=\"accuracy high\"", "--json")
    #expect(output.end == .exited(2))
    #expect(output.errors.contains("spiking.accuracy >= 0.98"), "\(output.errors)")
  }
}
