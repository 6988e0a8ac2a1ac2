import Testing

@testable import Engine

@Suite struct GaussianProcessTests {
  private let places = [-1.2, -0.9, -0.31, 0, 0.17, 0.55, 0.98, 1.3]
  private let outputs = [0.7, -0.4, 0.2, 1.1, -0.9, 0.3, -0.2]

  @Test(arguments: CovarianceKernel.allCases)
  func `derivatives are central differences`(kernel: CovarianceKernel) throws {
    let points = try ControlPoints.uniform(kernel: kernel, noise: 1e-5)
    let prior = GaussianProcessCurve.LinearPrior(offset: 0.2, slope: -0.6)
    let curve = GaussianProcessCurve(points, outputs: outputs, prior: prior)
    let h = 1e-5
    func near(_ slope: Double, _ value: (Double) throws -> Double) rethrows {
      let difference = (try value(h) - value(-h)) / (2 * h)
      #expect(abs(slope - difference) < 1e-6 * max(1, abs(difference)), "\(slope) \(difference)")
    }
    func other(_ inputs: [Double], _ scale: Double, _ noise: Double) throws -> GaussianProcessCurve
    {
      GaussianProcessCurve(
        try ControlPoints(
          inputs: inputs, kernel: kernel, lengthScale: scale, noise: noise),
        outputs: outputs, prior: prior)
    }
    for x in places {
      near(curve.slope(x)) { curve.value(x + $0) }
      try near(curve.lengthScaleSlope(x)) {
        try other(points.inputs, points.lengthScale + $0, points.noise).value(x)
      }
      let small = 1e-3
      let byNoise = try other(points.inputs, points.lengthScale, points.noise * (1 + small))
      let before = try other(points.inputs, points.lengthScale, points.noise * (1 - small))
      let slope = (byNoise.value(x) - before.value(x)) / (2 * small * points.noise)
      #expect(abs(curve.noiseSlope(x) - slope) < 1e-4 * max(1, abs(slope)))
      let inputSlopes = curve.inputSlopes(x)
      for m in points.inputs.indices {
        try near(inputSlopes[m]) { step in
          var inputs = points.inputs
          inputs[m] += step
          return try other(inputs, points.lengthScale, points.noise).value(x)
        }
      }
    }
  }

  @Test func `control points hold the curve, and move it where they are`() throws {
    let points = try ControlPoints.uniform()
    for (m, z) in points.inputs.enumerated() {
      for (index, share) in points.row(z).enumerated() {
        #expect(abs(share - (index == m ? 1 : 0)) < 1e-4)
      }
      #expect((0...1).contains(points.variance(z)))
    }
    let curve = GaussianProcessCurve(points, outputs: outputs)
    var lifted = outputs
    lifted[3] += 0.5
    let other = GaussianProcessCurve(points, outputs: lifted)
    for (m, z) in points.inputs.enumerated() {
      #expect(abs(other.value(z) - curve.value(z) - (m == 3 ? 0.5 : 0)) < 5e-5)
    }
    #expect(abs(curve.value(1.1 + 5 * points.lengthScale)) < 1e-3 * 1.1)
    #expect(points.variance(4) > 0.999)
    let even = GaussianProcessCurve(points, outputs: [1, 2, 3, 4, 3, 2, 1])
    for x in places { #expect(abs(even.value(x) - even.value(-x)) < 1e-9) }
  }

  @Test func `a linear prior makes lines exact everywhere`() throws {
    let points = try ControlPoints.uniform(5)
    let prior = GaussianProcessCurve.LinearPrior(offset: -0.3, slope: 2)
    let curve = GaussianProcessCurve(points, outputs: points.inputs.map(prior.value), prior: prior)
    for x in places + [9] { #expect(abs(curve.value(x) - prior.value(x)) < 1e-12) }
    #expect(abs(curve.energy) < 1e-20)
  }

  @Test func `other control points keep the curve to interpolation error`() throws {
    let curve = GaussianProcessCurve(
      try ControlPoints.uniform(9, lengthScale: 1.5), outputs: (0..<9).map { Double($0 % 3) })
    let moved = curve.moved(to: try ControlPoints.uniform(21, lengthScale: 1.5))
    for x in stride(from: -1.0, through: 1, by: 0.05) {
      #expect(abs(moved.value(x) - curve.value(x)) < 0.02)
    }
  }

  @Test func `what is out of range is refused, and noise is raised where there is no factor`() {
    #expect(throws: ControlPointsError.count(1)) {
      try ControlPoints(inputs: [0], lengthScale: 1)
    }
    #expect(throws: ControlPointsError.count(65)) { try ControlPoints.uniform(65) }
    #expect(throws: ControlPointsError.notRising) {
      try ControlPoints(inputs: [0, 1, 1], lengthScale: 1)
    }
    #expect(throws: ControlPointsError.lengthScale(0)) {
      try ControlPoints(inputs: [0, 1], lengthScale: 0)
    }
    #expect(throws: ControlPointsError.noise(-1)) {
      try ControlPoints(inputs: [0, 1], lengthScale: 1, noise: -1)
    }
    let stiff = try? ControlPoints.uniform(21, lengthScale: 6, noise: 0)
    #expect((stiff?.noise ?? 0) > 0 && (stiff?.noise ?? 1) <= ControlPoints.mostNoise)
    #expect(stiff?.suitsFloat == false)
    #expect((try? ControlPoints.uniform())?.suitsFloat == true)
  }

  @Test func `gradients of a network with two outputs are central differences`() throws {
    let points = try ControlPoints.uniform(5)
    let number = { (seed: Int) in Double(seed * 7919 % 1000) / 500 - 1 }
    var network = KolmogorovNetwork(
      inner: points, outer: try ControlPoints.uniform(6, kernel: .matern52, lengthScale: 2),
      innerOutputs: (0..<3).map { q in
        (0..<2).map { p in (0..<5).map { number(q * 31 + p * 11 + $0 + 1) } }
      },
      outerOutputs: (0..<3).map { q in
        (0..<2).map { c in (0..<6).map { number(q * 17 + c * 5 + $0 + 300) } }
      },
      biases: [0.1, -0.2])
    let rows = [[0.3, -0.7], [-0.2, 0.9], [0.05, 0.4]]
    let upstream = [[0.5, -1], [1.5, 0.25], [-0.75, 2]]
    func loss(_ network: KolmogorovNetwork, _ rows: [[Double]]) -> Double {
      zip(rows, upstream).reduce(0) { sum, row in
        sum + zip(network.run(row.0).outputs, row.1).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    let gradient = network.gradient(rows, outputGradients: upstream)
    let h = 1e-5
    func near(_ slope: Double, _ path: WritableKeyPath<KolmogorovNetwork, Double>) {
      let value = network[keyPath: path]
      network[keyPath: path] = value + h
      let above = loss(network, rows)
      network[keyPath: path] = value - h
      let below = loss(network, rows)
      network[keyPath: path] = value
      #expect(abs(slope - (above - below) / (2 * h)) < 1e-6)
    }
    for q in 0..<3 {
      for p in 0..<2 {
        for m in 0..<5 { near(gradient.inner[q][p][m], \.innerOutputs[q][p][m]) }
        for m in 0..<6 { near(gradient.outer[q][p][m], \.outerOutputs[q][p][m]) }
      }
    }
    for c in 0..<2 { near(gradient.biases[c], \.biases[c]) }
    for (row, x) in rows.enumerated() {
      for p in x.indices {
        var (above, below) = (rows, rows)
        above[row][p] += h
        below[row][p] -= h
        let slope = (loss(network, above) - loss(network, below)) / (2 * h)
        #expect(abs(gradient.inputs[row][p] - slope) < 1e-6)
      }
    }
    let shares = KolmogorovImportance(network, rows: rows).shares
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.allSatisfy { $0 > 0 })
    #expect(network.curves == 12 && network.parameters == 3 * (2 * 5 + 2 * 6) + 2)
  }

  @Test func `a table has the curve's values to half a level`() throws {
    let curve = GaussianProcessCurve(try ControlPoints.uniform(), outputs: outputs)
    let table = CurveTable(curve, bits: 10, range: -1.5...1.5)
    for x in stride(from: -1.0, through: 1, by: 0.01) {
      #expect(abs(table.value(x) - curve.value(x)) < 0.02)
    }
    for cell in 0..<1024 {
      let middle = -1 + 2 * Double(cell) / 1023
      #expect(abs(table.value(middle) - curve.value(middle)) <= 0.5 * 3 / 1023 + 1e-12)
    }
    #expect(table.value(-7) == table.value(-1) && table.codes.count == 1024)
  }

  @Test func `curves are linear in their numbers, and units may change places`() throws {
    for prior in CurveBasis.Prior.allCases {
      let basis = CurveBasis(try .uniform(), prior: prior)
      let numbers = (0..<basis.count).map { Double($0 * 5 % 7) - 3 }
      let other = (0..<basis.count).map { Double($0 * 3 % 5) }
      let sum = zip(numbers, other).map { 2 * $0 - $1 }
      for x in places {
        let expected = 2 * basis.curve(numbers).value(x) - basis.curve(other).value(x)
        #expect(abs(basis.curve(sum).value(x) - expected) < 1e-9)
        #expect(abs(dot(basis.row(x), sum) - expected) < 1e-9)
        #expect((-1e-9...1 + 1e-9).contains(basis.points.variance(x)))
      }
      let network = KolmogorovNetwork.start(
        units: 3, inputs: 2, inner: try .uniform(), outer: try .uniform(5), seed: 8, prior: prior)
      var turned = network
      turned.innerOutputs.swapAt(0, 2)
      turned.outerOutputs.swapAt(0, 2)
      let x = [0.3, -0.8]
      #expect(abs(network.run(x).outputs[0] - turned.run(x).outputs[0]) < 1e-12)
    }
  }
}
