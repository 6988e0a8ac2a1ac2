import Engine

/// What a Kolmogorov network of one unit and an additive one come to on banknotes when outputs of
/// curves are rounded while they are trained, beside the same levels after a training without them.
struct KolmogorovLevels {
  let table: TableSet
  let seeds: Int
  let steps, warmUp: Int

  private static let configurations: [(title: String, KolmogorovConfiguration)] =
    [8, 6, 5, 4, 3, 2].map { bits in
      var configuration = KolmogorovConfiguration()
      (configuration.quantizer, configuration.activationBits) = (.uniform, bits)
      return ("\(bits) bits", configuration)
    }
    + [16, 8, 4].map { steps in
      var configuration = KolmogorovConfiguration()
      (configuration.quantizer, configuration.spikeSteps) = (.spiking, steps)
      return ("\(steps) time steps", configuration)
    }
    + [
      {
        var configuration = KolmogorovConfiguration()
        configuration.quantizer = .binary
        return ("two levels", configuration)
      }()
    ]

  func report() throws {
    let additive = try scores(.init(), isAdditive: true).map(\.before)
    print(
      "additive mean test accuracy \(percent(additive)), loss "
        + mean(additive.map(\.meanLoss)).fixed(4))
    for (title, configuration) in Self.configurations {
      let scores = try scores(configuration, isAdditive: false)
      print(
        "Q 1 outputs of \(title): mean test accuracy trained so \(percent(scores.map(\.trained))),"
          + " loss \(mean(scores.map(\.trained.meanLoss)).fixed(4)); rounded after training "
          + "\(percent(scores.map(\.after))), loss \(mean(scores.map(\.after.meanLoss)).fixed(4))")
    }
  }

  private func percent(_ scores: [KolmogorovScore]) -> String {
    "\((100 * mean(scores.map(\.accuracy))).fixed(2)) %"
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// On the test rows, of each seed: without levels, with them afterwards, and trained with them.
  private func scores(
    _ configuration: KolmogorovConfiguration, isAdditive: Bool
  ) throws -> [(before: KolmogorovScore, after: KolmogorovScore, trained: KolmogorovScore)] {
    let quantizers = configuration.quantizers(resolution: configuration.resolution)
    return try (1...UInt64(seeds)).map { seed in
      let plain = try trained(nil, seed, isAdditive: isAdditive)
      let rounded =
        try quantizers == nil ? plain : trained(quantizers, seed, isAdditive: isAdditive)
      return (score(plain), score(plain.rounded(quantizers)), score(rounded))
    }
  }

  private func trained(
    _ quantizers: KolmogorovNetwork.Quantizers?, _ seed: UInt64, isAdditive: Bool
  ) throws -> KolmogorovNetwork {
    let points = try ControlPoints.uniform()
    let train = table.indices(of: .training)
    let start = KolmogorovNetwork.start(
      units: 1, inputs: 4, inner: points, outer: points, seed: seed, isAdditive: isAdditive)
    let trainer = KolmogorovTrainer(
      start.rounded(quantizers), rows: train.map(table.scaledRow),
      targets: train.map(table.scaledTarget), configuration: KolmogorovTraining())
    for _ in 0..<warmUp { trainer.step(trainsOuter: false) }
    trainer.resetOptimizer()
    for _ in 0..<steps { trainer.step() }
    return trainer.network
  }

  private func score(_ network: KolmogorovNetwork) -> KolmogorovScore {
    KolmogorovScore(table.indices(of: .test), of: table, loss: .logistic) {
      network.run($0).outputs
    }
  }
}
