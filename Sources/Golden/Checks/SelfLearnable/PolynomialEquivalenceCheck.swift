import Engine

/// `polynomial_equivalence`: a network of plain self-learnable activations is one polynomial.
struct PolynomialEquivalenceCheck: GoldenCheck {
  var name: String { "polynomial_equivalence" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let points = try file.value("points").batch()
    let inputs = points[0].count
    guard inputs <= Self.mostInputs else {
      throw file.invalid("at most \(Self.mostInputs) inputs", found: "\(inputs)")
    }
    var (layer, plain) = (
      (0..<inputs).map { ExpandedPolynomial.input($0, of: inputs) }, points
    )
    var degree = 1
    for index in 1... {
      let (next, numbers) = try dense(layer, plain, file, index)
      (layer, plain) = (next, numbers)
      guard let listed = try file.optional("a\(index)") else { break }
      let curve = try ActivationCurve(.monomial, listed.doubles())
      layer = try layer.map { try $0.through(curve) }
      plain = plain.map { $0.map(curve.value) }
      degree *= curve.degree
    }
    guard layer.count == 1 else {
      throw file.invalid("one output", found: "\(layer.count)")
    }
    let outputs = try file.value("network_output")
    try tally.compare(plain.flatMap { $0 }, outputs, tolerance, as: "layer by layer")
    try tally.compare(points.map(layer[0].value), outputs, tolerance, as: "expanded")
    let count = try file.value("monomial_count")
    tally.require(
      ExpandedPolynomial.monomials(inputs: inputs, degree: degree) == (try count.integer()),
      at: count.path, "there are not so many monomials of degree \(degree)")
    let single = GoldenTolerance.relative(try file.value("tolerance_float32_relative").double())
    try tally.compare(try engineOutputs(points, file), outputs, single, as: "engine")
    try checkCoefficients(layer[0], file.value("coefficients"), tolerance, &tally)
  }

  private static let mostInputs = 16

  /// W x + b of polynomials and of numbers.
  private func dense(
    _ layer: [ExpandedPolynomial], _ plain: [[Double]], _ file: GoldenValue, _ index: Int
  ) throws -> ([ExpandedPolynomial], [[Double]]) {
    let listed = try file.value("b\(index)")
    let bias = try listed.doubles()
    guard !bias.isEmpty else { throw listed.invalid("an output and more", found: "none") }
    let weights = try file.value("W\(index)").rows(count: layer.count, columns: bias.count)
    let inputs = layer[0].inputs
    let next = bias.indices.map { out in
      ExpandedPolynomial.sum(
        layer, weights: weights.map { $0[out] }, bias: bias[out], inputs: inputs)
    }
    let numbers = plain.map { row in
      bias.indices.map { out in
        zip(row, weights).reduce(bias[out]) { $0 + $1.0 * $1.1[out] }
      }
    }
    return (next, numbers)
  }

  private func checkCoefficients(
    _ polynomial: ExpandedPolynomial, _ listed: GoldenValue, _ tolerance: GoldenTolerance,
    _ tally: inout GoldenTally
  ) throws {
    var left = polynomial.terms
    for element in try listed.elements() {
      let numbers = try element.doubles(count: polynomial.inputs + 1)
      let exponents = try element.elements().dropLast().map { try $0.integer() }
      tally.compare(
        left.removeValue(forKey: exponents) ?? 0, numbers[polynomial.inputs], tolerance,
        at: element.path)
    }
    tally.require(
      left.isEmpty, at: listed.path, "\(left.count) monomials are not listed")
  }

  /// By the engine's layers one after another, whose shapes have been looked at.
  private func engineOutputs(_ points: [[Double]], _ file: GoldenValue) throws -> [Double] {
    var builder = FeedForwardBuilder(input: ImageShape(channels: points[0].count))
    var numbers: [[Double]] = []
    for index in 1... {
      let bias = try file.value("b\(index)").doubles()
      let weights = try file.value("W\(index)").rows()
      builder.dense(bias.count, hasBias: true)
      numbers.append(bias.indices.flatMap { out in weights.map { $0[out] } })
      numbers.append(bias)
      guard let listed = try file.optional("a\(index)") else { break }
      let a = try listed.doubles()
      try builder.selfLearnable(SelfLearnableConfiguration(degree: a.count - 1))
      numbers += [Array(a.dropFirst()), [a[0]]]
    }
    let network = builder.makeNetwork()
    let weights = network.makeWeights(seed: 1)
    for (entry, numbers) in zip(network.layout.entries, numbers) {
      for (place, number) in numbers.enumerated() {
        weights.flat[0, entry.offset + place] = Float(number)
      }
    }
    let team = ThreadTeam(threads: 1)
    defer { team.end() }
    let pass = FeedForwardPass(
      network, rows: points.count, shards: 1, team: team, weights: weights, in: Workspace())
    pass.load = { _, matrix in
      for (column, row) in points.enumerated() {
        for (channel, number) in row.enumerated() { matrix[channel, column] = Float(number) }
      }
    }
    pass.run(
      rows: points.count, context: FeedForwardContext(weights: weights, activation: .rectified),
      goesBack: false)
    return pass.value(network.nodes.count, shard: 0).array.map(Double.init)
  }
}
