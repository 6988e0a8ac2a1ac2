import Foundation
import Testing

@Suite struct SpikingProgramTests {
  private let small = [
    "--set", "spiking.trainingSamples=200", "--set", "spiking.evaluationSamples=100",
  ]

  @Test func `spike trains run, are measured, go on and are refused elsewhere`()
    throws
  {
    let run = Program.home.appendingPathComponent("spikes-\(UUID().uuidString)").path
    let output = try Program.run(
      ["run", "rsbp-digits", "--plain", "--seed", "5450", "--epochs", "4", "--save-to", run] + small
    )
    #expect(output.end == .exited(0), "\(output.errors)")
    #expect(output.text.contains("64-R64-10 spiking"), "\(output.text)")
    #expect(output.text.contains("rate hidden1") && !output.text.contains("w hidden1"))
    let measured = try Program.run("eval", run, "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(measured.text.utf8)) as? [String: Any])
    let scores = try #require(object["spiking"] as? [String: Double])
    #expect(try #require(scores["accuracy"]) > 0.3, "\(measured.text)")
    let further = try Program.run("run", "--fork", run, "--plain", "--no-save", "--epochs", "5")
    #expect(further.end == .exited(0), "\(further.errors)")
    let tested = try Program.run("stability", run)
    #expect(tested.end == .exited(2) && tested.errors.contains("no surrogates"))
    let swept = try Program.run("w-sweep", run)
    #expect(swept.end == .exited(2) && swept.errors.contains("spike trains"))
    let draws = try Program.run("eval", run, "--draws", "3")
    #expect(draws.end == .exited(2) && draws.errors.contains("--draws"))
  }

  @Test func `data that are not there are told with what is expected`() throws {
    let empty = Program.home.appendingPathComponent("no-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
    let output = try Program.run(
      "run", "rsbp-fsdd", "--plain", "--no-save", "--seed", "5451", "--data", empty.path)
    #expect(output.end == .exited(3))
    #expect(output.errors.contains("fsdd"), "\(output.errors)")
  }

  @Test func `the raster shows trains, and keys of w are not offered`() throws {
    let terminal = try PseudoTerminal(
      ["run", "rsbp-digits", "--seed", "5452", "--no-save", "--epochs", "2000"] + small,
      columns: 150, rows: 40)
    try #require(terminal.waits(for: "spikes per unit and trial"), "\(terminal.screen)")
    terminal.type("2")
    #expect(terminal.waits(for: "hidden1 R64"), "\(terminal.screen)")
    #expect(!terminal.screen.contains("[ ] w") && !terminal.screen.contains("7 Sweep"))
    terminal.type("o")
    #expect(terminal.waits(for: "units 0-9 of 10"), "\(terminal.screen)")
    terminal.type(":set margin 2\r")
    #expect(terminal.waits(for: "margin of counts 3.00 to 2.00"), "\(terminal.screen)")
    terminal.type("q")
    #expect(terminal.waits(for: "stop after this batch"), "\(terminal.screen)")
    terminal.type("\r")
    #expect(terminal.waitForEnd() == .exited(0))
  }
}
