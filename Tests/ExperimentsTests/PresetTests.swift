import Engine
import Experiments
import Testing

@Suite struct PresetTests {
  @Test(arguments: [
    ("psmnist", 102_027), ("psmnist-hybrid", 102_239), ("smnist", 34_571),
    ("smnist-hybrid", 34_571), ("digits", 26_315), ("digits-lstm", 26_396),
    ("digits-gru", 26_582), ("digits-rnn", 26_218), ("digits-nru", 26_439),
  ])
  func `presets have the stated number of parameters`(name: String, count: Int) throws {
    let preset = try #require(Presets.preset(named: name))
    let network = try Network(preset.experiment.training.model, inputs: 1, classes: 10)
    #expect(network.layout.trainedCount == count)
  }

  @Test func `names are unique and the standard one is digits`() {
    let names = Presets.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Presets.standard.name == "digits")
  }

  @Test(arguments: Presets.all.map(\.name))
  func `the window of every preset is its sequence`(name: String) throws {
    let experiment = try #require(Presets.preset(named: name)).experiment
    guard let lmu = experiment.training.model.lmu else { return }
    #expect(lmu.theta == experiment.problem.steps.map(Double.init))
  }

  @Test func `the standard experiment anneals over the first 40 percent`() throws {
    let model = try #require(Presets.standard.experiment.training.model.lmu)
    for (site, start, end) in [(model.h, 16.0, 1.0), (model.m, 64.0, 1.0)] {
      #expect(site.resolution.value(at: 0, of: 100) == start)
      #expect(abs(site.resolution.value(at: 20, of: 100) - (start * end).squareRoot()) < 1e-9)
      #expect(site.resolution.value(at: 40, of: 100) == end)
      #expect(site.resolution.value(at: 99, of: 100) == end)
    }
  }

  @Test func `the catalogue lists every word that a key takes once`() throws {
    for group in Catalogue.groups {
      let names = group.entries.map(\.name)
      #expect(!names.isEmpty)
      #expect(Set(names).count == names.count)
      #expect(group.entries.allSatisfy { !$0.description.isEmpty })
    }
    let listed = Catalogue.groups.map { Set($0.entries.map(\.name)) }
    for path in [
      "preset", "problem.dataset", "model.kind", "quantizer.m.kind", "quantizer.m.schedule.shape",
      "quantizer.m.initialVoltage", "optimizer.rule",
    ] {
      let key = try #require(KeyTable.key(at: path))
      #expect(listed.contains(Set(key.kind.words.map(\.name))))
    }
  }
}
