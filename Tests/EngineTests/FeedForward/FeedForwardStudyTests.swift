import Testing

@testable import Engine

@Suite struct FeedForwardStudyTests {
  private func study(
    threads: Int = 2, seed: UInt64 = 4,
    _ change: (inout FeedForwardStudyConfiguration) -> Void = { _ in }
  ) throws -> FeedForwardStudy {
    try FeedForwardStudy.small(threads: threads, seed: seed, change)
  }

  private func events(
    _ study: FeedForwardStudy, until step: Int = .max
  ) throws -> [StudyEvent] {
    try study.events(until: step)
  }

  private func conclusion(_ events: [StudyEvent]) throws -> Conclusion {
    guard case .ended(let conclusion)? = events.last else { throw Unended() }
    return conclusion
  }

  private struct Unended: Error {}

  @Test func `the synthetic classes are learnt in full precision and quantized`() throws {
    let study = try study {
      ($0.trainingSamples, $0.evaluationSamples) = (256, 256)
      $0.fullPrecision = .init(epochs: 4, rate: 0.05)
      $0.quantized = .init(epochs: 5, rate: 0.05)
    }
    let events = try events(study)
    let losses = events.compactMap { event -> Double? in
      guard case .stepped(let readings) = event else { return nil }
      return readings.values.first { $0.gauge == "loss" }?.last
    }
    let end = try conclusion(events)
    #expect(end.outcome == .completed && end.epochs == 9 && losses.count == 72)
    #expect(losses[64...].reduce(0, +) < 0.5 * losses[..<8].reduce(0, +))
    let score = try #require(end.metrics.first { $0.gauge == "test.spiking.accuracy" })
    #expect(score.last > 0.6)
  }

  @Test func `courses follow each other with their rates and activations`() throws {
    let events = try events(try study())
    let readings = events.compactMap { event -> Readings? in
      if case .stepped(let readings) = event { readings } else { nil }
    }
    let rates = readings.map { $0.values.first { $0.gauge == "learningRate" }?.last }
    #expect(rates[..<6] == [0.1, 0.1, 0.1, 0.1, 0.1, 0.1])
    #expect(rates[6...].allSatisfy { abs(($0 ?? 0) - 0.01) < 1e-12 } && rates.count == 9)
    let bits = readings.map { $0.values.first { $0.gauge == "bits" }?.last }
    #expect(bits == [nil, nil, nil, 2, 2, 2, 2, 2, 2])
    let evaluations = events.compactMap { event -> Evaluation? in
      if case .evaluated(let evaluation) = event { evaluation } else { nil }
    }
    #expect(evaluations.map(\.split) == [.validation, .validation, .validation, .test])
    #expect(evaluations[0]["nonSpiking.accuracy"] != nil && evaluations[0]["spiking.loss"] == nil)
    #expect(evaluations[3]["spiking.accuracy"] != nil && evaluations[3].step == 9)
  }

  @Test func `the number of threads changes no bit`() throws {
    let runs = try [1, 2].map { threads in
      let study = try study(threads: threads)
      return (try events(study), study.snapshot())
    }
    #expect(runs[0].0 == runs[1].0)
    #expect(runs[0].1 == runs[1].1)
  }

  @Test(arguments: [1, 3, 4, 6, 9])
  func `what was interrupted goes on bit for bit`(step: Int) throws {
    let whole = try study()
    _ = try events(whole, until: 2)
    try turn(whole)
    _ = try events(whole)

    let first = try study()
    _ = try events(first, until: min(step, 2))
    if step >= 2 { try turn(first) }
    _ = try events(first, until: step)
    let second = try study(threads: 1)
    try second.restore(first.snapshot())
    #expect(second.progress == first.progress)
    if step < 2 {
      _ = try events(second, until: 2)
      try turn(second)
    }
    let end = try conclusion(try events(second))
    #expect(end.outcome == .completed)
    #expect(second.snapshot() == whole.snapshot())
  }

  private func turn(_ study: FeedForwardStudy) throws {
    _ = try study.apply(.scale(knob: "learningRate", factor: 0.5))
    _ = try study.apply(.choose(knob: "estimator", option: "arctan"))
    _ = try study.apply(.set(knob: "estimator.alpha", value: 3.3))
    _ = try study.apply(.choose(knob: "estimator.normalization", option: "unitPeak"))
  }

  @Test func `a run that is stopped in an evaluation goes on with it`() throws {
    let study = try study()
    _ = try events(study, until: 3)
    study.stop(reason: "enough")
    let end = try conclusion(try study.advance(within: .zero))
    #expect(end.outcome == .stopped && end.reason == "enough")
    let next = try self.study()
    try next.restore(study.snapshot())
    let events = try events(next, until: 4)
    guard case .evaluated(let evaluation)? = events.first else {
      Issue.record("no evaluation: \(events)")
      return
    }
    #expect(evaluation.step == 3 && evaluation.split == .validation)
  }

  @Test func `what is turned after the last step changes no evaluation of it`() throws {
    let untouched = try study()
    let end = try conclusion(try events(untouched))
    let turned = try study()
    _ = try events(turned, until: 9)
    _ = try turned.apply(.set(knob: "bits", value: 4))
    let next = try study()
    try next.restore(turned.snapshot())
    #expect(try conclusion(try events(turned)).metrics == end.metrics)
    #expect(try conclusion(try events(next)).metrics == end.metrics)
  }

  @Test func `a fork with another estimator keeps the bits that were turned`() throws {
    let study = try study()
    _ = try events(study, until: 5)
    _ = try study.apply(.set(knob: "bits", value: 4))
    let fork = try self.study { $0.estimator = .identity }
    try fork.branch(from: study.snapshot())
    #expect(fork.steering.dials.bits == 4 && fork.steering.dials.estimator == .identity)
  }

  @Test func `knobs turn, are refused, undone and repeated`() throws {
    let study = try study()
    _ = try events(study, until: 4)
    #expect(throws: EditError.unknownKnob("w.h")) {
      try study.apply(.set(knob: "w.h", value: 1))
    }
    #expect(throws: EditError.outOfRange(knob: "bits", value: 9, allowed: 1...8)) {
      try study.apply(.set(knob: "bits", value: 9))
    }
    #expect(throws: EditError.self) {
      try study.apply(.choose(knob: "estimator", option: "stochastic_spike"))
    }
    #expect(throws: EditError.wrongKind(knob: "bits")) { try study.apply(.hold(knob: "bits")) }
    let record = try study.apply(.set(knob: "bits", value: 4))
    #expect(record.changes.map(\.knob) == ["estimator.c", "bits"])
    #expect(record.changes.last == EditRecord.Change(knob: "bits", from: 2, to: 4))
    _ = try study.apply(.set(knob: "estimator.c", value: 1.5))
    _ = try study.apply(.undo)
    _ = try study.apply(.redo)
    let all = try events(study)
    let again = try self.study()
    again.replay(study.edits)
    let repeated = try events(again)
    #expect(try conclusion(repeated) == conclusion(all))
    #expect(repeated.contains { if case .edited = $0 { true } else { false } })
  }

  @Test func `weights in full precision lead on to the same bits as an unbroken run`() throws {
    let full = try study { $0.quantized.epochs = 0 }
    #expect(try conclusion(events(full)).outcome == .completed)
    let branched = try study()
    try branched.branch(from: full.snapshot())
    #expect(branched.progress.step == 3 && branched.progress.epochs == 3)
    let whole = try study()
    let ends = try [branched, whole].map { try conclusion(try events($0)) }
    #expect(ends[0] == ends[1])
    #expect(branched.snapshot().tensors == whole.snapshot().tensors)
    let measured = branched.measure(.test).map { Reading("test.\($0.gauge)", $0.last) }
    #expect(measured.allSatisfy(ends[0].metrics.contains))
  }

  @Test func `weights can be looked at once there was a step`() throws {
    let study = try study()
    #expect(study.probe(.layers) == nil)
    _ = try events(study, until: 2)
    #expect(study.probe(.raster(site: "h", sample: 0)) == nil && study.probe(.theory) == nil)
    guard case .layers(let report)? = study.probe(.layers) else {
      Issue.record("no report")
      return
    }
    #expect(report.step == 2 && report.sites.isEmpty)
    #expect(report.weights.reduce(0) { $0 + $1.count } == study.summary.parameters)
    #expect(report.weights.allSatisfy { $0.gradient > 0 && $0.updateRatio > 0 || $0.size == 0 })
  }

  @Test func `looking at layers changes nothing of the training`() throws {
    let (plain, watched) = (try study(), try study())
    _ = try events(plain)
    for step in 1...8 {
      _ = try events(watched, until: step)
      watched.look = nil
      guard case .layers(let report)? = watched.probe(.layers) else { continue }
      #expect(report.step == step)
      #expect((report.activations?.quantizer != nil) == (step > 3))
      #expect(watched.probe(.layers) == .layers(report))
    }
    _ = try events(watched)
    #expect(watched.snapshot() == plain.snapshot())
  }

  @Test func `a validation can be asked for`() throws {
    let study = try study()
    _ = try events(study, until: 2)
    _ = try study.apply(.perform(action: "validate"))
    let events = try events(study, until: 3)
    guard case .evaluated(let evaluation)? = events.first else {
      Issue.record("no evaluation: \(events)")
      return
    }
    #expect(evaluation.step == 2 && study.progress.step == 3)
  }

  @Test func `what does not fit is refused and changes nothing`() throws {
    let study = try study()
    _ = try events(study, until: 2)
    let before = study.snapshot()
    let other = try self.study(seed: 5)
    #expect(throws: CheckpointError.wrongMetadata(key: "seed", found: "5", expected: "4")) {
      try study.restore(other.snapshot())
    }
    let slower = try self.study { $0.quantized.rate = 0.01 }
    #expect(throws: CheckpointError.self) { try study.restore(slower.snapshot()) }
    var damaged = before
    damaged.metadata["state"] = "{}"
    #expect(throws: CheckpointError.self) { try study.restore(damaged) }
    #expect(study.snapshot() == before)
    try slower.branch(from: before)
    #expect(slower.progress.step == 2)
    #expect(throws: FeedForwardError.self) {
      try FeedForwardStudy(
        name: "small",
        configuration: {
          var configuration = FeedForwardStudyConfiguration()
          configuration.model = .vgg11
          return configuration
        }(), images: SyntheticClasses(seed: 1), seed: 1, threads: 1)
    }
  }
}
