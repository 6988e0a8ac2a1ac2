import Engine
import Experiments
import Testing

@Suite struct SpikingTests {
  private func refusal(_ sets: [String]) -> String {
    do {
      _ = try ExperimentFile.load("rsbp-digits", sets: sets)
      return "nothing"
    } catch {
      return error.sentences.joined(separator: "\n")
    }
  }

  @Test(arguments: Presets.all.filter { $0.experiment.kind == .spiking }.map(\.name))
  func `a preset makes the network of its title`(name: String) throws {
    let preset = try ExperimentFile.load(name)
    let network = try preset.spiking.network(inputs: 64, outputs: 10)
    #expect(network.layers.count == preset.spiking.hidden.count + 1)
    #expect(preset.epochs == preset.spiking.epochs)
    #expect(try ExperimentFile.load(name, overrides: .init(seed: 4, epochs: 3)).epochs == 3)
  }

  @Test func `layers that make no network are refused with the rule`() {
    #expect(
      refusal(["spiking.thresholds=[1, 2, 3]"]).contains(
        "spiking.thresholds: found 3, expected 2: one for each hidden layer"))
    #expect(
      refusal(["spiking.hiddenLayers=Q64"]).contains("spiking.hiddenLayers: found \"Q64\""))
    #expect(refusal(["spiking.hiddenLayers=R0"]).contains("found \"R0\""))
    #expect(refusal(["spiking.hiddenLayers=4--5"]).contains("found \"\""))
    #expect(refusal(["spiking.hiddenLayers=1-1-1-1-1-1-1-1-1"]).contains("at most 8"))
    #expect(refusal(["spiking.steps=1"]).contains("spiking.steps"))
    #expect(refusal(["spiking.hiddenLayers=\"32\""]) == "nothing")
  }
}
