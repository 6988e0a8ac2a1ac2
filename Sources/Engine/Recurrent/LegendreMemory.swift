/// The linear memory of an LMU: m' = A m + B u keeps the last `theta` steps of u as the
/// coefficients of Legendre polynomials (hybrid-spiking specification, section 3.1).
///
/// The matrices are discretised at step 1 in Double, once.
package struct LegendreMemory: Sendable, Equatable {
  /// Number of coefficients d.
  package let order: Int
  /// Length of the window in steps.
  package let theta: Double
  package let discretization: LMUConfiguration.Discretization
  /// The discretised A, d x d, row-major.
  package let stateMatrix: [Double]
  /// The discretised B, d.
  package let inputVector: [Double]

  /// No window is this short, but matrices divided by less could overflow.
  private static let smallestWindow = 1e-6

  /// Throws when a number is out of range, or when Euler steps would be unstable for the pair.
  package init(
    order: Int, theta: Double, discretization: LMUConfiguration.Discretization
  ) throws(LegendreMemoryError) {
    guard order >= 1 else { throw .order(order) }
    guard theta >= Self.smallestWindow, theta.isFinite else { throw .theta(theta) }
    self.order = order
    self.theta = theta
    self.discretization = discretization
    switch discretization {
    case .zeroOrderHold:
      (stateMatrix, inputVector) = Self.zeroOrderHold(order: order, theta: theta)
    case .euler:
      let minimum = LegendreMemorySpectrum.smallestEulerWindow(order: order)
      guard theta >= minimum else {
        throw .unstableEuler(order: order, theta: theta, minimum: minimum)
      }
      (stateMatrix, inputVector) = Self.euler(order: order, theta: theta)
    }
  }

  /// A of theta dm/dt = A m + B u, d x d, row-major.
  package static func continuousStateMatrix(order: Int) -> [Double] {
    var matrix: [Double] = []
    matrix.reserveCapacity(order * order)
    for i in 0..<order {
      for j in 0..<order {
        let sign: Double = i < j || (i - j).isMultiple(of: 2) ? -1 : 1
        matrix.append(sign * Double(2 * i + 1))
      }
    }
    return matrix
  }

  /// B of theta dm/dt = A m + B u.
  package static func continuousInputVector(order: Int) -> [Double] {
    (0..<order).map { Double(2 * $0 + 1) * ($0.isMultiple(of: 2) ? 1 : -1) }
  }

  /// Smallest theta for which Euler steps are stable at this order. Above order 64, where
  /// eigenvalues lose digits, it is slightly too large rather than too small.
  package static func smallestEulerWindow(order: Int) -> Double {
    LegendreMemorySpectrum.smallestEulerWindow(order: order)
  }

  /// Largest absolute eigenvalue of the discretised A.
  package static func spectralRadius(
    order: Int, theta: Double, discretization: LMUConfiguration.Discretization
  ) -> Double {
    LegendreMemorySpectrum.radius(order: order, theta: theta, discretization: discretization)
  }

  /// A and B held over one step, both from the exponential of [[A, B], [0, 0]] / theta.
  private static func zeroOrderHold(
    order: Int, theta: Double
  ) -> (stateMatrix: [Double], inputVector: [Double]) {
    let a = continuousStateMatrix(order: order)
    let b = continuousInputVector(order: order)
    var joint = SquareMatrix(size: order + 1)
    for row in 0..<order {
      for column in 0..<order { joint[row, column] = a[row * order + column] / theta }
      joint[row, order] = b[row] / theta
    }
    let held = MatrixExponential.exponential(of: joint)
    let rows = 0..<order
    return (
      rows.flatMap { row in (0..<order).map { held[row, $0] } }, rows.map { held[$0, order] }
    )
  }

  /// I + A / theta and B / theta. Not checked for stability.
  package static func euler(
    order: Int, theta: Double
  ) -> (stateMatrix: [Double], inputVector: [Double]) {
    var matrix = continuousStateMatrix(order: order).map { $0 / theta }
    for index in 0..<order { matrix[index * order + index] += 1 }
    return (matrix, continuousInputVector(order: order).map { $0 / theta })
  }
}

/// Why there is no such Legendre memory.
package enum LegendreMemoryError: Error, Sendable, Equatable {
  /// The order must be at least 1.
  case order(Int)
  /// The window must be a positive number of steps.
  case theta(Double)
  /// Euler steps need a window of at least `minimum` steps at this order.
  case unstableEuler(order: Int, theta: Double, minimum: Double)
}
