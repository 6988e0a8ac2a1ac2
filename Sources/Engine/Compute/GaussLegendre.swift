import Foundation

/// Nodes of Gauss-Legendre quadrature on [-1, 1].
enum GaussLegendre {
  /// A node at ±place.
  struct Node {
    var place: Double
    var weight: Double
  }

  /// The pairs of nodes of the rules of ten and of thirty-two.
  static let ten = nodes(10)
  static let thirtyTwo = nodes(32)

  /// The pairs of an even rule: Newton's method on the Legendre polynomial.
  private static func nodes(_ count: Int) -> [Node] {
    (0..<count / 2).map { index in
      var x = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<20 {
        var (value, before) = (x, 1.0)
        for degree in 2...count {
          let degree = Double(degree)
          (value, before) = (((2 * degree - 1) * x * value - (degree - 1) * before) / degree, value)
        }
        slope = Double(count) * (x * value - before) / (x * x - 1)
        x -= value / slope
      }
      return Node(place: x, weight: 2 / ((1 - x * x) * slope * slope))
    }
  }
}
