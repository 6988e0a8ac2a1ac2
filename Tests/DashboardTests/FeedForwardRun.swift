import Dashboard
import Engine
import Runs
import Terminal

/// The reports of a feed-forward network, as the runner would send them.
struct FeedForwardRun {
  let study: FeedForwardStudy

  init(_ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }) throws {
    var configuration = FeedForwardStudyConfiguration()
    (configuration.trainingSamples, configuration.evaluationSamples) = (64, 64)
    change(&configuration)
    let images = try configuration.dataSet.load(
      for: configuration.model, from: DataLocations(option: nil, environment: [:]))
    study = try FeedForwardStudy(
      name: "lenet5", configuration: configuration, images: images, seed: 1, threads: 1)
  }

  var beginning: [RunnerReport] {
    [
      .began(
        RunBeginning(summary: study.summary, progress: study.progress, gauges: study.gauges)),
      .knobs(study.knobs), .state(.training),
    ]
  }

  /// What the runner answers to the edits among some effects.
  func carryOut(_ effects: [Effect]) throws -> [RunnerReport] {
    try effects.flatMap { effect -> [RunnerReport] in
      guard case .send(.edit(let edit)) = effect else { return [] }
      let event = StudyEvent.edited(try study.apply(edit))
      let timed = TimedEvent(
        seconds: 1, samplesPerSecond: 64, progress: study.progress, event: event)
      return [.event(timed), .knobs(study.knobs)]
    }
  }
}
