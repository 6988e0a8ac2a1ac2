import Engine

/// `training_step`: one step of plain descent and one of Adam of a small network, in Double and by
/// the engine.
struct SelfLearnableStepCheck: GoldenCheck {
  var name: String { "training_step" }

  private static let keys = [
    (0, "W"), (0, "b"), (1, "w"), (1, "bias"), (1, "theta"), (2, "W"), (2, "b"),
  ]
  private static let rates = (descent: 0.1, adam: 0.01)
  private static let mostUnits = 1000

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let x = try file.value("x").batch()
    let targets = try file.value("target").doubles(count: x.count)
    let exact = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let single = GoldenTolerance.scaled(try file.value("tolerance_float32").double())
    let network = try network(file, inputs: x[0].count)
    let (logits, gradient) = (network.logits(x), network.gradients(x, targets))
    let places: [(String, [Double])] = [
      ("logits", logits), ("dx", gradient.inputs.flatMap { $0 }),
      ("loss", [ReferenceSelfLearnableNetwork.loss(logits, targets)]),
    ]
    for (key, found) in places {
      try tally.compare(found, file.value(key), exact, as: "Double")
    }
    try compare(gradient.parts, file, "gradients", exact, "Double", &tally)
    try checkSteps(network, gradient.parts, x, targets, file, exact, &tally)
    try SelfLearnableStepRoute(network).check(x, targets, file, single, &tally) {
      try compare($0, file, $1, single, "engine", &$2)
    }
  }

  private func network(
    _ file: GoldenValue, inputs: Int
  ) throws -> ReferenceSelfLearnableNetwork {
    let parts = try parts(file, "parameters").map { try $0.leaves() }
    let hidden = parts[1].count
    let counts = [inputs * hidden, hidden, parts[2].count, 1, parts[2].count, hidden, 1]
    guard parts.map(\.count) == counts, (1...Self.mostUnits).contains(hidden),
      ActivationBasis.allowedDegrees.contains(parts[2].count)
    else {
      throw try file.value("parameters").invalid(
        "the parameters of one hidden layer", found: "those of another network")
    }
    return ReferenceSelfLearnableNetwork(inputs: inputs, hidden: hidden, parts: parts)
  }

  /// The values of all parameters.
  private func parts(_ file: GoldenValue, _ key: String) throws -> [GoldenValue] {
    let layers = try file.value(key).elements()
    guard layers.count == 3 else {
      throw try file.value(key).invalid("three layers", found: "\(layers.count)")
    }
    return try Self.keys.map { try layers[$0.0].value($0.1) }
  }

  private func compare(
    _ found: [[Double]], _ file: GoldenValue, _ key: String, _ tolerance: GoldenTolerance,
    _ route: String, _ tally: inout GoldenTally
  ) throws {
    for (numbers, listed) in zip(found, try parts(file, key)) {
      try tally.compare(numbers, listed, tolerance, as: route)
    }
  }

  private func checkSteps(
    _ network: ReferenceSelfLearnableNetwork, _ gradient: [[Double]], _ x: [[Double]],
    _ targets: [Double], _ file: GoldenValue, _ tolerance: GoldenTolerance,
    _ tally: inout GoldenTally
  ) throws {
    // The first step of Adam is lr g / (|g| + eps).
    let steps: [(key: String, step: (Double) -> Double)] = [
      ("sgd", { Self.rates.descent * $0 }), ("adam", { Self.rates.adam * $0 / (abs($0) + 1e-8) }),
    ]
    for (key, step) in steps {
      var moved = network
      moved.parts = zip(network.parts, gradient).map { zip($0, $1).map { $0 - step($1) } }
      if key == "adam" {
        try compare(moved.parts, file, "parameters_after_adam", tolerance, "Double", &tally)
      }
      let loss = ReferenceSelfLearnableNetwork.loss(moved.logits(x), targets)
      try tally.compare([loss], file.value("loss_after_\(key)"), tolerance, as: "Double")
    }
  }
}
