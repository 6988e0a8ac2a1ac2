import Engine
import Experiments
import Testing

@Suite struct InhibitoryTests {
  private func refusal(_ sets: [String], of preset: String = "inhibitory-bursts") -> String {
    do {
      _ = try ExperimentFile.load(preset, sets: sets)
      return "nothing"
    } catch {
      return error.sentences.joined(separator: "\n")
    }
  }

  @Test(arguments: Presets.all.filter { $0.experiment.kind == .inhibitory }.map(\.name))
  func `presets read back as they are and make networks`(name: String) throws {
    let preset = try #require(Presets.preset(named: name)).experiment
    #expect(preset.epochs == preset.inhibitory.epochs)
    #expect(try ExperimentFile.decode(preset.toml, file: "f.toml") == preset)
    #expect(try preset.inhibitory.makeNetwork(seed: 3).neurons == preset.inhibitory.neurons)
  }

  @Test func `there is a preset for every claim`() {
    #expect(Presets.all.count { $0.experiment.kind == .inhibitory } == 7)
  }

  @Test func `numbers that do not go together are refused with the rule`() {
    #expect(
      refusal(["inhibitory.inDegree=1000"]).contains(
        "inhibitory.inDegree=1000: inhibitory.inDegree: found 1000, expected at most 999: "
          + "a neuron is inhibited by others"))
    #expect(refusal(["inhibitory.inDegree=999"]) == "nothing")
    #expect(
      refusal(["inhibitory.lowest=1.6"]).contains(
        "inhibitory.lowest: found 1.6, expected at most 1.5"))
    #expect(refusal(["inhibitory.lowest=0.9"]).contains("expected a number in 1...100"))
    #expect(refusal(["inhibitory.delay=-0.1"]).contains("expected a number in 0...100"))
    #expect(
      refusal(["inhibitory.method=clock", "inhibitory.clockStep=0.5"]).contains(
        "inhibitory.clockStep: found 0.5, expected at most 0.02"))
    #expect(refusal(["inhibitory.clockStep=0.5"]).contains("method"))
    #expect(
      refusal(["inhibitory.sampling=0.3"]).contains(
        "inhibitory.sampling: found 0.3, expected a whole part of 0.5, such as 0.25"))
    #expect(refusal(["inhibitory.sampling=0.7"]).contains("...0.5"))
    #expect(refusal(["inhibitory.sampling=0.016666667"]) == "nothing")
    #expect(refusal(["inhibitory.topology=global", "inhibitory.inDegree=4"]).contains("topology"))
  }

  @Test func `epochs are stretches of a hundred time units`() throws {
    let experiment = try ExperimentFile.load(
      "inhibitory-bursts", sets: [], overrides: .init(seed: 4, epochs: 3))
    #expect(experiment.seed == 4 && experiment.inhibitory.duration == 300)
  }
}
