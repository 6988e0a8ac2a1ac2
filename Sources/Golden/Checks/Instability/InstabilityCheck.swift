import Engine
import Synchronization

/// `desk_instability`: what networks come to with three estimators, and after a switch from one to
/// another (specification of the coarse gradient, 4.5).
///
/// The listed statistics are those of another program with other random numbers, data and orders of
/// samples, and with losses by the statistics of the whole data, where the engine's are running
/// ones. So means over as many seeds are held against the listed ranges: a loss or a ratio may lie
/// outside [min, max] by half of the nearer end, an accuracy by 0.1. The rules of acceptance of the
/// specification hold as they are, of what is computed and of what is listed.
struct InstabilityCheck: GoldenCheck {
  var name: String { "desk_instability" }

  private struct Key: Hashable {
    var model: InstabilityReplica.Model
    var bits: Int
    var seed: UInt64
  }

  /// A replica is a function of its key, and takes a second.
  private static let replicas = Mutex<[Key: InstabilityReplica]>([:])

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    // The whole file is read before anything is trained.
    var cases: [InstabilityCase] = []
    for item in try file.value("results").elements() { cases.append(try InstabilityCase(item)) }
    for item in cases {
      tally.countCase()
      let replicas = try (1...UInt64(item.seeds)).map { seed in
        try Self.replica(Key(model: item.model, bits: item.bits, seed: seed))
      }
      let means = try InstabilityMeans(of: item, over: replicas)
      compare(item, means, into: &tally)
      accept(item, means, into: &tally)
    }
  }

  private static func replica(_ key: Key) throws -> InstabilityReplica {
    try replicas.withLock { replicas in
      if let known = replicas[key] { return known }
      let replica = try InstabilityReplica(key.model, bits: key.bits, seed: key.seed)
      replicas[key] = replica
      return replica
    }
  }

  // MARK: Ranges

  private func compare(
    _ item: InstabilityCase, _ means: InstabilityMeans, into tally: inout GoldenTally
  ) {
    for (listed, score) in zip(item.finals, means.finals) {
      compareSize(score.loss, listed.loss, &tally)
      compareAccuracy(score.accuracy, listed.accuracy, &tally)
    }
    for (listed, found) in zip(item.changes, means.changes) {
      compareSize(found.losses.before, listed.before, &tally)
      compareSize(found.losses.epoch5, listed.epoch5, &tally)
      compareSize(found.losses.epoch20, listed.epoch20, &tally)
      compareSize(found.ratio, listed.ratio, &tally)
      guard let end = listed.end, let score = found.end else { continue }
      compareSize(score.loss, end.loss, &tally)
      compareAccuracy(score.accuracy, end.accuracy, &tally)
    }
  }

  /// By how much of the nearer end a mean lies outside its range.
  private func compareSize(
    _ mean: Double, _ listed: ListedStatistic, _ tally: inout GoldenTally
  ) {
    let excess = max(0, mean / listed.highest - 1, listed.lowest / mean - 1)
    record(mean, listed, excess: mean > 0 ? excess : .infinity, limit: 0.5, &tally)
  }

  private func compareAccuracy(
    _ mean: Double, _ listed: ListedStatistic, _ tally: inout GoldenTally
  ) {
    let excess = max(0, mean - listed.highest, listed.lowest - mean)
    record(mean, listed, excess: excess, limit: 0.1, &tally)
  }

  private func record(
    _ mean: Double, _ listed: ListedStatistic, excess: Double, limit: Double,
    _ tally: inout GoldenTally
  ) {
    tally.note("\(listed.path): mean \(mean), listed \(listed.mean)")
    tally.compare(
      excess, 0, .absolute(limit),
      at: "\(listed.path), mean \(mean) for \(listed.lowest) to \(listed.highest)")
  }

  // MARK: Acceptance

  private func accept(
    _ item: InstabilityCase, _ means: InstabilityMeans, into tally: inout GoldenTally
  ) {
    tally.require(item.seeds >= 3, at: item.path, "\(item.seeds) seeds where 3 are needed")
    let losses = { (estimator: Surrogate.Kind) -> [Double] in
      zip(item.finals, means.finals).filter { $0.0.estimator == estimator }
        .flatMap { [$0.1.loss, $0.0.loss.mean] }
    }
    let ratios = { (estimator: Surrogate.Kind) -> [Double] in
      zip(item.changes, means.changes)
        .filter { $0.0.change == .init(from: .clippedReLU, to: estimator) }
        .flatMap { [$0.1.ratio, $0.0.ratio.mean] }
    }
    let require = { (holds: Bool, rule: String, tally: inout GoldenTally) in
      tally.require(holds, at: item.path, "it does not hold that \(rule)")
    }
    let (identity, relu, clipped) = (losses(.identity), losses(.relu), losses(.clippedReLU))
    switch (item.model, item.bits) {
    case (.residual9, 2):
      require(clipped.allSatisfy { $0 < 0.15 }, "the clipped ReLU's loss is below 0.15", &tally)
      require(
        (identity + relu).allSatisfy { $0 > 0.4 }, "identity's and ReLU's are above 0.4", &tally)
      require(
        ratios(.identity).allSatisfy { $0 > 4 }, "identity's ratio is above 4", &tally)
      require(
        ratios(.clippedReLU).allSatisfy { $0 < 1.15 }, "the clipped ReLU's is below 1.15", &tally)
    case (.mlp8, 2):
      require(
        zip(identity, clipped).allSatisfy { $0 > 5 * $1 },
        "identity's loss is above 5 times the clipped ReLU's", &tally)
      require(
        zip(relu, clipped).allSatisfy { $0 < 2 * $1 },
        "ReLU's loss is below 2 times the clipped ReLU's", &tally)
    default: break
    }
  }
}
