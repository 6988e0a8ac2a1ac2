import Testing

@testable import Engine

/// Studies of networks with self-learnable activations.
@Suite struct LearnedStudyTests {
  /// Two spirals in 12 steps: 2-5-5-1 units, a few hundred points.
  static func study(
    threads: Int = 2, _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy {
    var configuration = FeedForwardStudyConfiguration()
    (configuration.model, configuration.dataSet) = (.chain, .spirals)
    (configuration.activation, configuration.rule) = (.learned, .adam)
    configuration.take(.stable(degree: 3))
    (configuration.width, configuration.points, configuration.batch) = (5, 60, 32)
    configuration.fullPrecision = .init(epochs: 3, rate: 0.02)
    configuration.quantized.epochs = 0
    change(&configuration)
    let images = try configuration.loadImages(
      from: DataLocations(option: nil, environment: [:]), seed: 7)
    return try FeedForwardStudy(
      name: "test", configuration: configuration, images: images, seed: 7, threads: threads)
  }

  private func conclusion(_ study: FeedForwardStudy) throws -> Conclusion {
    let events = try study.events()
    guard case .ended(let conclusion)? = events.last else { throw Unended() }
    return conclusion
  }

  private struct Unended: Error {}

  @Test(arguments: [2, 4, 7])
  func `what was interrupted goes on bit for bit`(step: Int) throws {
    let change: (inout FeedForwardStudyConfiguration) -> Void = {
      $0.take(.paper(degree: 3))
      $0.apply(.alternating)
      $0.quantized = .init(epochs: 1, rate: 0.01)
    }
    let whole = try Self.study(change)
    #expect(try conclusion(whole).outcome == .completed)
    let first = try Self.study(threads: 1, change)
    _ = try first.events(until: step)
    let second = try Self.study(change)
    try second.restore(first.snapshot())
    _ = try conclusion(second)
    #expect(second.snapshot() == whole.snapshot())
  }

  @Test func `in full precision only the curve acts, and then the quantizer too`() throws {
    let study = try Self.study { $0.quantized = .init(epochs: 1, rate: 0.01) }
    let layer = study.trainer.network.nodes.firstIndex { node in
      guard case .layer(let layer as ActivationLayer) = node.work else { return false }
      return layer.isBehindCurve
    }
    let place = try #require(layer)
    let values = { study.trainer.value($0, shard: 0).array }
    _ = try study.events(until: 2)
    #expect(values(place) == values(place + 1) && values(place).contains { $0 < 0 })
    _ = try study.events(until: 10)
    #expect(Set(values(place + 1)).count <= 4 && Set(values(place)).count > 4)
    #expect(study.knobs.contains { $0.id == "bits" })
  }

  @Test func `a regression has losses and no accuracies`() throws {
    let study = try Self.study {
      ($0.dataSet, $0.points, $0.order) = (.polynomials, 90, 2)
      $0.take(.paper(degree: 2))
    }
    #expect(!study.gauges.contains { $0.id.contains("accuracy") })
    let end = try conclusion(study)
    let names = ["rmse", "r2", "loss"].map { "nonSpiking.\($0)" }
    #expect(
      end.metrics.map(\.gauge) == names.map { "validation.\($0)" } + names.map { "test.\($0)" })
    #expect(
      end.metrics.allSatisfy { $0.last.isFinite && ($0.last > 0 || $0.gauge.hasSuffix("r2")) })
    #expect(study.summary.surrogates.isEmpty)
  }

  @Test func `exclusive or is learned`() throws {
    let study = try Self.study {
      ($0.dataSet, $0.points, $0.width, $0.depth) = (.xor, 40, 2, 1)
      $0.fullPrecision = .init(epochs: 30, rate: 0.05)
    }
    let end = try conclusion(study)
    let score = try #require(end.metrics.first { $0.gauge == "test.nonSpiking.accuracy" })
    #expect(score.last > 0.95)
  }

  @Test func `learned activations go into LeNet-5, with knobs of their training`() throws {
    let study = try FeedForwardStudy.small {
      $0.activation = .learned
      $0.take(.stable(degree: 2))
      $0.rule = .adam
      ($0.boundaries, $0.rates) = ([2, 4], [0.01, 0.004, 0.001])
    }
    _ = try study.apply(.set(knob: "learned.rateFactor", value: 0))
    let layer = try #require(study.trainer.network.selfLearnableLayers.first)
    let before = study.trainer.weights[layer.coefficients].array
    let events = try study.events(until: 3)
    #expect(study.trainer.weights[layer.coefficients].array == before)
    _ = try study.apply(.undo)
    _ = try study.events(until: 5)
    #expect(study.trainer.weights[layer.coefficients].array != before)
    let rates = events.compactMap { event -> Double? in
      guard case .stepped(let readings) = event else { return nil }
      return readings.values.first { $0.gauge == "learningRate" }?.last
    }
    #expect(rates == [0.01, 0.01, 0.004])
  }
}
