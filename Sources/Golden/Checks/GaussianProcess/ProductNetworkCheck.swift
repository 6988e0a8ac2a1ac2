import Engine

/// `product`: x1 x2 by two units, ((x1 + x2) / 2)^2 - ((x1 - x2) / 2)^2.
struct ProductNetworkCheck: GoldenCheck {
  var name: String { "product" }

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let grid = (0..<21).map { -1 + Double($0) / 10 }
    let places = grid.flatMap { first in grid.map { [first, $0] } }
    let points = try file.value("points").rows().checked(columns: 2, file.value("points"))
    for item in try file.value("cases").elements() {
      tally.countCase()
      let network = try self.network(item)
      let errors = places.map { abs(network.run($0).outputs[0] - $0[0] * $0[1]) }
      let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      let found: [(String, [Double])] = [
        ("outputs", points.map { network.run($0).outputs[0] }),
        ("sup_error", [errors.max() ?? 0]), ("rmse", [square.squareRoot()]),
      ]
      for (key, numbers) in found {
        tally.compare(
          numbers, try item.value(key).leaves(), .absolute(1e-6), at: "\(item.path).\(key)")
      }
    }
  }

  private func network(_ item: GoldenValue) throws -> KolmogorovNetwork {
    let count = try item.value("M").positiveInteger(atMost: 64)
    let spacing = 2 / Double(count - 1)
    let z = (0..<count).map { -1 + spacing * Double($0) }
    let points = try item.controlPoints(
      z, .squaredExponential,
      lengthScale: try item.value("lengthscale_over_spacing").double() * spacing, noise: 1e-6)
    return KolmogorovNetwork(
      inner: points, outer: points, innerOutputs: [[z, z], [z, z.map { -$0 }]],
      outerOutputs: [[z.map { $0 * $0 }], [z.map { -$0 * $0 }]], biases: [0])
  }
}
