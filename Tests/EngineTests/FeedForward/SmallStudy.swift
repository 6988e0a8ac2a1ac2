@testable import Engine

/// A training that takes a moment: 80 samples of the synthetic classes, 9 steps.
extension FeedForwardStudy {
  static func small(
    threads: Int = 2, seed: UInt64 = 4,
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy {
    var configuration = FeedForwardStudyConfiguration()
    configuration.fullPrecision = .init(epochs: 1, rate: 0.1)
    configuration.quantized = .init(epochs: 2, rate: 0.1, milestones: [1])
    (configuration.trainingSamples, configuration.evaluationSamples) = (80, 70)
    (configuration.batch, configuration.weightDecay) = (32, 1e-4)
    change(&configuration)
    let images = try configuration.dataSet.load(
      for: configuration.model, from: DataLocations(option: nil, environment: [:]))
    return try FeedForwardStudy(
      name: "test", configuration: configuration, images: images, seed: seed, threads: threads)
  }

  /// Works until a step is done or the study has ended.
  func events(until step: Int = .max) throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while progress.step < step {
      let more = try advance(within: .zero)
      if more.isEmpty { break }
      events += more
    }
    return events.filter { if case .evaluating = $0 { false } else { true } }
  }
}
