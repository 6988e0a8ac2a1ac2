import Engine
import Foundation

/// `known_functions`: how near curves come to functions that their control outputs are read from.
struct KnownFunctionsCheck: GoldenCheck {
  var name: String { "known_functions" }

  private static let noise = 1e-6
  private static let slack = 1.01

  private static let functions: [String: @Sendable (Double) -> Double] = [
    "relu": { max($0, 0) }, "tanh2x": { tanh(2 * $0) }, "sin3x": { sin(3 * $0) },
    "step_smooth": { 1 / (1 + exp(-8 * $0)) }, "constant": { _ in 1 }, "identity": { $0 },
  ]

  func check(_ file: GoldenValue, into tally: inout GoldenTally) throws {
    let grid = (0...400).map { -1 + Double($0) / 200 }
    for item in try file.value("cases").elements() {
      tally.countCase()
      let name = try item.value("function")
      guard let function = Self.functions[try name.text()] else {
        throw name.invalid("a known function", found: try name.text())
      }
      let count = try item.value("M").positiveInteger(atMost: 64)
      let z = (0..<count).map { -1 + 2 * Double($0) / Double(count - 1) }
      let spacing = 2 / Double(count - 1)
      let points = try item.controlPoints(
        z, .squaredExponential,
        lengthScale: try item.value("lengthscale_over_spacing").double() * spacing,
        noise: Self.noise)
      let curve = GaussianProcessCurve(points, outputs: z.map(function))
      let errors = grid.map { abs(curve.value($0) - function($0)) }
      let square = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      let found: [(String, Double)] = [
        ("sup_error_on_401_points", errors.max() ?? 0), ("rmse", square.squareRoot()),
        ("max_error_at_control_points", z.map { abs(curve.value($0) - function($0)) }.max() ?? 0),
      ]
      for (key, error) in found {
        let bound = try item.value(key).double() * Self.slack + 1e-9
        tally.require(error <= bound, at: "\(item.path).\(key)", "\(error) is above \(bound)")
      }
    }
  }
}
