import Engine

/// `training_rules`: Adam with its falling rate, in Double and by the engine, the weight regulariser and
/// the weights of samples.
struct SpikeTrainingCheck: GoldenCheck {
  var name: String { "training_rules" }

  private static let mostWeights = 10_000
  private static let mostEpochs = 1_000_000

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    try checkAdam(file.value("adam"), &tally)
    try checkRegularizer(file.value("weight_regulariser"), &tally)
    try checkBoost(file.value("sample_boost"), &tally)
  }

  // MARK: Adam

  private func checkAdam(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    tally.countCase()
    let start = try item.value("start_w").doubles()
    let base = try item.value("base_rate").double()
    guard (1...Self.mostWeights).contains(start.count) else {
      throw try item.value("start_w").invalid("weights", found: "\(start.count)")
    }
    let (beta1, beta2, epsilon) = (
      try item.value("beta1").double(), try item.value("beta2").double(),
      try item.value("epsilon").double()
    )
    var reference = ReferenceSpikeTraining.Adam(
      weights: start, beta1: beta1, beta2: beta2, epsilon: epsilon)
    var engine = EngineAdam(
      start, rule: .adam(beta1: beta1, beta2: beta2, epsilon: epsilon))
    for step in try item.value("steps").elements() {
      let gradient = try step.value("gradient").doubles(count: start.count)
      let rate = ReferenceSpikeTraining.rate(
        base: base, epoch: try step.value("epoch").count(atMost: Self.mostEpochs))
      try tally.compare([rate], step.value("learning_rate"), .double, as: "Double")
      reference.update(gradient, rate: rate)
      engine.update(gradient, rate: rate)
      for (key, exact, single) in [
        ("w", reference.weights, engine.weights), ("m", reference.first, engine.first),
        ("v", reference.second, engine.second),
      ] {
        try tally.compare(exact, step.value(key), .double, as: "Double")
        try tally.compare(single, step.value(key), .single, as: "engine")
      }
    }
  }

  /// The engine's optimizer over one row of weights.
  private struct EngineAdam {
    private var optimizer: Optimizer
    private let handle: ParameterHandle
    private let slabs: (weights: ParameterSlab, gradient: ParameterSlab)

    init(_ weights: [Double], rule: OptimizerRule) {
      var layout = ParameterLayout()
      handle = layout.add("weights", rows: 1, columns: weights.count)
      slabs = (ParameterSlab(layout), ParameterSlab(layout))
      optimizer = Optimizer(
        OptimizerConfiguration(rule: rule, learningRate: Schedule(.hold(0)), clipNorm: nil),
        layout: layout)
      slabs.weights[handle].set(weights.map { Float($0) })
    }

    mutating func update(_ gradient: [Double], rate: Double) {
      slabs.gradient[handle].set(gradient.map { Float($0) })
      optimizer.update(
        slabs.weights, with: slabs.gradient, norm: Optimizer.norm(slabs.gradient), rate: rate)
    }

    var weights: [Double] { numbers(slabs.weights) }
    var first: [Double] { numbers(optimizer.firstMoment) }
    var second: [Double] { optimizer.secondMoment.map(numbers) ?? [] }

    private func numbers(_ slab: ParameterSlab) -> [Double] { slab[handle].array.map(Double.init) }
  }

  // MARK: The other rules

  private func checkRegularizer(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    tally.countCase()
    let (strength, beta) = (try item.value("lambda_").double(), try item.value("beta").double())
    let limit = try item.value("limit").double()
    let found = try item.value("W").rows().map {
      ReferenceSpikeTraining.regularizer($0, strength: strength, beta: beta, limit: limit)
    }
    try tally.compare(
      found.map(\.meanSquare), item.value("row_mean_square"), .double, as: "Double")
    try tally.compare(
      found.flatMap(\.gradient), item.value("gradient"), .double, as: "Double")
  }

  private func checkBoost(_ item: GoldenValue, _ tally: inout GoldenTally) throws {
    tally.countCase()
    let labels = try item.value("labels").integers()
    let before = try item.value("weights_before").doubles(count: labels.count)
    let listed = try item.value("correct")
    let correct = try listed.elements().map { try $0.truth() }
    guard correct.count == labels.count, labels.count <= Self.mostWeights else {
      throw listed.invalid("\(labels.count) truth values", found: "\(correct.count)")
    }
    try tally.compare(
      ReferenceSpikeTraining.boosted(before, labels: labels, correct: correct),
      item.value("weights_after"), .double, as: "Double")
  }
}
