import Engine

/// The means over seeds of what a case lists, in its order.
struct InstabilityMeans {
  typealias Score = InstabilityReplica.Score

  struct Change {
    var losses: InstabilityReplica.SwitchedLosses
    /// The mean of the ratios.
    var ratio: Double
    var end: Score?
  }

  var finals: [Score] = []
  var changes: [Change] = []

  init(of item: InstabilityCase, over replicas: [InstabilityReplica]) throws {
    for (estimator, _, _) in item.finals {
      finals.append(Self.mean(try replicas.map { try $0.trained(by: estimator) }))
    }
    for listed in item.changes {
      let losses = try replicas.map { try $0.switched(listed.change) }
      var end: Score?
      if listed.end != nil {
        end = Self.mean(try replicas.map { try $0.goneOn(after: listed.change) })
      }
      changes.append(
        Change(
          losses: InstabilityReplica.SwitchedLosses(
            before: Self.mean(losses.map(\.before)), epoch5: Self.mean(losses.map(\.epoch5)),
            epoch20: Self.mean(losses.map(\.epoch20))),
          ratio: Self.mean(losses.map(\.ratio)), end: end))
    }
  }

  private static func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  private static func mean(_ scores: [Score]) -> Score {
    Score(loss: mean(scores.map(\.loss)), accuracy: mean(scores.map(\.accuracy)))
  }
}
