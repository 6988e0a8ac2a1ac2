import Foundation

/// The eigenvalues of the Legendre memory's undiscretised A, and what follows from them.
///
/// They are the poles of the [d-1/d] Padé approximant of a delay, which is also the stability
/// function of the d-stage Radau IIA method. So they are -1/mu for the eigenvalues mu of that
/// method's coefficients in the Legendre basis (E. Hairer and G. Wanner, Solving Ordinary
/// Differential Equations II, section IV.5): tridiagonal, skew but for two diagonal elements,
/// and far better conditioned than A.
enum LegendreMemorySpectrum {
  /// A complex number as far as eigenvalues need it.
  struct Complex {
    var real: Double
    var imaginary: Double

    var magnitude: Double { hypot(real, imaginary) }
    var conjugate: Complex { Complex(real: real, imaginary: -imaginary) }

    static func + (a: Complex, b: Complex) -> Complex {
      Complex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
    }
    static func - (a: Complex, b: Complex) -> Complex {
      Complex(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
    }
    static func * (a: Complex, b: Complex) -> Complex {
      Complex(
        real: a.real * b.real - a.imaginary * b.imaginary,
        imaginary: a.real * b.imaginary + a.imaginary * b.real)
    }
    static func * (a: Double, b: Complex) -> Complex {
      Complex(real: a * b.real, imaginary: a * b.imaginary)
    }

    /// The square root with a real part that is not negative.
    var squareRoot: Complex {
      let magnitude = magnitude
      let real = ((magnitude + self.real) / 2).squareRoot()
      let imaginary = ((magnitude - self.real) / 2).squareRoot()
      return Complex(real: real, imaginary: self.imaginary < 0 ? -imaginary : imaginary)
    }
  }

  /// Smallest window for which the Euler discretisation at step 1 is stable: the largest
  /// |lambda|^2 / (-2 Re lambda), which is 1 / (2 min Re mu).
  ///
  /// Against 120-digit arithmetic the relative error is 2e-11 at order 64, 7e-11 at 128, 2e-8 at
  /// 256, 6e-6 at 512 and 4e-3 at 1024. From order 65 on the value is raised by more than that,
  /// so that what passes is stable.
  static func smallestEulerWindow(order: Int) -> Double {
    let smallest = reciprocals(order: order).map(\.real).min() ?? 1
    let margin =
      switch order {
      case ...64: 0.0
      case ...256: 1e-6
      case ...512: 1e-3
      default: 0.1
      }
    return (1 + margin) / (2 * smallest)
  }

  /// Largest |eigenvalue| of the discretised A: |exp(lambda / theta)| or |1 + lambda / theta|.
  static func radius(
    order: Int, theta: Double, discretization: LMUConfiguration.Discretization
  ) -> Double {
    reciprocals(order: order).map { mu in
      let scale = -1 / (mu.magnitude * mu.magnitude * theta)
      let rate = scale * mu.conjugate
      switch discretization {
      case .zeroOrderHold: return exp(rate.real)
      case .euler: return hypot(1 + rate.real, rate.imaginary)
      }
    }.max() ?? 0
  }

  /// The mu = -1/lambda of all eigenvalues lambda of A.
  static func reciprocals(order: Int) -> [Complex] {
    let zero = Complex(real: 0, imaginary: 0)
    var matrix = [Complex](repeating: zero, count: order * order)
    matrix[0].real = order == 1 ? 1 : 0.5
    guard order > 1 else { return matrix }
    matrix[order * order - 1].real = 1 / Double(4 * order - 2)
    for k in 1..<order {
      let coupling = 1 / (2 * Double(4 * k * k - 1).squareRoot())
      matrix[k * order + k - 1].real = coupling
      matrix[(k - 1) * order + k].real = -coupling
    }
    return HessenbergEigenvalues(matrix, size: order).values
  }
}

/// Eigenvalues of a complex upper Hessenberg matrix by the shifted QR iteration with deflation
/// (G. H. Golub and C. F. Van Loan, Matrix Computations, section 7.5).
struct HessenbergEigenvalues {
  private typealias Complex = LegendreMemorySpectrum.Complex

  private var elements: [LegendreMemorySpectrum.Complex]
  private let size: Int
  /// In no particular order.
  private(set) var values: [LegendreMemorySpectrum.Complex] = []

  /// `elements` row-major, `size` x `size`.
  init(_ elements: [LegendreMemorySpectrum.Complex], size: Int) {
    self.elements = elements
    self.size = size
    var last = size - 1
    var iterations = 0
    while last >= 0 {
      let first = startOfBlock(endingAt: last)
      if first == last {
        values.append(self[last, last])
        last -= 1
        iterations = 0
      } else {
        iterations += 1
        rotate(from: first, through: last, shift: shift(endingAt: last, iteration: iterations))
      }
    }
  }

  private subscript(row: Int, column: Int) -> Complex {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// First row of the block up to `last` whose subdiagonal has no negligible element.
  private func startOfBlock(endingAt last: Int) -> Int {
    var row = last
    while row > 0 {
      var scale = self[row - 1, row - 1].magnitude + self[row, row].magnitude
      if scale == 0 { scale = 1 }
      if self[row, row - 1].magnitude <= Double.ulpOfOne * scale { break }
      row -= 1
    }
    return row
  }

  /// The eigenvalue of the last 2x2 block that is nearer to its last element (Wilkinson's
  /// shift); every tenth time something else, which breaks cycles.
  private func shift(endingAt last: Int, iteration: Int) -> Complex {
    if iteration % 10 == 0 {
      return self[last, last] + Complex(real: self[last, last - 1].magnitude, imaginary: 0)
    }
    let (a, d) = (self[last - 1, last - 1], self[last, last])
    let half = 0.5 * (a - d)
    let root = (half * half + self[last - 1, last] * self[last, last - 1]).squareRoot
    let (one, other) = (half + root, half - root)
    return d + (one.magnitude < other.magnitude ? one : other)
  }

  /// One step H - s = QR, H = RQ + s within the rows and columns `first`...`last`.
  private mutating func rotate(from first: Int, through last: Int, shift: Complex) {
    for index in first...last { self[index, index] = self[index, index] - shift }
    var rotations: [(cosine: Double, sine: Complex)] = []
    for row in first..<last {
      rotations.append(eliminate(below: row, through: last))
    }
    for (row, rotation) in zip(first..<last, rotations) {
      for index in first...(row + 1) {
        let (left, right) = (self[index, row], self[index, row + 1])
        self[index, row] = rotation.cosine * left + rotation.sine * right
        self[index, row + 1] = rotation.cosine * right - rotation.sine.conjugate * left
      }
    }
    for index in first...last { self[index, index] = self[index, index] + shift }
  }

  /// Rotates rows `row` and `row` + 1 so that the element below the diagonal vanishes.
  private mutating func eliminate(
    below row: Int, through last: Int
  ) -> (cosine: Double, sine: LegendreMemorySpectrum.Complex) {
    let (a, b) = (self[row, row], self[row + 1, row])
    let norm = hypot(a.magnitude, b.magnitude)
    let phase =
      a.magnitude > 0 ? (1 / a.magnitude) * a : Complex(real: 1, imaginary: 0)
    let cosine = norm > 0 ? a.magnitude / norm : 1
    let sine =
      norm > 0 ? (1 / norm) * (phase.conjugate * b) : Complex(real: 0, imaginary: 0)
    for column in row...last {
      let (upper, lower) = (self[row, column], self[row + 1, column])
      self[row, column] = cosine * upper + sine.conjugate * lower
      self[row + 1, column] = cosine * lower - sine * upper
    }
    return (cosine, sine)
  }
}
