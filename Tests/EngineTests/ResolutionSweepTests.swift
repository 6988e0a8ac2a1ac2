import Testing

@testable import Engine

@Suite struct ResolutionSweepTests {
  private static let draws = 3

  /// A trained network and the study that it came from.
  private func trained(
    _ configuration: TrainingConfiguration = .tiny()
  ) throws -> (study: TrainingStudy, network: TrainedNetwork) {
    let study = try TrainingStudy(tiny: configuration)
    _ = try study.runToEnd()
    let network = try TrainedNetwork(
      configuration, problem: TinyProblem(), checkpoint: study.snapshot(), threads: 1)
    return (study, network)
  }

  @Test func `a checkpoint scores as the run that it is of did at its end`() throws {
    let study = try TrainingStudy(tiny: .tiny())
    let conclusion = try #require(try study.runToEnd().last?.conclusion)
    let network = try TrainedNetwork(
      .tiny(), problem: TinyProblem(), checkpoint: study.snapshot(), threads: 2)
    let evaluation = network.evaluate(.test)
    let expected = conclusion.metrics.filter { $0.gauge.hasPrefix("test.") }
    #expect(expected.count > 10)
    #expect(evaluation.metrics.map { Reading("test.\($0.gauge)", $0.last) } == expected)
    #expect(evaluation.step == 8 && evaluation.epoch == 2)
    #expect(network.sites.map(\.id) == ["h", "m"])
    #expect(network.sites.map(\.w) == [1, 4])
  }

  @Test func `the resolutions of a checkpoint are those that edits have made`() throws {
    let study = try TrainingStudy(tiny: .tiny(epochs: 1))
    _ = try study.apply(.set(knob: "w.h", value: 3))
    _ = try study.apply(.hold(knob: "w.h"))
    _ = try study.runToEnd()
    let network = try TrainedNetwork(
      .tiny(), problem: TinyProblem(), checkpoint: study.snapshot(), threads: 1)
    #expect(network.sites[0].w == 3)
  }

  @Test func `the trained row is the evaluation and the last row the non-spiking one`() throws {
    let network = try trained().network
    let sweep = network.sweep(SweepPlan(split: .validation, draws: Self.draws))
    let evaluation = network.evaluate(.validation, draws: Self.draws)
    let row = try #require(sweep.rows.first { $0.isTrained })
    #expect(sweep.rows.filter(\.isTrained).count == 1)
    #expect(row.resolutions == [1, 4])
    #expect(row.metrics == evaluation.metrics.filter { !$0.gauge.hasPrefix("nonSpiking.") })
    let last = try #require(sweep.rows.last)
    #expect(last.isNonSpiking && !last.isTrained)
    #expect(last.accuracy == evaluation["nonSpiking.accuracy"])
    #expect(last.loss == evaluation["nonSpiking.loss"])
    #expect(sweep.samples == 12 && sweep.rows.count == 10)
    #expect(sweep.rows.dropLast().map(\.position) == SweepPlan.Grid.standardFactors)
  }

  @Test func `w so large that it rounds nothing scores as w at infinity`() throws {
    let network = try trained().network
    let sweep = network.sweep(
      SweepPlan(grid: .multiples([16384]), split: .validation, draws: 1))
    let fine = try #require(sweep.rows.first { $0.position == 16384 })
    let plain = try #require(sweep.rows.last)
    #expect(fine.accuracy == plain.accuracy)
    let fineLoss = try #require(fine.loss)
    let plainLoss = try #require(plain.loss)
    #expect(abs(fineLoss - plainLoss) < 1e-3)
  }

  @Test func `one site is varied while the other keeps its w`() throws {
    let network = try trained().network
    let sweep = network.sweep(
      SweepPlan(
        sites: ["m"], grid: .resolutions([0.5, 8]), split: .test, draws: 1, limit: 5))
    #expect(
      sweep.rows.map(\.resolutions) == [
        [1, 0.5], [1, 4], [1, 8], [1, .infinity], [.infinity, .infinity],
      ])
    #expect(sweep.rows.map(\.isTrained) == [false, true, false, false, false])
    #expect(sweep.rows.map(\.position).prefix(3) == [0.5, 4, 8])
    #expect(sweep.samples == 5 && sweep.swept == ["m"] && sweep.sites == ["h", "m"])
    #expect(sweep.rows[3]["sites.h.bitsRange"] != nil)
    #expect(sweep.rows[3]["sites.m.bitsRange"] == nil)
  }

  @Test func `points stay in the range of w, rise, and hold the trained one`() {
    let points = SweepPoints(
      .multiples([1e-9, 0.5, 2, 1e9]), trained: [1, .infinity], isSwept: [true, true]
    ).points
    #expect(
      points.map(\.resolutions) == [
        [0.001, 0.001], [0.5, 0.5], [1, .infinity], [2, 2], [65536, 65536],
        [.infinity, .infinity],
      ])
    let bypassed = SweepPoints(
      .multiples([1, 2]), trained: [.infinity], isSwept: [true]
    ).points
    #expect(bypassed.map(\.resolutions) == [[1], [2], [.infinity]])
    #expect(bypassed.map(\.isTrained) == [false, false, true])
    let grid = SweepPlan.Grid.geometric(0.5...8, count: 5)
    #expect(zip(grid, [0.5, 1, 2, 4, 8]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(grid.last == 8)
  }

  @Test func `a sweep during a run changes nothing about it`() throws {
    let plain = try TrainingStudy(tiny: .tiny())
    _ = try plain.runToEnd()
    let study = try TrainingStudy(tiny: .tiny())
    for _ in 0..<3 { _ = try study.advance(within: .zero) }
    _ = try study.apply(.perform(action: "sweep"))
    var sweeps: [ResolutionSweep] = []
    var isOver = false
    while !isOver {
      for event in try study.advance(within: .zero) {
        if case .swept(let sweep) = event { sweeps.append(sweep) }
        if case .evaluating(let progress) = event, progress.purpose == .sweep {
          #expect(progress.done < progress.total)
        }
        isOver = isOver || event.isEnd
      }
    }
    while sweeps.isEmpty {
      let events = study.wait(within: .seconds(1))
      try #require(!events.isEmpty)
      for case .swept(let sweep) in events { sweeps.append(sweep) }
    }
    #expect(sweeps.count == 1 && sweeps[0].step == 3)
    #expect(sweeps[0].rows.first { $0.isTrained }?.resolutions.count == 2)
    #expect(study.snapshot().tensors == plain.snapshot().tensors)
  }

  @Test func `a sweep after the end leaves the run ended`() throws {
    let (study, network) = try trained()
    _ = try study.apply(.perform(action: "sweep"))
    var sweep: ResolutionSweep?
    while sweep == nil {
      let events = study.wait(within: .seconds(1))
      try #require(!events.isEmpty)
      for case .swept(let found) in events { sweep = found }
    }
    #expect(study.wait(within: .seconds(1)).isEmpty)
    #expect(try study.advance(within: .zero).isEmpty)
    // It is measured in other batches, whose sums are rounded otherwise.
    let expected = network.sweep(SweepPlan(split: .validation, draws: 1))
    #expect(sweep?.rows.map(\.position) == expected.rows.map(\.position))
    for (row, other) in zip(sweep?.rows ?? [], expected.rows) {
      #expect(row.metrics.map(\.gauge) == other.metrics.map(\.gauge))
      for (metric, same) in zip(row.metrics, other.metrics) {
        #expect(abs(metric.last - same.last) <= 1e-4 * max(1, abs(same.last)), "\(metric.gauge)")
      }
    }
  }

  @Test func `a run without quantizers has nothing to sweep`() throws {
    let study = try TrainingStudy(tiny: .tiny(kind: .off))
    #expect(!study.knobs.contains { $0.id == "sweep" })
    #expect(throws: EditError.unknownKnob("sweep")) {
      try study.apply(.perform(action: "sweep"))
    }
  }

  @Test func `predictions are right as often as the evaluation says`() throws {
    let network = try trained(.tiny(epochs: 30)).network
    let problem = TinyProblem()
    var found: [Prediction] = []
    network.predict(draws: 1) { found += $0 }
    #expect(found.map(\.sample) == Array(0..<12))
    for prediction in found {
      #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-12)
      #expect(prediction.confidence == prediction.probabilities.max())
    }
    let right = found.filter { $0.label == problem.label($0.sample, in: .test) }.count
    #expect(network.evaluate(.test, draws: 1)["spiking.accuracy"] == Double(right) / 12)
    var averaged: [Prediction] = []
    network.predict(draws: 4) { averaged += $0 }
    #expect(averaged != found)
  }

  @Test func `data that were prepared otherwise are refused`() throws {
    let checkpoint = try trained().study.snapshot()
    var longer = TinyProblem()
    longer.steps = 11
    #expect(
      throws: CheckpointError.otherData(field: "steps", found: "11", expected: "9")
    ) {
      try TrainedNetwork(.tiny(), problem: longer, checkpoint: checkpoint, threads: 1)
    }
    var damaged = checkpoint
    for text in ["", "{}", "[1]", #"{"steps":0,"channels":1,"classes":["a","b"]}"#] {
      damaged.metadata["inputs"] = text
      #expect(throws: CheckpointError.self) { try InputDescription(of: damaged) }
    }
    #expect(try InputDescription(of: checkpoint) == TinyProblem().inputs)
  }
}
