import Engine
import Foundation

/// `kst_network`: a network of two inputs and three units, its gradients, and one step of gradient
/// descent and of Adam.
struct KolmogorovNetworkCheck: GoldenCheck {
  var name: String { "kst_network" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    tally.countCase()
    let tolerance = GoldenTolerance.scaled(try file.value("tolerance_float64").double())
    let network = try self.network(file)
    let x = try file.value("x").rows().checked(columns: network.inputs, file.value("x"))
    let target = try file.value("target").doubles(count: x.count)
    let passes = x.map(network.run)
    let gradient = network.gradient(x, outputGradients: network.lossGradients(x, target))
    let stepped = network.descending(gradient, rate: 0.1)
    let adam = network.descending(gradient.signs, rate: 0.05)
    let arrays: [(String, [Double])] = [
      ("phi", passes.flatMap { $0.inner.flatMap { $0 } }), ("t", passes.flatMap(\.sums)),
      ("o", passes.flatMap { $0.outer.flatMap { $0 } }), ("logit", passes.map { $0.outputs[0] }),
      ("loss", [network.loss(x, target)]), ("du", gradient.inner.flatMap { $0.flatMap { $0 } }),
      ("dv", gradient.outer.flatMap { $0.flatMap { $0 } }), ("db", gradient.biases),
      ("dx", gradient.inputs.flatMap { $0 }),
      ("loss_after_sgd_lr0.1", [stepped.loss(x, target)]),
      ("loss_after_adam_lr0.05", [adam.loss(x, target)]),
      ("u_after_adam", adam.innerOutputs.flatMap { $0.flatMap { $0 } }),
    ]
    for (key, found) in arrays {
      tally.compare(found, try file.value(key).leaves(), tolerance, at: key)
    }
  }

  private func network(_ file: GoldenValue) throws -> KolmogorovNetwork {
    let points = try file.controlPoints(
      try file.value("z").doubles(), .squaredExponential,
      lengthScale: try file.value("lengthscale").double(),
      noise: try file.value("noise").double())
    return try file.kolmogorovNetwork(points, b: file.value("b"))
  }
}

extension GoldenValue {
  /// A network of one output whose control outputs are the keys u and v of this object.
  func kolmogorovNetwork(
    _ points: ControlPoints, b: GoldenValue
  ) throws -> KolmogorovNetwork {
    let units = try value("u").elements()
    var inner: [[[Double]]] = []
    for unit in units {
      let curves = try unit.rows()
      inner.append(try unit.rows(count: curves.count, columns: points.count))
    }
    guard let inputs = inner.first?.count, inputs > 0, inner.allSatisfy({ $0.count == inputs })
    else {
      throw try value("u").invalid("units with a curve for each input", found: "others")
    }
    let outer = try value("v").rows(count: units.count, columns: points.count)
    return KolmogorovNetwork(
      inner: points, outer: points, innerOutputs: inner, outerOutputs: outer.map { [$0] },
      biases: [try b.double()])
  }

  /// All numbers of nested arrays, in order.
  func leaves() throws(GoldenError) -> [Double] {
    guard case .array = json else { return [try double()] }
    var numbers: [Double] = []
    for element in try elements() { numbers += try element.leaves() }
    return numbers
  }
}

extension KolmogorovNetwork {
  /// Mean binary cross-entropy with logits.
  func loss(_ rows: [[Double]], _ targets: [Double]) -> Double {
    zip(rows, targets).reduce(0) { sum, row in
      let f = run(row.0).outputs[0]
      return sum + max(f, 0) - f * row.1 + log1p(exp(-abs(f)))
    } / Double(rows.count)
  }

  /// Its derivatives by the logits.
  func lossGradients(_ rows: [[Double]], _ targets: [Double]) -> [[Double]] {
    zip(rows, targets).map { row, target in
      [(1 / (1 + exp(-run(row).outputs[0])) - target) / Double(rows.count)]
    }
  }

  fileprivate func descending(_ gradient: Gradient, rate: Double) -> KolmogorovNetwork {
    var network = self
    let step = { (values: [Double], slopes: [Double]) in
      zip(values, slopes).map { $0 - rate * $1 }
    }
    network.innerOutputs = zip(innerOutputs, gradient.inner).map { zip($0, $1).map(step) }
    network.outerOutputs = zip(outerOutputs, gradient.outer).map { zip($0, $1).map(step) }
    network.biases = step(biases, gradient.biases)
    return network
  }
}

extension KolmogorovNetwork.Gradient {
  /// What Adam's first step goes along: g / (|g| + 1e-8).
  fileprivate var signs: Self {
    let sign = { (slope: Double) in slope / (abs(slope) + 1e-8) }
    var copy = self
    copy.inner = inner.map { $0.map { $0.map(sign) } }
    copy.outer = outer.map { $0.map { $0.map(sign) } }
    copy.biases = biases.map(sign)
    return copy
  }
}
