import Foundation

/// The exponential of a square matrix in Double, by scaling and squaring with the [13/13] Padé
/// approximant (N. J. Higham, "The scaling and squaring method for the matrix exponential
/// revisited", SIAM J. Matrix Anal. Appl. 26, 2005, algorithm 2.3, without balancing).
enum MatrixExponential {
  /// Largest 1-norm for which the approximant is accurate to double precision.
  private static let largestNorm = 5.371920351148152

  /// Coefficients of the numerator; the denominator is the numerator at the negated matrix.
  private static let pade: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800,
    129_060_195_264_000, 10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920,
    40_840_800, 960_960, 16380, 182, 1,
  ]

  /// exp(`matrix`).
  static func exponential(of matrix: SquareMatrix) -> SquareMatrix {
    let norm = matrix.oneNorm
    let squarings = norm > largestNorm ? Int(log2(norm / largestNorm).rounded(.up)) : 0
    let scaled = SquareMatrix.combination([(scalbn(1, -squarings), matrix)], identity: 0)
    var result = approximant(of: scaled)
    for _ in 0..<squarings { result = result.multiplied(by: result) }
    return result
  }

  /// (V - U)^-1 (V + U), where U and V are the odd and even part of the numerator.
  private static func approximant(of a: SquareMatrix) -> SquareMatrix {
    let a2 = a.multiplied(by: a)
    let a4 = a2.multiplied(by: a2)
    let a6 = a4.multiplied(by: a2)
    func part(_ parity: Int) -> SquareMatrix {
      let high = SquareMatrix.combination(
        [(pade[12 + parity], a6), (pade[10 + parity], a4), (pade[8 + parity], a2)], identity: 0)
      return SquareMatrix.combination(
        [
          (1, a6.multiplied(by: high)), (pade[6 + parity], a6), (pade[4 + parity], a4),
          (pade[2 + parity], a2),
        ], identity: pade[parity])
    }
    let odd = a.multiplied(by: part(1))
    let even = part(0)
    let numerator = SquareMatrix.combination([(1, even), (1, odd)], identity: 0)
    let denominator = SquareMatrix.combination([(1, even), (-1, odd)], identity: 0)
    return denominator.solved(for: numerator)
  }
}

/// A dense square matrix of Doubles, row-major, with only what the exponential needs.
struct SquareMatrix {
  let size: Int
  var elements: [Double]

  /// The matrix of zeros.
  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// Largest sum of the absolute values of a column.
  var oneNorm: Double {
    var sums = [Double](repeating: 0, count: size)
    for row in 0..<size {
      for column in 0..<size { sums[column] += abs(self[row, column]) }
    }
    return sums.max() ?? 0
  }

  /// The sum of coefficient * matrix over `terms` plus `identity` times the unit matrix. All
  /// matrices have one size and there is at least one.
  static func combination(
    _ terms: [(coefficient: Double, matrix: SquareMatrix)], identity: Double
  ) -> SquareMatrix {
    var sum = SquareMatrix(size: terms[0].matrix.size)
    for (coefficient, matrix) in terms {
      for index in sum.elements.indices {
        sum.elements[index] += coefficient * matrix.elements[index]
      }
    }
    for index in 0..<sum.size { sum[index, index] += identity }
    return sum
  }

  /// self * other, the inner loop along rows so that memory is read in order.
  func multiplied(by other: SquareMatrix) -> SquareMatrix {
    var product = SquareMatrix(size: size)
    let size = size
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        product.elements.withUnsafeMutableBufferPointer { out in
          for row in 0..<size {
            for inner in 0..<size {
              let factor = left[row * size + inner]
              for column in 0..<size {
                out[row * size + column] += factor * right[inner * size + column]
              }
            }
          }
        }
      }
    }
    return product
  }

  /// The X with self * X = `right`, by Gaussian elimination with partial pivoting. The matrix
  /// must not be singular.
  func solved(for right: SquareMatrix) -> SquareMatrix {
    var lower = self
    var solution = right
    for pivot in 0..<size {
      let best = (pivot..<size).max { abs(lower[$0, pivot]) < abs(lower[$1, pivot]) } ?? pivot
      lower.swapRows(pivot, best)
      solution.swapRows(pivot, best)
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = lower[row, pivot] / lower[pivot, pivot]
        lower.subtract(factor, timesRow: pivot, fromRow: row, startingAt: pivot)
        solution.subtract(factor, timesRow: pivot, fromRow: row, startingAt: 0)
      }
    }
    for row in (0..<size).reversed() {
      for later in (row + 1)..<max(size, row + 1) {
        solution.subtract(lower[row, later], timesRow: later, fromRow: row, startingAt: 0)
      }
      for column in 0..<size { solution[row, column] /= lower[row, row] }
    }
    return solution
  }

  private mutating func swapRows(_ first: Int, _ second: Int) {
    guard first != second else { return }
    for column in 0..<size { elements.swapAt(first * size + column, second * size + column) }
  }

  private mutating func subtract(
    _ factor: Double, timesRow source: Int, fromRow target: Int, startingAt first: Int
  ) {
    guard factor != 0 else { return }
    let size = size
    elements.withUnsafeMutableBufferPointer { elements in
      for column in first..<size {
        elements[target * size + column] -= factor * elements[source * size + column]
      }
    }
  }
}
