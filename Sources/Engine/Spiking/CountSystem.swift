/// The linear system of a recurrent layer, Omega' u = delta, for one right-hand side (specification of
/// ST-RSBP, 2.4): Omega has D on its diagonal and -R_lp r_lp / nu at (l, p), as sparse as R.
package struct CountSystem {
  package let graph: RecurrentGraph
  /// D.
  package let diagonal: [Double]
  /// R_lp r_lp / nu of each synapse, p -> l, in the order of the graph.
  package let strengths: [Double]

  package init(graph: RecurrentGraph, diagonal: [Double], strengths: [Double]) {
    precondition(diagonal.count == graph.units && strengths.count == graph.synapses)
    (self.graph, self.diagonal, self.strengths) = (graph, diagonal, strengths)
  }

  package struct Solution {
    /// u.
    package var adjoint: [Double]
    /// Sweeps done; the dense factorization is none.
    package var sweeps: Int
    package var isDense: Bool
  }

  package static let mostSweeps = 50
  /// Largest residual, relative to the right-hand side.
  private static let tolerance = 1e-7

  /// By sweeps of Gauss and Seidel, which are exact at once where no neuron acts on a later one; by
  /// dense factorization where they do not come to rest.
  package func solve(_ delta: [Double]) -> Solution {
    let scale = delta.map(abs).max() ?? 0
    var adjoint = zip(delta, diagonal).map { $0 / $1 }
    for sweep in 1...Self.mostSweeps {
      for before in diagonal.indices {
        adjoint[before] = (delta[before] + passed(to: before, adjoint)) / diagonal[before]
      }
      let residual = diagonal.indices.reduce(0.0) { worst, before in
        let rest =
          delta[before] + passed(to: before, adjoint) - diagonal[before] * adjoint[before]
        return max(worst, rest.isFinite ? abs(rest) : .infinity)
      }
      if residual <= Self.tolerance * scale {
        return Solution(adjoint: adjoint, sweeps: sweep, isDense: false)
      }
      if !residual.isFinite { break }
    }
    return Solution(
      adjoint: DenseSolver.solve(transposedRows, delta) ?? zip(delta, diagonal).map { $0 / $1 },
      sweeps: 0, isDense: true)
  }

  /// The sum over l other than p of R_lp r_lp / nu u_l.
  private func passed(to before: Int, _ adjoint: [Double]) -> Double {
    var sum = 0.0
    for place in Int(graph.offsets[before])..<Int(graph.offsets[before + 1]) {
      let after = Int(graph.targets[place])
      if after != before { sum += strengths[place] * adjoint[after] }
    }
    return sum
  }

  /// Omega'.
  private var transposedRows: [[Double]] {
    diagonal.indices.map { before in
      var row = [Double](repeating: 0, count: diagonal.count)
      for place in Int(graph.offsets[before])..<Int(graph.offsets[before + 1]) {
        row[Int(graph.targets[place])] = -strengths[place]
      }
      row[before] = diagonal[before]
      return row
    }
  }

  /// The share of rows of Omega whose diagonal outweighs all else in them.
  package var dominantShare: Double {
    var sums = [Double](repeating: 0, count: diagonal.count)
    for before in diagonal.indices {
      for place in Int(graph.offsets[before])..<Int(graph.offsets[before + 1]) {
        let after = Int(graph.targets[place])
        if after != before { sums[after] += abs(strengths[place]) }
      }
    }
    let dominant = zip(diagonal, sums).count { abs($0) > $1 }
    return Double(dominant) / Double(max(1, diagonal.count))
  }
}

/// Gaussian elimination with partial pivoting.
package enum DenseSolver {
  /// x of A x = b; `nil` where A is singular in double.
  package static func solve(_ rows: [[Double]], _ right: [Double]) -> [Double]? {
    var rows = rows
    var right = right
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      guard abs(rows[pivot][column]) > 0 else { return nil }
      rows.swapAt(column, pivot)
      right.swapAt(column, pivot)
      for row in column + 1..<max(count, column + 1) {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for place in column..<count { rows[row][place] -= factor * rows[column][place] }
        right[row] -= factor * right[column]
      }
    }
    for row in (0..<count).reversed() {
      for later in row + 1..<max(count, row + 1) { right[row] -= rows[row][later] * right[later] }
      right[row] /= rows[row][row]
    }
    return right.allSatisfy(\.isFinite) ? right : nil
  }
}
