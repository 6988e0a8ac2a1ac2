import Engine

/// `xor`: one neuron with a self-learnable activation of degree 2, and its plain descent.
struct ExclusiveOrCheck: GoldenCheck {
  var name: String { "xor" }

  /// y = g(w x + b) and its mean squared error.
  private struct Neuron {
    var weights: [Double]
    var bias: Double
    var layer: ReferenceSelfLearnable

    init(_ item: GoldenValue, inputs: Int) throws {
      weights = try item.value("w").doubles(count: inputs)
      let bias = try item.value("b").leaves()
      guard bias.count == 1 else { throw item.invalid("one b", found: "\(bias.count)") }
      self.bias = bias[0]
      layer = ReferenceSelfLearnable(
        curves: [try ActivationCurve(.monomial, try item.value("a").doubles())])
    }

    func sums(_ x: [[Double]]) -> [[Double]] {
      x.map { row in [zip(row, weights).reduce(bias) { $0 + $1.0 * $1.1 }] }
    }

    func outputs(_ x: [[Double]]) -> [Double] { layer.outputs(sums(x)).map { $0[0] } }

    func loss(_ x: [[Double]], _ targets: [Double]) -> Double {
      zip(outputs(x), targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        / Double(targets.count)
    }

    func upstream(_ x: [[Double]], _ targets: [Double]) -> [[Double]] {
      zip(outputs(x), targets).map { [2 * ($0 - $1) / Double(targets.count)] }
    }

    func gradients(
      _ x: [[Double]], _ targets: [Double]
    ) -> (weights: [Double], bias: Double, coefficients: [Double]) {
      let (inputs, coefficients) = layer.gradients(sums(x), upstream(x, targets))
      let weights = weights.indices.map { place in
        zip(x, inputs).reduce(0) { $0 + $1.0[place] * $1.1[0] }
      }
      return (weights, inputs.reduce(0) { $0 + $1[0] }, coefficients[0])
    }

    mutating func step(_ x: [[Double]], _ targets: [Double], rate: Double) throws {
      let gradient = gradients(x, targets)
      for place in weights.indices { weights[place] -= rate * gradient.weights[place] }
      bias -= rate * gradient.bias
      let moved = zip(layer.curves[0].coefficients, gradient.coefficients).map {
        $0 - rate * $1
      }
      layer.curves = [try ActivationCurve(.monomial, moved)]
    }
  }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let x = try file.value("x").batch()
    let targets = try file.value("target").doubles(count: x.count)
    let exact = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let single = GoldenTolerance.scaled(try file.value("tolerance_float32").double())
    let best = try Neuron(file.value("exact"), inputs: x[0].count)
    tally.compare(best.outputs(x), targets, exact, at: "exact")
    var neuron = try Neuron(file.value("start"), inputs: x[0].count)
    let gradient = neuron.gradients(x, targets)
    let places: [(String, [Double])] = [
      ("output", neuron.outputs(x)), ("loss", [neuron.loss(x, targets)]),
      ("dw", gradient.weights), ("db", [gradient.bias]), ("da", gradient.coefficients),
    ]
    for (key, found) in places {
      try tally.compare(found, file.value(key), exact, as: "Double")
    }
    try checkEngine(neuron, x, targets, file, single, &tally)
    var done = 0
    for item in try file.value("loss_after").elements() {
      let row = try item.doubles(count: 2)
      guard row[0] >= Double(done), row[0] <= Self.mostSteps else {
        throw item.invalid("steps in rising order", found: "\(row[0])")
      }
      while Double(done) < row[0] {
        try neuron.step(x, targets, rate: Self.rate)
        done += 1
      }
      tally.compare(neuron.loss(x, targets), row[1], exact, at: item.path)
    }
  }

  private static let rate = 0.1
  private static let mostSteps = 10_000.0

  private func checkEngine(
    _ neuron: Neuron, _ x: [[Double]], _ targets: [Double], _ file: GoldenValue,
    _ tolerance: GoldenTolerance, _ tally: inout GoldenTally
  ) throws {
    let curve = neuron.layer.curves[0]
    let run = try SelfLearnableRun(
      SelfLearnableConfiguration(degree: curve.degree), neurons: 1)
    run.set(run.layer.constant, [curve.coefficients[0]])
    run.set(run.layer.coefficients, Array(curve.coefficients.dropFirst()))
    let result = run.run(neuron.sums(x), upstream: neuron.upstream(x, targets))
    let coefficients =
      result.gradient(run.layer.constant) + result.gradient(run.layer.coefficients)
    try tally.compare(result.outputs, file.value("output"), tolerance, as: "engine")
    try tally.compare(coefficients, file.value("da"), tolerance, as: "engine")
  }
}
