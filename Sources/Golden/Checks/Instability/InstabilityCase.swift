import Engine

/// A statistic over seeds as a golden file lists it. Reading throws unless it is in order.
struct ListedStatistic {
  var mean: Double
  var lowest: Double
  var highest: Double
  var path: String

  init(_ value: GoldenValue) throws(GoldenError) {
    mean = try value.value("mean").double()
    lowest = try value.value("min").double()
    highest = try value.value("max").double()
    path = value.path
    guard 0 < lowest, lowest <= mean, mean <= highest else {
      throw value.invalid("0 < min <= mean <= max", found: "\(lowest), \(mean), \(highest)")
    }
  }
}

/// A network with so many bits and what its seeds came to: an element of `results` of
/// `desk_instability`.
struct InstabilityCase {
  /// After a restart with another estimator.
  struct Change {
    var change: InstabilityReplica.Switch
    var before: ListedStatistic
    var epoch5: ListedStatistic
    var epoch20: ListedStatistic
    var ratio: ListedStatistic
    /// After more epochs, where it went on.
    var end: (loss: ListedStatistic, accuracy: ListedStatistic)?
  }

  var model: InstabilityReplica.Model
  var bits: Int
  var seeds: Int
  var finals: [(estimator: Surrogate.Kind, loss: ListedStatistic, accuracy: ListedStatistic)] = []
  var changes: [Change] = []
  var path: String

  static let estimators: [(name: String, kind: Surrogate.Kind)] = [
    ("identity", .identity), ("relu", .relu), ("crelu", .clippedReLU),
  ]

  init(_ item: GoldenValue) throws(GoldenError) {
    path = item.path
    let name = try item.value("arch")
    guard let model = InstabilityReplica.Model(rawValue: try name.text()) else {
      throw name.invalid("mlp8 or residual9", found: try name.text())
    }
    self.model = model
    bits = try item.value("bits").integer(in: 1...8)
    seeds = try item.value("seeds").integer(in: 1...100)
    for (name, kind) in Self.estimators {
      let listed = try item.value("final").value(name)
      finals.append(
        (
          kind, try ListedStatistic(listed.value("loss")),
          try ListedStatistic(listed.value("acc"))
        ))
    }
    for (key, value) in try item.value("switched").members() {
      changes.append(try Self.change(key, value))
    }
  }

  /// `crelu->identity` and what it came to.
  private static func change(_ key: String, _ value: GoldenValue) throws(GoldenError) -> Change {
    let kinds = estimators.flatMap { from in
      estimators.map { ("\(from.name)->\($0.name)", from.kind, $0.kind) }
    }
    guard let (_, from, to) = kinds.first(where: { $0.0 == key }) else {
      throw value.invalid("two estimators as the key", found: key)
    }
    var change = Change(
      change: InstabilityReplica.Switch(from: from, to: to),
      before: try ListedStatistic(value.value("loss_epoch0")),
      epoch5: try ListedStatistic(value.value("loss_epoch5")),
      epoch20: try ListedStatistic(value.value("loss_epoch20")),
      ratio: try ListedStatistic(value.value("ratio_20_over_0")))
    if let loss = try value.optional("loss_end") {
      change.end = (
        try ListedStatistic(loss), try ListedStatistic(value.value("acc_end"))
      )
    }
    return change
  }
}
