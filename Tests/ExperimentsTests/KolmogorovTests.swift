import Engine
import Experiments
import Testing

@Suite struct KolmogorovTests {
  private func refusal(_ sets: [String], of preset: String = "kolmogorov-product") -> String {
    do {
      _ = try ExperimentFile.load(preset, sets: sets)
      return "nothing"
    } catch {
      return error.sentences.joined(separator: "\n")
    }
  }

  @Test(arguments: [
    "kolmogorov-banknote", "kolmogorov-banknote-3", "kolmogorov-banknote-9", "kolmogorov-product",
    "kolmogorov-expressive",
  ])
  func `presets read back as they are`(name: String) throws {
    let preset = try #require(Presets.preset(named: name)).experiment
    #expect(preset.kind == .kolmogorov && preset.epochs == preset.kolmogorov.epochs)
    #expect(try ExperimentFile.decode(preset.toml, file: "f.toml") == preset)
    #expect(throws: Never.self) { try preset.kolmogorov.controlPoints() }
  }

  @Test func `a table of the user is named with its target`() throws {
    let table = ["kolmogorov.data=table", "kolmogorov.file=a.csv", "kolmogorov.target=kind"]
    let experiment = try ExperimentFile.load(
      "kolmogorov-banknote", sets: table + ["kolmogorov.columns=x, y"],
      overrides: .init(seed: 9, epochs: 3))
    #expect(experiment.seed == 9 && experiment.kolmogorov.epochs == 3)
    #expect(experiment.kolmogorov.table.columnNames == ["x", "y"])
    #expect(experiment.kolmogorov.table.file.hasSuffix("/a.csv"))
    #expect(
      refusal([table[0], table[1]]).contains("kolmogorov.target: missing, needed where data"))
    #expect(refusal([table[1]]).contains("kolmogorov.file"))
  }

  @Test func `control points of which no curves can be made are refused`() {
    #expect(
      refusal(["kolmogorov.lengthScale=2", "kolmogorov.points=11"])
        .contains("kolmogorov.lengthScale=2: kolmogorov: the condition of the covariance is"))
    #expect(refusal(["kolmogorov.lengthScale=2", "kolmogorov.noise=1e-3"]) == "nothing")
    #expect(
      refusal(["kolmogorov.trained=[\"noise\"]", "kolmogorov.batch=5"])
        .contains("kolmogorov.batch: found 5 beside kolmogorov.trained, expected 0"))
    #expect(refusal(["kolmogorov.points=65"]).contains("expected an integer in 2...64"))
  }
}
