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
    "kolmogorov-banknote", "kolmogorov-banknote-additive", "kolmogorov-banknote-4bit",
    "kolmogorov-banknote-spiking", "kolmogorov-banknote-3",
    "kolmogorov-banknote-9", "kolmogorov-product",
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

  @Test func `an additive model has no warm-up`() throws {
    let experiment = try ExperimentFile.load("kolmogorov-banknote", sets: ["kolmogorov.outer=none"])
    #expect(experiment.kolmogorov.outer == .none && experiment.kolmogorov.warmUp == 0)
    let refused = refusal(["kolmogorov.outer=none", "kolmogorov.warmUp=5"])
    #expect(refused.contains("kolmogorov.warmUp"), "\(refused)")
  }

  @Test func `levels have bits or time steps, and tables are of curves without levels`() throws {
    let experiment = try ExperimentFile.load(
      "kolmogorov-banknote",
      sets: ["kolmogorov.quantizer=spiking", "kolmogorov.spikeSteps=20", "kolmogorov.outerReach=5"])
    #expect(experiment.kolmogorov.bits == 0 && experiment.kolmogorov.outerReach == 5)
    #expect(try ExperimentFile.decode(experiment.toml, file: "f.toml") == experiment)
    let spiking = "kolmogorov.quantizer=spiking"
    #expect(refusal([spiking, "kolmogorov.bits=3"]).contains("kolmogorov.bits"))
    #expect(refusal([spiking, "kolmogorov.activationBits=3"]).contains("activationBits"))
    #expect(refusal(["kolmogorov.innerReach=3"]).contains("kolmogorov.innerReach"))
    let back = try ExperimentFile.load(
      "kolmogorov-banknote-4bit", sets: ["kolmogorov.quantizer=none"])
    #expect(back.kolmogorov.quantizer == .none && back.kolmogorov.innerReach == 2)
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
