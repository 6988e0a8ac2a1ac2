/// The control inputs z of Gaussian-process activations with the kernel between them: what all
/// curves that share them need (specification of the Kolmogorov network of Gaussian processes, 2).
///
/// K_ij = kappa(z_i, z_j), C = (K + s2 I)^-1, A(x) = k(x)' C with k_m(x) = kappa(x, z_m).
package struct ControlPoints: Sendable, Equatable {
  package let inputs: [Double]
  package let kernel: CovarianceKernel
  package let lengthScale: Double
  /// s2, which may be more than was asked for: where K + s2 I has no Cholesky factor it is made ten
  /// times as large, up to ``mostNoise``.
  package let noise: Double
  /// K + s2 I.
  package let covariance: SymmetricMatrix
  /// Its Cholesky factor.
  package let factor: [[Double]]
  /// C.
  package let inverse: SymmetricMatrix

  package static let allowedCount = 2...64
  package static let mostNoise = 1e-3
  package static let standardNoise = 1e-6
  package static let standardCount = 7

  /// Throws ``ControlPointsError`` where a number is out of its range, two inputs are the same, or
  /// there is no factor at any noise that is allowed.
  package init(
    inputs: [Double], kernel: CovarianceKernel = .squaredExponential, lengthScale: Double,
    noise: Double = standardNoise
  ) throws(ControlPointsError) {
    guard Self.allowedCount.contains(inputs.count) else { throw .count(inputs.count) }
    guard zip(inputs, inputs.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .notRising }
    guard lengthScale > 0, lengthScale.isFinite else { throw .lengthScale(lengthScale) }
    guard noise >= 0, noise.isFinite else { throw .noise(noise) }
    self.inputs = inputs
    self.kernel = kernel
    self.lengthScale = lengthScale
    var tried = noise
    while true {
      let covariance = SymmetricMatrix(size: inputs.count) { row, column in
        kernel.value(inputs[row], inputs[column], lengthScale: lengthScale)
          + (row == column ? tried : 0)
      }
      if let factor = covariance.cholesky() {
        (self.noise, self.covariance, self.factor) = (tried, covariance, factor)
        inverse = SymmetricMatrix.inverse(ofFactor: factor)
        return
      }
      tried = max(tried * 10, 1e-12)
      guard tried <= Self.mostNoise else { throw .notPositive(lengthScale: lengthScale) }
    }
  }

  /// As many points at equal distances on -1...1, the length scale being so many distances.
  package static func uniform(
    _ count: Int = standardCount, kernel: CovarianceKernel = .squaredExponential,
    lengthScale distances: Double = 1, noise: Double = standardNoise
  ) throws(ControlPointsError) -> ControlPoints {
    guard allowedCount.contains(count) else { throw .count(count) }
    let distance = 2 / Double(count - 1)
    return try ControlPoints(
      inputs: (0..<count).map { -1 + distance * Double($0) }, kernel: kernel,
      lengthScale: distances * distance, noise: noise)
  }

  package var count: Int { inputs.count }

  /// k(x).
  package func kernelRow(_ x: Double) -> [Double] {
    inputs.map { kernel.value(x, $0, lengthScale: lengthScale) }
  }

  /// dk/dx.
  package func kernelSlopes(_ x: Double) -> [Double] {
    inputs.map { kernel.slope(x, $0, lengthScale: lengthScale) }
  }

  /// dk/dl.
  package func lengthScaleSlopes(_ x: Double) -> [Double] {
    inputs.map { kernel.lengthScaleSlope(x, $0, lengthScale: lengthScale) }
  }

  /// A(x): a curve with control outputs u is A(x) u there.
  package func row(_ x: Double) -> [Double] { inverse.times(kernelRow(x)) }

  /// 1 - A(x) k(x): how far x is from support, 0 at control inputs and 1 far away. It does not
  /// depend on control outputs, and says nothing on how sure a network is.
  package func variance(_ x: Double) -> Double {
    1 - dot(row(x), kernelRow(x))
  }

  /// The largest eigenvalue of K + s2 I over its smallest.
  package var condition: Double {
    let values = covariance.eigenvalues()
    guard let least = values.first, let most = values.last, least > 0 else { return .infinity }
    return most / least
  }

  /// Whether Float32 is enough for A to some thousandths (section 2.2).
  package var suitsFloat: Bool { condition <= Self.mostCondition }
  package static let mostCondition = 2e4

  /// These, where Float32 is enough; throws ``ControlPointsError/illConditioned`` where it is not.
  func checkedForFloat() throws(ControlPointsError) -> ControlPoints {
    guard suitsFloat else {
      throw .illConditioned(condition: condition, most: Self.mostCondition)
    }
    return self
  }
}

/// Why control points cannot be as asked for.
package enum ControlPointsError: Error, Sendable, Equatable {
  /// Not from 2 to 64 of them.
  case count(Int)
  /// Control inputs are not each above the one before.
  case notRising
  /// Not a positive number.
  case lengthScale(Double)
  /// A negative number, or none.
  case noise(Double)
  /// The covariance has no Cholesky factor, however much noise is allowed.
  case notPositive(lengthScale: Double)
  /// Rounding in single precision would bend the curves.
  case illConditioned(condition: Double, most: Double)
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
  return sum
}
