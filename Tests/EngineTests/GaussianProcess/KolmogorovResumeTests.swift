import Testing

@testable import Engine

/// Runs that are interrupted, repeated or forked.
@Suite struct KolmogorovResumeTests: KolmogorovTestStudy {
  init() { Products.confineToThisThread() }

  /// Turns everything that can be turned.
  private func turn(_ study: KolmogorovStudy) throws {
    _ = try study.apply(.scale(knob: "learningRate", factor: 0.5))
    _ = try study.apply(.set(knob: "energy", value: 0.01))
    _ = try study.apply(.set(knob: "groupL1", value: 0.002))
    _ = try study.apply(.reshape(curve: "unit1.wide", change: .move(point: 2, height: 0.7)))
    _ = try study.apply(.reshape(curve: "unit2.high", change: .freeze))
    _ = try study.apply(.reshape(curve: "unit2.wide", change: .remove))
    _ = try study.apply(.reshape(curve: "unit1.output", change: .straighten))
  }

  @Test(arguments: [1, 5, 8, 11, 12], [[], TrainedCovariance.allCases])
  func `what was interrupted goes on bit for bit`(
    step: Int, trained: [TrainedCovariance]
  ) throws {
    let change = { (configuration: inout KolmogorovConfiguration) in
      (configuration.batch, configuration.trained) = (trained.isEmpty ? 30 : 0, trained)
    }
    let whole = try study(change)
    try run(whole, until: 5)
    try turn(whole)
    try run(whole)

    let first = try study(change)
    try run(first, until: min(step, 5))
    if step >= 5 { try turn(first) }
    try run(first, until: step)
    let second = try study(change)
    try second.restore(first.snapshot())
    #expect(second.progress == first.progress)
    if step < 5 {
      try run(second, until: 5)
      try turn(second)
    }
    try run(second)
    #expect(second.snapshot() == whole.snapshot())
    #expect(try report(second).curves.map(\.now) == report(whole).curves.map(\.now))
  }

  @Test func `edits of an earlier run are repeated where they were made`() throws {
    let first = try study()
    try run(first, until: 5)
    try turn(first)
    _ = try first.apply(.undo)
    try run(first)
    let second = try study()
    second.replay(first.edits)
    try run(second)
    #expect(first.trainer.network == second.trainer.network)
    #expect(second.edits == first.edits)
  }

  @Test func `edits after a result and after the end are repeated after them`() throws {
    let first = try study()
    var told: [StudyEvent] = []
    // The result of the first four epochs, then an edit before the next step, and another result.
    while told.isEmpty {
      told = try first.advance(within: .zero).filter {
        if case .evaluated = $0 { true } else { false }
      }
    }
    #expect(first.progress.step == 4)
    let move = { (point: Int) in
      Edit.reshape(curve: "unit1.wide", change: .move(point: point, height: 1.5))
    }
    _ = try first.apply(move(2))
    #expect(first.edits.last?.results == 1)
    told += try run(first, until: 6)
    _ = try first.apply(move(3))
    told += try run(first)
    _ = try first.apply(move(4))
    told += first.wait(within: .zero)
    let second = try study()
    second.replay(first.edits)
    var repeated = try run(second)
    #expect(second.replayed.count == 1)
    let atEnd = second.snapshot()
    repeated += second.wait(within: .zero)
    let results = { (events: [StudyEvent]) in
      events.compactMap { event -> Evaluation? in
        if case .evaluated(let evaluation) = event { evaluation } else { nil }
      }
    }
    #expect(results(repeated) == results(told))
    #expect(second.edits == first.edits && second.trainer.network == first.trainer.network)
    // What is left to be repeated is saved.
    let third = try study()
    try third.restore(atEnd)
    _ = try third.advance(within: .zero)
    _ = try third.advance(within: .zero)
    #expect(third.trainer.network == first.trainer.network)
  }

  @Test func `curves of an earlier epoch are there after a resume`() throws {
    let first = try study { $0.everyEpochs = 2 }
    try run(first, until: 7)
    let seen = try curve("unit1.wide", of: first)
    #expect(!seen.past.isEmpty && seen.past != seen.now && seen.past != seen.start)
    let second = try study { $0.everyEpochs = 2 }
    try second.restore(first.snapshot())
    let again = try curve("unit1.wide", of: second)
    #expect(again.past == seen.past && again.now == seen.now && again.start == seen.start)
    #expect(try report(second).pastEpochs == report(first).pastEpochs)
    for each in [first, second] { try run(each, until: 9) }
    #expect(try report(second).curves.map(\.past) == report(first).curves.map(\.past))
    // A checkpoint that keeps none has none to show.
    var bare = first.snapshot()
    bare.tensors.removeAll { $0.name.hasPrefix("past.") || $0.name.hasPrefix("kept.") }
    let third = try study { $0.everyEpochs = 2 }
    try third.restore(bare)
    #expect(try curve("unit1.wide", of: third).past.isEmpty)
  }

  @Test func `a fork keeps the curves and what was the same setting`() throws {
    let first = try study()
    try run(first, until: 6)
    try turn(first)
    let fork = try study { ($0.epochs, $0.rate, $0.energy) = (20, 0.01, 0.3) }
    try fork.branch(from: first.snapshot())
    #expect(fork.trainer.network == first.trainer.network && fork.removed == first.removed)
    #expect(fork.steering.dials.energy == 0.3 && fork.steering.dials.groupL1 == 0.002)
    try run(fork)
    #expect(fork.progress.epoch == 20)
    let other = try study { $0.units = 3 }
    #expect(throws: CheckpointError.self) { try other.branch(from: first.snapshot()) }
    let drawn = try study(seed: 5)
    #expect(throws: CheckpointError.self) { try drawn.restore(first.snapshot()) }
    var broken = first.snapshot()
    broken.metadata["state"] = broken.metadata["state"]?.replacing(
      "\"input\":0", with: "\"input\":9")
    let same = try study()
    #expect(throws: CheckpointError.self) { try same.restore(broken) }
  }
}
