import Engine
import Experiments
import Testing

@Suite struct PresetTests {
  @Test(arguments: [
    ("psmnist", 102_027), ("psmnist-hybrid", 102_239), ("smnist", 34_571),
    ("smnist-hybrid", 34_571), ("digits", 26_315), ("digits-lstm", 26_396),
    ("digits-gru", 26_582), ("digits-rnn", 26_218), ("digits-nru", 26_439),
    // Section 4.5.
    ("psmnist-rnn", 101_735), ("psmnist-lstm", 101_432), ("psmnist-gru", 101_732),
    ("psmnist-nru", 101_730), ("psmnist-nru-2019", 165_554),
  ])
  func `presets have the stated number of parameters`(name: String, count: Int) throws {
    let preset = try #require(Presets.preset(named: name))
    let network = try Network(preset.experiment.training.model, inputs: 1, classes: 10)
    #expect(network.layout.trainedCount == count)
  }

  private func parameters(_ experiment: Experiment) throws -> Int {
    try Network(
      experiment.training.model, layers: experiment.training.layers, inputs: 1, classes: 10
    ).layout.trainedCount
  }

  @Test func `every number of parameters in a summary is counted`() throws {
    var compared = 0
    for preset in Presets.all {
      guard let match = preset.summary.firstMatch(of: #/([\d,]+) parameters(?: beside ([\d,]+))?/#)
      else { continue }
      let number = { (text: Substring) in Int(text.filter { $0 != "," }) }
      #expect(try number(match.1) == parameters(preset.experiment), "\(preset.name)")
      let sized = preset.source.firstMatch(of: #/LMU with ([\d,]+) parameters/#)
      guard let beside = match.2 ?? sized?.1 else { continue }
      let task = preset.name.split(separator: "-").dropLast().joined(separator: "-")
      let sibling = try #require(Presets.preset(named: task))
      #expect(try number(beside) == parameters(sibling.experiment), "\(preset.name)")
      #expect(preset.experiment.problem == sibling.experiment.problem)
      let (count, own) = try (parameters(sibling.experiment), parameters(preset.experiment))
      #expect(abs(own - count) * 50 < count, "\(preset.name) is larger or smaller by 2 %")
      compared += 1
    }
    #expect(compared == 20)
  }

  @Test(
    arguments: ["psmnist", "smnist", "psmnist-14", "psmnist-7"], ["lstm", "gru", "nru", "rnn"])
  func `rivals do not spike and are trained as the LMU`(task: String, model: String) throws {
    let rival = try #require(Presets.preset(named: "\(task)-\(model)")).experiment
    let lmu = try #require(Presets.preset(named: task)).experiment
    let network = try Network(rival.training.model, inputs: 1, classes: 10)
    #expect(network.recurrent.sites.allSatisfy { $0.site.kind == .off })
    #expect(rival.training.epochs == lmu.training.epochs)
    #expect(rival.training.batch == lmu.training.batch)
    #expect(rival.training.optimizer.learningRate == lmu.training.optimizer.learningRate)
    #expect(rival.training.optimizer.clipNorm == 1)
    let epsilon =
      if case .adam(_, _, let epsilon) = rival.training.optimizer.rule { epsilon } else { 0.0 }
    #expect(epsilon == (model == "nru" ? 1e-8 : 1e-7))
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
      "preset", "problem.dataset", "model.kind", "readout.kind", "quantizer.m.kind",
      "quantizer.m.schedule.shape",
      "quantizer.m.initialVoltage", "optimizer.rule",
    ] {
      let key = try #require(KeyTable.key(at: path))
      #expect(listed.contains(Set(key.kind.words.map(\.name))))
    }
  }
}
