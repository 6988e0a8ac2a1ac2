import Engine

/// `normalised_train_eval`: normalized powers in training, with gradients through their statistics,
/// running statistics, evaluation and folding, in Double and by the engine.
struct NormalizedActivationCheck: GoldenCheck {
  var name: String { "normalised_train_eval" }

  private struct Case {
    let item: GoldenValue
    let x, upstream, later: [[Double]]
    let reference: ReferenceNormalized

    init(_ item: GoldenValue, epsilon: Double) throws {
      self.item = item
      x = try item.value("x").batch()
      upstream = try item.value("dy").rows(count: x.count, columns: x[0].count)
      later = try item.value("x_eval").batch()
      guard later[0].count == x[0].count else {
        throw item.invalid("as many neurons in x_eval", found: "\(later[0].count)")
      }
      let weights = try item.value("w").coefficients(neurons: x[0].count)
      let degree = weights[0].count
      let listed = try item.value("k").integer()
      guard degree == listed, ActivationBasis.allowedDegrees.contains(degree) else {
        throw item.invalid("k coefficients", found: "\(degree)")
      }
      let gates =
        try item.value("gated").truth()
        ? try item.value("theta").rows(count: 1, columns: degree)[0] : nil
      reference = ReferenceNormalized(
        weights: weights, gates: gates,
        constants: try item.value("bias").doubles(count: weights.count), epsilon: epsilon)
    }
  }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let exact = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let single = GoldenTolerance.scaled(try file.value("tolerance_float32").double())
    let decay = try file.value("decay").double()
    let epsilon = try file.value("eps").double()
    for item in try file.value("cases").elements() {
      tally.countCase()
      let item = try Case(item, epsilon: epsilon)
      try checkReference(item, decay, exact, &tally)
      try checkEngine(item, single, &tally)
    }
  }

  private func checkReference(
    _ item: Case, _ decay: Double, _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let reference = item.reference
    let batch = reference.statistics(item.x)
    let running = ReferenceNormalized.Statistics(
      mean: batch.mean.map { $0.map { (1 - decay) * $0 } },
      variance: batch.variance.map { $0.map { decay + (1 - decay) * $0 } })
    let gradients = reference.gradients(item.x, item.upstream)
    let folds = item.x[0].indices.map { reference.folded($0, running) }
    var places: [(String, [[Double]])] = [
      ("batch_mean", batch.mean), ("batch_var", batch.variance),
      ("y_train", reference.outputs(item.x, batch)), ("dx", gradients.inputs),
      ("dw", gradients.weights), ("dbias", [gradients.constants]),
      ("running_mean_after", running.mean), ("running_var_after", running.variance),
      ("y_eval", reference.outputs(item.later, running)),
      ("folded_constant", [folds.map(\.constant)]),
      ("folded_coefficients_degree1_to_k", folds.map(\.own)),
    ]
    if reference.gates != nil { places.append(("dtheta", [gradients.gates])) }
    for (key, found) in places {
      try tally.compare(found.flatMap { $0 }, item.item.value(key), tolerance, as: "Double")
    }
    let folded = item.later.map { row in
      row.enumerated().map { neuron, x in
        folds[neuron].own.reversed().reduce(0) { ($0 + $1) * x } + folds[neuron].constant
      }
    }
    try tally.compare(
      folded.flatMap { $0 }, item.item.value("y_eval"), tolerance, as: "folded")
  }

  private func checkEngine(
    _ item: Case, _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let reference = item.reference
    let run = try SelfLearnableRun(
      SelfLearnableConfiguration(
        degree: reference.degree, sharing: reference.weights.count == 1 ? .layer : .channel,
        normalization: .elements, isGated: reference.gates != nil), neurons: item.x[0].count)
    let layer = run.layer
    run.set(layer.coefficients, reference.weights.flatMap { $0 })
    run.set(layer.constant, reference.constants)
    run.set(layer.gate, reference.gates ?? [])
    let training = run.run(item.x, upstream: item.upstream)
    var places: [(String, [Double])] = [
      ("y_train", training.outputs), ("dx", training.inputGradients),
      ("dw", training.gradient(layer.coefficients)), ("dbias", training.gradient(layer.constant)),
      ("y_eval", run.run(item.later, isTraining: false).outputs),
    ]
    if let statistics = layer.statistics {
      places.append(("running_mean_after", run.weights[statistics.mean].array.map(Double.init)))
      places.append(("running_var_after", run.weights[statistics.variance].array.map(Double.init)))
    }
    if layer.gate != nil { places.append(("dtheta", training.gradient(layer.gate))) }
    for (key, found) in places {
      try tally.compare(found, item.item.value(key), tolerance, as: "engine")
    }
  }
}
