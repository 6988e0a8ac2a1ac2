import Testing

@testable import Engine

/// Training recurrent networks whose hidden units learn their activation.
@Suite struct LearnedHiddenTests {
  /// Both sites quantized, a row of coefficients for each of 12 units, in 4 steps an epoch.
  private static func study(
    layers: Int = 1, epochs: Int = 4, threads: Int = 1,
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> TrainingStudy {
    var configuration = TrainingConfiguration.tiny(epochs: epochs)
    var learned = LearnedHidden()
    (learned.activation.sharing, learned.activation.degree) = (.channel, 5)
    configuration.model.lmu?.learned = learned
    configuration.layers = layers
    change(&configuration)
    return try TrainingStudy(tiny: configuration, threads: threads)
  }

  private func run(_ study: TrainingStudy, until step: Int) throws {
    while study.progress.step < step { _ = try study.advance(within: .zero) }
  }

  private func report(_ study: TrainingStudy) throws -> CurvesReport {
    guard case .curves(let report)? = study.probe(.curves(CurvesRequest())) else {
      throw StudyError.interrupted(reason: "no report")
    }
    return report
  }

  @Test func `coefficients begin like tanh and learn, and count as parameters`() throws {
    let study = try Self.study(epochs: 2)
    let layer = try #require(study.layers.first)
    #expect(study.summary.curves == .selfLearnable)
    let plain = try TrainingStudy(tiny: .tiny())
    #expect(plain.summary.curves == nil && plain.probe(.curves(CurvesRequest())) == nil)
    #expect(study.summary.parameters == plain.summary.parameters + 12 * 6)
    for x in [-2.5, -1, 0, 0.4, 2] {
      #expect(
        abs(layer.curve(ofChannel: 3, study.weights).value(x) - KnownActivation.tanh.value(x))
          < 0.08)
    }
    let before = study.weights[layer.coefficients].array
    let constants = study.weights[layer.constant].array
    _ = try study.runToEnd()
    #expect(zip(study.weights[layer.coefficients].array, before).allSatisfy { $0 != $1 })
    #expect(study.weights[layer.constant].array != constants)
  }

  @Test(arguments: [SelfLearnableConfiguration.Sharing.layer, .channel])
  func `training lowers the loss, with spikes too`(
    sharing: SelfLearnableConfiguration.Sharing
  ) throws {
    for kind in [Quantizer.off, .diffused] {
      var configuration = TrainingConfiguration.tiny(kind: kind, epochs: 60)
      configuration.model.lmu?.learned = LearnedHidden()
      configuration.model.lmu?.learned?.activation.sharing = sharing
      let losses = try TrainingStudy(tiny: configuration).runToEnd().compactMap(\.trainingLoss)
      let (first, last) = (losses.prefix(4).reduce(0, +), losses.suffix(4).reduce(0, +))
      #expect(last < 0.75 * first, "\(kind)")
    }
  }

  @Test(arguments: [1, 2])
  func `a look shows every unit of every layer`(layers: Int) throws {
    let study = try Self.study(layers: layers)
    #expect(study.probe(.curves(CurvesRequest())) == nil)
    try run(study, until: 9)
    let report = try report(study)
    #expect(report.step == 9 && report.epoch == 2 && report.pastEpochs == 1)
    #expect(report.curves.count == 12 * layers && report.classes == ["0", "1"])
    let names = layers == 1 ? ["lmu.learned"] : ["layer1.lmu.learned", "layer2.lmu.learned"]
    #expect(report.layers.map(\.id) == names)
    #expect(report.curves.prefix(2).map(\.id) == [names[0] + ".0", names[0] + ".1"])
    for curve in report.curves {
      #expect(curve.now.count == 65 && curve.start.count == 65 && curve.past.count == 65)
      #expect(curve.now.allSatisfy(\.isFinite) && curve.now != curve.start)
      // All steps of the ten sequences of a batch, but for what is beyond the range shown.
      #expect((80...90).contains(Int(curve.density.joined().reduce(0, +))))
      #expect(curve.words.contains("-like "))
    }
    #expect(report.layers.allSatisfy { $0.coefficients.count == 6 && $0.basis == "chebyshev" })
    #expect(report.health.contains { $0.title == "not finite" && !$0.isAlarming })
    #expect(report.health.contains { $0.title == "gradient over its clipping" })
    #expect(report.map == nil && report.polynomial == nil)
  }

  @Test func `of a last step alone there are its inputs`() throws {
    let study = try Self.study {
      $0.model.lmu?.connections = [.inputToHidden]
      $0.model.lmu?.m = .init(kind: .off, resolution: Schedule(.hold(1)))
    }
    try run(study, until: 3)
    let counts = try report(study).curves.map { Int($0.density.joined().reduce(0, +)) }
    #expect(counts.allSatisfy { (8...10).contains($0) })
  }

  // MARK: Changes

  /// Edits of all kinds, before certain steps.
  private static func edit(_ study: TrainingStudy) throws {
    let curve = "lmu.learned"
    switch study.progress.step {
    case 2: _ = try study.apply(.reshape(curve: "\(curve).3", change: .freeze))
    case 4: _ = try study.apply(.reshape(curve: curve, change: .begin(like: "relu")))
    case 5: _ = try study.apply(.scale(knob: "w.*", factor: 0.5))
    case 6: _ = try study.apply(.set(knob: "learned.rateFactor", value: 3))
    case 7: _ = try study.apply(.reshape(curve: "\(curve).1", change: .straighten))
    case 8: for _ in 0..<2 { _ = try study.apply(.undo) }
    case 9: _ = try study.apply(.redo)
    case 10: _ = try study.apply(.reshape(curve: "\(curve).2", change: .remove))
    default: break
    }
  }

  private func finish(_ study: TrainingStudy, editing: Bool = true) throws {
    var last = -1
    while true {
      if editing, study.progress.step != last {
        last = study.progress.step
        try Self.edit(study)
      }
      if try study.advance(within: .zero).isEmpty { return }
    }
  }

  @Test func `what was interrupted goes on bit for bit, with its edits`() throws {
    let whole = try Self.study()
    try finish(whole)
    #expect(whole.edits.count == 9)
    for step in [1, 4, 8, 11, 14] {
      let first = try Self.study()
      var last = -1
      while first.progress.step < step {
        if first.progress.step != last {
          last = first.progress.step
          try Self.edit(first)
        }
        _ = try first.advance(within: .zero)
        // A look changes nothing of the training.
        _ = first.probe(.curves(CurvesRequest()))
      }
      let second = try Self.study(threads: 2)
      try second.restore(first.snapshot())
      try finish(second)
      #expect(second.snapshot() == whole.snapshot(), "step \(step)")
    }
    let again = try Self.study(threads: 2)
    again.replay(whole.edits)
    try finish(again, editing: false)
    #expect(again.snapshot().tensors == whole.snapshot().tensors)
  }

  @Test func `what is frozen stays, and thaws`() throws {
    let study = try Self.study()
    let layer = try #require(study.layers.first)
    let rows = { (row: Int) in
      (0..<5).map { study.weights[layer.coefficients][row, $0] }
        + [study.weights[layer.constant][row, 0]]
    }
    _ = try study.apply(.reshape(curve: "lmu.learned.3", change: .freeze))
    let before = [rows(3), rows(4)]
    try run(study, until: 3)
    #expect(rows(3) == before[0] && rows(4) != before[1])
    #expect(try report(study).curves.map(\.isFrozen) == (0..<12).map { $0 == 3 })
    _ = try study.apply(.reshape(curve: "lmu.learned", change: .freeze))
    let whole = rows(4)
    try run(study, until: 5)
    #expect(rows(4) == whole && rows(3) == before[0])
    _ = try study.apply(.reshape(curve: "lmu.learned", change: .thaw))
    _ = try study.apply(.set(knob: "learned.rateFactor", value: 0))
    try run(study, until: 7)
    #expect(rows(4) == whole)
    #expect(try report(study).layers.allSatisfy(\.isFrozen))
    for _ in 0..<4 { _ = try study.apply(.undo) }
    #expect(throws: EditError.nothingToUndo) { try study.apply(.undo) }
    try run(study, until: 9)
    #expect(rows(3) != before[0] && rows(4) != whole)
  }

  @Test func `a curve begins like a known function, and comes back`() throws {
    let study = try Self.study()
    let layer = try #require(study.layers.first)
    try run(study, until: 3)
    let before = study.weights[layer.coefficients].array
    _ = try study.apply(.reshape(curve: "lmu.learned", change: .begin(like: "identity")))
    let curve = layer.curve(ofChannel: 5, study.weights)
    for x in [-0.3, 0, 0.2] { #expect(abs(curve.value(x) - x) < 1e-3) }
    #expect(try report(study).curves[5].words.hasPrefix("identity-like 0.000"))
    _ = try study.apply(.undo)
    #expect(study.weights[layer.coefficients].array == before)
    _ = try study.apply(.redo)
    #expect(study.weights[layer.coefficients].array != before)
  }

  @Test func `what makes no sense is refused, and changes nothing`() throws {
    let study = try Self.study()
    try run(study, until: 2)
    let before = study.snapshot()
    let refused: [(String, CurveChange, String)] = [
      ("lmu.learned", .fit, "not convex"), ("lmu.learned", .degree(3), "keeps the basis"),
      ("lmu.learned", .basis("legendre"), "keeps the basis"),
      ("lmu.learned.1", .move(point: 0, height: 1), "no points"),
      ("lmu.learned", .begin(like: "cosine"), "it begins like identity"),
    ]
    for (curve, change, words) in refused {
      let error = #expect(throws: EditError.self) {
        try study.apply(.reshape(curve: curve, change: change))
      }
      guard case .unchangeable(curve, let reason)? = error else {
        Issue.record("\(change)")
        continue
      }
      #expect(reason.contains(words))
    }
    for curve in ["lmu.learned.12", "lmu", "other"] {
      #expect(throws: EditError.unknownCurve(curve)) {
        try study.apply(.reshape(curve: curve, change: .freeze))
      }
    }
    #expect(study.snapshot() == before)
  }

  @Test func `an export has the curves`() throws {
    let study = try Self.study()
    try run(study, until: 4)
    let layer = try #require(study.layers.first)
    let tensors = FoldedCurves.tensors(of: study.snapshot())
    let folded = try #require(tensors.first { $0.name == "lmu.learned.folded" })
    #expect(folded.shape == [12, 6])
    let curve = try ActivationCurve(.chebyshev, folded.values.prefix(6).map(Double.init))
    let known = layer.curve(ofChannel: 0, study.weights)
    for x in [-1.2, 0.1, 0.7] { #expect(abs(curve.value(x / 3) - known.value(x)) < 1e-5) }
  }

  @Test func `weights of a run are evaluated with its curves`() throws {
    let study = try Self.study(epochs: 2)
    _ = try study.runToEnd()
    var configuration = TrainingConfiguration.tiny()
    configuration.model.lmu?.learned = study.configuration.model.lmu?.learned
    let trained = try TrainedNetwork(
      configuration, problem: TinyProblem(), checkpoint: study.snapshot(), threads: 1)
    let found = trained.evaluate(.test).metrics.first { $0.gauge == "nonSpiking.loss" }
    let expected = study.lastEvaluation[.test]?.metrics.first { $0.gauge == "nonSpiking.loss" }
    #expect(found?.last == expected?.last && found != nil)
  }
}
