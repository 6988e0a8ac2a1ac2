import Engine
import Experiments
import Foundation
import TestSupport
import Testing

/// The user's own sequences through experiment files.
@Suite struct SequencesTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws -> String {
    let file = folder.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private func experiment() -> Experiment {
    var experiment = Presets.standard.experiment
    experiment.problem = ProblemConfiguration(dataSet: .sequences, order: .permuted, side: 8)
    experiment.problem.sequences.values = "/data/a b.csv"
    return experiment
  }

  @Test(arguments: [0, 1, 2, 3])
  func `every form reads back from its file and its template`(form: Int) throws {
    var experiment = experiment()
    switch form {
    case 0:
      experiment.thetaFollowsSteps = true
      experiment.training.model.lmu?.theta = 1
    case 1:
      experiment.problem.sequences.labels = "/data/\u{e9}.npy"
      experiment.problem.sequences.testValues = "/data/test.csv"
      experiment.problem.sequences.testLabels = "/data/test.txt"
    case 2:
      experiment.problem.sequences.channels = 7
      experiment.problem.sequences.validationShare = 0.3
      experiment.problem.sequences.testShare = 0.25
      experiment.problem.sequences.normalization = .standardized
    default: experiment.training.model = .lstm(LSTMConfiguration(hidden: 3, h: ModelTests.site))
    }
    #expect(try ExperimentFile.decode(experiment.toml, file: "x.toml") == experiment)
    #expect(try ExperimentFile.decode(experiment.template, file: "x.toml") == experiment)
  }

  @Test func `what the other choice has no use for is forgotten`() throws {
    let sets = [
      "problem.dataset=sequences", "problem.values=/a.csv", "problem.testValues=/b.csv",
      "problem.testLabels=/b.txt",
    ]
    let file = try write(try ExperimentFile.load("psmnist-7", sets: sets).toml, to: "x.toml")
    for more in [["problem.testValues="], ["problem.dataset=mnist"]] {
      let changed = try ExperimentFile.load(file, sets: more)
      #expect(try ExperimentFile.decode(changed.toml, file: "x.toml") == changed)
    }
  }

  @Test func `paths are relative to the file that has them, or to the working directory`() throws {
    let text = """
      [problem]
      dataset = "sequences"
      values = "data/a.csv"
      labels = "/b.npy"
      """
    let working = FileManager.default.currentDirectoryPath
    let file = try write(text, to: "mine.toml")
    let sequences = try ExperimentFile.load(file, sets: ["problem.testValues=c.csv"])
      .problem.sequences
    #expect(sequences.values == folder.path + "/data/a.csv")
    #expect(sequences.labels == "/b.npy")
    #expect(sequences.testValues == working + "/c.csv")
    let beside = try ExperimentFile.decode(text, file: "mine.toml").problem.sequences
    #expect(beside.values == working + "/data/a.csv")
    let below = try ExperimentFile.decode(text, file: "below/mine.toml").problem.sequences
    #expect(below.values == working + "/below/data/a.csv")
  }

  @Test func `the window follows the sequences unless it is given`() throws {
    let sets = ["problem.dataset=sequences", "problem.values=a.csv"]
    let experiment = try ExperimentFile.load(sets: sets)
    #expect(experiment.thetaFollowsSteps && experiment.toml.contains("theta = \"steps\""))
    let given = try ExperimentFile.load(sets: sets + ["model.theta=30"])
    #expect(!given.thetaFollowsSteps && given.training.model.lmu?.theta == 30)
    #expect(try !ExperimentFile.load("digits-gru", sets: sets).thetaFollowsSteps)
  }

  /// Rising and falling sequences of two channels; the second channel is noise.
  private func rows(_ count: Int) -> String {
    var generator = SeededGenerator(7)
    let rows = (0..<count).map { sample in
      let values = (0..<12).flatMap { step in
        [
          Double(sample % 2 == 0 ? step : 12 - step) + generator.uniform(-1..<1),
          generator.uniform(),
        ]
      }
      return "\(sample % 2 == 0 ? "up" : "down")," + values.map { "\($0)" }.joined(separator: ",")
    }
    return rows.joined(separator: "\n")
  }

  @Test func `an experiment file trains on a file beside it`() throws {
    _ = try write(rows(200), to: "walks.csv")
    let file = try write(
      """
      [problem]
      dataset = "sequences"
      values = "walks.csv"
      channels = 2
      normalization = "standardized"
      [model]
      hidden = 16
      order = 6
      [training]
      epochs = 1
      batch = 4
      [quantizer]
      h.kind = "off"
      m.kind = "off"
      [optimizer]
      learningRate = {shape = "hold", value = 0.01}
      """, to: "walks.toml")
    let experiment = try ExperimentFile.load(file)
    let nowhere = DataLocations(option: nil, environment: [:])
    let problem = try experiment.loadProblem(from: nowhere)
    #expect(
      throws: DataError.sequences(
        SequenceError(
          folder.path + "/walks.csv",
          .batchMemory(needed: 4 * 12 * 24 * 4, limit: 4607, batch: 4)))
    ) {
      try experiment.loadProblem(from: nowhere, limit: 4607)
    }
    let training = experiment.training(on: problem)
    #expect(training.model.lmu?.theta == 12)
    let study = try TrainingStudy(
      name: experiment.name, configuration: training, problem: problem, threads: 2)
    var end: Conclusion?
    while end == nil {
      for case .ended(let conclusion) in try study.advance(within: .seconds(1)) {
        end = conclusion
      }
    }
    #expect(end?.outcome == .completed)
    let accuracy = end?.metrics.first { $0.gauge == "test.nonSpiking.accuracy" }?.last ?? 0
    #expect(accuracy > 0.9)
    try FileManager.default.removeItem(at: folder)
  }
}
