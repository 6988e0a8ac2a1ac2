import Engine
import Experiments
import Foundation
import Testing

@Suite struct RoundTripTests {
  @Test(arguments: Presets.all.map(\.name))
  func `a preset written as a file reads back as the same experiment`(name: String) throws {
    let experiment = try #require(Presets.preset(named: name)).experiment
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "x.toml") == experiment)
    #expect(try ExperimentFile.load(name) == experiment)
  }

  @Test func `the template names every key once`() {
    let template = Presets.standard.experiment.template
    var section = ""
    var found: [String] = []
    for line in template.split(separator: "\n") {
      if line.hasPrefix("[") { section = line.dropFirst().dropLast() + "." }
      let assignment = line.hasPrefix("# ") ? line.dropFirst(2) : line
      if let match = assignment.prefixMatch(of: #/([a-zA-Z0-9]+) = /#) {
        found.append(section + match.1)
      }
    }
    #expect(found == KeyTable.keys.map(\.path))
    #expect(template.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `an empty file is the standard experiment`() throws {
    #expect(try ExperimentFile.decode("", file: "x.toml") == Presets.standard.experiment)
  }

  static let shapes: [ScheduleShape] = [
    .hold(3), .linear(start: 9, end: 2), .geometric(start: 8, end: 0.5),
    .harmonic(start: 8, end: 1), .cosine(start: 7, end: 1), .cosineLog(start: 7, end: 1),
    .step(start: 8, end: 1, plateaus: 5),
    .exponential(start: 8, rate: 0.9, decaySteps: 12.5, staircase: true),
    .piecewiseConstant(boundaries: [10, 20.5], values: [4, 2, 1]),
    .keypoints(
      [.init(position: 0, value: 4), .init(position: 0.25, value: 1e-2)], interpolation: .linear),
    .bits(start: 7.5, end: 1.25, width: 1.5),
  ]

  @Test(arguments: shapes)
  func `every shape of schedule reads back`(shape: ScheduleShape) throws {
    var experiment = Presets.standard.experiment
    experiment.training.model.lmu?.u.resolution = Schedule(shape, bypass: 0.1, hold: 0.3)
    experiment.training.model.lmu?.h.resolution = Schedule(shape)
    if case .bits = shape {
    } else {
      experiment.training.optimizer.learningRate = Schedule(shape, hold: 0.125)
    }
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
  }

  @Test func `everything else that an experiment may hold reads back`() throws {
    var experiment = try #require(Presets.preset(named: "psmnist-7")).experiment
    experiment.name = "a-b_c.9"
    experiment.title = "quotes \" and \\ and \u{e9}"
    experiment.problem.dataSet = .fashionMNIST
    experiment.problem.convention = .kerasLMU
    experiment.training.model.lmu?.discretization = .euler
    experiment.training.model.lmu?.activation = .relu
    experiment.training.model.lmu?.initialization = .full
    experiment.training.model.lmu?.theta = 1.0 / 3
    experiment.training.model.lmu?.h.kind = .poisson
    experiment.training.model.lmu?.h.scale = .calibrated(quantile: 0.75)
    experiment.training.model.lmu?.m.scale = .fixed(0.1)
    experiment.training.model.lmu?.m.initialVoltage = .fixedSeed(99)
    experiment.training.model.lmu?.u.initialVoltage = .half
    experiment.training.model.lmu?.u.surrogate = SiteSurrogate(.standard(.zero))
    if let curve = try? Surrogate(.multiGaussian, parameters: [1, 1 / 3.0, 6, 0.5]) {
      experiment.training.model.lmu?.m.surrogate = SiteSurrogate(
        curve, normalization: .unitMass, placement: .thresholds)
    }
    experiment.training.optimizer.rule = .momentum(0.75)
    experiment.training.optimizer.clipNorm = nil
    experiment.training.plateau = .init(patience: 3, factor: 0.25, minimum: 0.5)
    experiment.training.evaluation = .init(everyEpochs: 2, draws: 3, testDraws: 4)
    experiment.training.evaluation.energy.weightRead = 640
    experiment.training.evaluation.energy.add = 0
    experiment.training.seed = UInt64(Int.max)
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "x.toml") == experiment)
  }

  @Test func `the JSON form nests the keys as the tables do`() throws {
    let data = try JSONEncoder().encode(Presets.standard.experiment)
    let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let quantizer = try #require(root["quantizer"] as? [String: Any])
    let m = try #require(quantizer["m"] as? [String: Any])
    let schedule = try #require(m["schedule"] as? [String: Any])
    #expect(root["name"] as? String == "digits")
    #expect(root["preset"] == nil)
    #expect(schedule["shape"] as? String == "geometric")
    #expect(schedule["start"] as? Double == 64)
    #expect(schedule["rate"] == nil)
  }
}
