import Engine
import Experiments
import Foundation
import Testing

/// Layers above each other and readouts, as experiments.
@Suite struct StackTests {
  static let readouts: [ReadoutConfiguration] = [
    .spikes, .rate, .mean(steps: 1), .mean(steps: 64),
  ]

  @Test(arguments: readouts, [1, 3])
  func `layers and readout read back from a file and a template`(
    readout: ReadoutConfiguration, layers: Int
  ) throws {
    var experiment = Presets.standard.experiment
    experiment.training.layers = layers
    experiment.training.reading = readout
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "x.toml") == experiment)
  }

  @Test func `a mean has a length of its own and only a mean has one`() throws {
    #expect(
      try ExperimentFile.load(sets: ["readout.kind=mean"]).training.reading == .mean(steps: 8))
    #expect(
      try ExperimentFile.load(sets: ["readout.kind=mean", "readout.steps=5"]).training.reading
        == .mean(steps: 5))
    let failure = #expect(throws: ExperimentFailure.self) {
      try ExperimentFile.load(sets: ["readout.steps=5"])
    }
    #expect(
      failure?.sentences == [
        "--set readout.steps=5: readout.steps: used only where kind is \"mean\"; it is "
          + "\"spikes\""
      ])
  }

  @Test func `a mean over more steps than the user's sequences have is refused with them`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a.csv").path
    let rows = (0..<40).map { "\($0 % 2),\($0),2,3,4,5,6" }.joined(separator: "\n")
    try rows.write(toFile: file, atomically: true, encoding: .utf8)
    let sets = ["problem.dataset=sequences", "problem.values=\(file)", "readout.kind=mean"]
    let nowhere = DataLocations(option: nil, environment: [:])
    let long = try ExperimentFile.load(sets: sets)
    #expect(
      throws: DataError.sequences(SequenceError(file, .readout(found: 6, expected: 8)))
    ) {
      try long.loadProblem(from: nowhere)
    }
    let short = try ExperimentFile.load(sets: sets + ["readout.steps=6"])
    #expect(try short.loadProblem(from: nowhere).steps == 6)
  }

  @Test(arguments: readouts)
  func `two layers train on the digits with each readout`(readout: ReadoutConfiguration) throws {
    var experiment = try ExperimentFile.load(
      sets: [
        "training.epochs=2", "model.layers=2", "model.hidden=24", "model.order=12",
        "evaluation.testDraws=2",
      ])
    experiment.training.reading = readout
    let study = try TrainingStudy(
      name: experiment.name, configuration: experiment.training,
      problem: try experiment.problem.load(from: DataLocations(option: nil, environment: [:])),
      threads: 2)
    #expect(study.summary.model == "hybrid LMU 2x24/12 exactState")
    #expect(study.summary.sites.map(\.id) == ["h1", "m1", "h2", "m2"])
    var end: Conclusion?
    while end == nil {
      for case .ended(let conclusion) in try study.advance(within: .seconds(1)) {
        end = conclusion
      }
    }
    let value = { (path: String) in end?.metrics.first { $0.gauge == path }?.last ?? .nan }
    #expect(end?.outcome == .completed)
    #expect(value("test.spiking.accuracy") > 0.15)
    for site in study.summary.sites { #expect(value("test.sites.\(site.id).spikeRate") > 0) }
    #expect(value("test.operations.dense") > 0)
  }
}
