import Foundation

/// Functions of two numbers in -1...1 that show what a network can express (specification, 6).
package enum ExpressiveTarget: Sendable, CaseIterable {
  case product, sine, exponential

  package func value(_ x1: Double, _ x2: Double) -> Double {
    switch self {
    case .product: x1 * x2
    case .sine: sin(.pi * x1) + x2 * x2
    case .exponential: exp(sin(.pi * x1) + x2 * x2)
    }
  }

  private var formula: String {
    switch self {
    case .product: "x1 x2"
    case .sine: "sin(pi x1) + x2^2"
    case .exponential: "exp(sin(pi x1) + x2^2)"
    }
  }

  private static let trainingRows = 1000
  private static let testRows = 500

  /// Uniform points, drawn by the seed, without noise.
  package func table(seed: UInt64) -> TableSet {
    var stream = RandomStream(seed: seed, purpose: .partition, lane: 1)
    let count = Self.trainingRows + Self.testRows
    let rows = (0..<count).map { _ in
      (0..<2).map { _ in 2 * stream.nextUniform() - 1 }
    }
    return TableSet(
      title: formula, names: ["x1", "x2"], target: "y", classes: [], rows: rows,
      targets: rows.map { value($0[0], $0[1]) },
      parts: TableParts(
        training: Array(0..<Self.trainingRows), test: Array(Self.trainingRows..<count)),
      ranges: [-1...1, -1...1])
  }
}
