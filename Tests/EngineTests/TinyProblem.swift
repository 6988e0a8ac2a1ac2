import Engine

/// A small made problem: the class is the half of the sequence that holds the larger sum.
struct TinyProblem: Problem {
  let title = "tiny"
  var steps = 9
  let channels = 1
  let classes = 2
  var trainingCount = 40

  func count(in split: Gauge.Split) -> Int { split == .training ? trainingCount : 12 }

  func label(_ index: Int, in split: Gauge.Split) -> Int {
    let values = sequence(index, split)
    let middle = values.count / 2
    return values[..<middle].reduce(0, +) > values[middle...].reduce(0, +) ? 0 : 1
  }

  func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for (t, value) in sequence(index, split).enumerated() { destination[t * stride] = value }
  }

  private func sequence(_ index: Int, _ split: Gauge.Split) -> [Float] {
    let lane = split == .training ? 0 : 1
    var stream = RandomStream(seed: 77, purpose: .permutation, lane: lane, second: index)
    return (0..<steps).map { _ in Float(stream.nextUniform()) }
  }
}

extension TrainingConfiguration {
  /// A network small enough to train in milliseconds, both sites quantized.
  static func tiny(
    h: Schedule = Schedule(.geometric(start: 16, end: 1), hold: 0.5),
    m: Schedule = Schedule(.geometric(start: 64, end: 4), hold: 0.5),
    kind: Quantizer = .diffused, epochs: Int = 2, batch: Int = 10, shards: Int = 2,
    seed: UInt64 = 5
  ) -> TrainingConfiguration {
    TrainingConfiguration(
      model: .lmu(
        LMUConfiguration(
          hidden: 12, order: 6, theta: 9, initialization: .full,
          h: QuantizerSite(kind: kind, resolution: h), m: QuantizerSite(kind: kind, resolution: m),
          u: QuantizerSite(kind: .off, resolution: Schedule(.hold(1))))),
      optimizer: OptimizerConfiguration(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        learningRate: Schedule(.cosine(start: 1e-2, end: 0)), clipNorm: 1),
      epochs: epochs, batch: batch, shards: shards, seed: seed)
  }
}

extension TrainingStudy {
  convenience init(tiny configuration: TrainingConfiguration, threads: Int = 1) throws {
    try self.init(
      name: "tiny", configuration: configuration, problem: TinyProblem(), threads: threads)
  }

  /// All events to the end; fails to end only if the study does.
  func runToEnd() throws -> [StudyEvent] {
    var events: [StudyEvent] = []
    while true {
      let next = try advance(within: .milliseconds(1))
      events += next
      guard !next.contains(where: \.isEnd), !next.isEmpty else { return events }
    }
  }
}

extension StudyEvent {
  var isEnd: Bool { if case .ended = self { true } else { false } }

  var conclusion: Conclusion? { if case .ended(let conclusion) = self { conclusion } else { nil } }
}
