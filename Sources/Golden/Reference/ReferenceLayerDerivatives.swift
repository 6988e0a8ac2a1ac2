/// Makes a layer's quantities out of its trains and errors.
struct ReferenceLayerDerivatives {
  var layer: ReferenceSpikingNetwork.Layer
  var response: ReferenceSpikeResponse
  var before: [[Int]]
  var after: [[Int]]
  var derivative: ReferencePostDerivative
  /// e/o_pre of a silent pair.
  var silentRatio = 0.5

  private static let leastDiagonal = 1e-4

  func errors(_ errors: [Double], factors: [Double]) -> ReferenceSpikingErrors {
    let delta = errors.map { $0 / layer.threshold }
    let responses = response.potentials(before: before, after: after)
    let own = layer.recurrent.map { existing($0, response.potentials(before: after, after: after)) }
    let slopes = slopes(responses, before)
    let ratios = ratios(responses, before, silent: silentRatio)
    let ownSlopes = own.flatMap { own in
      layer.recurrent.map { existing($0, self.slopes(own, after)) }
    }
    let ownRatios = own.flatMap { own in
      layer.recurrent.map { existing($0, self.ratios(own, after, silent: silentRatio)) }
    }
    let diagonal = diagonal(slopes, ownSlopes)
    let feed = product(layer.forward, ratios)
    let system = ownRatios.map { self.system(diagonal, $0, withSelf: false) }
    let alone = zip(delta, diagonal).map { $0 / $1 }
    let adjoint = system.map { Self.solution(of: Self.transposed($0), delta) } ?? alone
    return ReferenceSpikingErrors(
      errors: errors, delta: delta, responses: responses, recurrentResponses: own, slopes: slopes,
      ratios: ratios, recurrentSlopes: ownSlopes, recurrentRatios: ownRatios, feed: feed,
      diagonal: diagonal, system: system,
      systemWithSelf: ownRatios.map { self.system(diagonal, $0, withSelf: true) },
      adjoint: adjoint, errorsBelow: Self.passed(adjoint, feed),
      gradient: gradient(zip(alone, factors).map { $0 * $1 }, responses, own),
      fullGradient: gradient(zip(adjoint, factors).map { $0 * $1 }, responses, own),
      hybrid: hybrid(delta, factors, responses, own))
  }

  // MARK: Derivatives of e

  /// g.
  private func slopes(_ responses: [[Double]], _ before: [[Int]]) -> [[Double]] {
    after.indices.map { i in
      before.indices.map { j in
        switch derivative {
        case .ratio: after[i].isEmpty ? 0 : responses[i][j] / Double(after[i].count)
        case .table(let rows): slope(rows, before: before[j].count, after: after[i].count)
        }
      }
    }
  }

  private func slope(_ rows: [[Double]], before: Int, after: Int) -> Double {
    let row = rows[min(max(before, 1), rows.count) - 1]
    var o = Double(after)
    if layer.recurrent != nil { o = Double(min(max(after, 1), rows.count)) }
    return o == 0 ? 0 : 4 * row[0] * o * o * o + 3 * row[1] * o * o + 2 * row[2] * o + row[3]
  }

  /// r.
  private func ratios(_ responses: [[Double]], _ before: [[Int]], silent: Double) -> [[Double]] {
    after.indices.map { i in
      before.indices.map { j in
        after[i].isEmpty || before[j].isEmpty ? silent : responses[i][j] / Double(before[j].count)
      }
    }
  }

  /// 0 where there is no synapse.
  private func existing(_ recurrent: [[Double]], _ values: [[Double]]) -> [[Double]] {
    zip(recurrent, values).map { zip($0, $1).map { $0 == 0 ? 0 : $1 } }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map { $0 * $1 } }
  }

  // MARK: The linear system

  /// D.
  private func diagonal(_ slopes: [[Double]], _ own: [[Double]]?) -> [Double] {
    layer.forward.indices.map { l in
      var sum = zip(layer.forward[l], slopes[l]).reduce(0) { $0 + $1.0 * $1.1 }
      guard let recurrent = layer.recurrent, let own else { return 1 - sum / layer.threshold }
      sum += zip(recurrent[l], own[l]).reduce(0) { $0 + $1.0 * $1.1 }
      let value = 1 - sum / layer.threshold
      if abs(value) >= Self.leastDiagonal { return value }
      return value < 0 ? -Self.leastDiagonal : Self.leastDiagonal
    }
  }

  private func system(_ diagonal: [Double], _ ratios: [[Double]], withSelf: Bool) -> [[Double]] {
    diagonal.indices.map { l in
      diagonal.indices.map { p in
        let coupling = (layer.recurrent?[l][p] ?? 0) * ratios[l][p] / layer.threshold
        guard p == l else { return -coupling }
        return withSelf ? diagonal[l] - coupling : diagonal[l]
      }
    }
  }

  static func transposed(_ rows: [[Double]]) -> [[Double]] {
    rows.indices.map { column in rows.map { $0[column] } }
  }

  /// x of A x = b, by elimination of the largest element of each column in turn.
  static func solution(of matrix: [[Double]], _ right: [Double]) -> [Double] {
    var rows = zip(matrix, right).map { $0 + [$1] }
    for column in rows.indices {
      let largest = rows.indices[column...].max { abs(rows[$0][column]) < abs(rows[$1][column]) }
      rows.swapAt(column, largest ?? column)
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for row in rows.indices where row != column {
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
      }
    }
    return rows.map { $0[right.count] }
  }

  // MARK: Gradients

  private func gradient(
    _ adjoint: [Double], _ responses: [[Double]], _ own: [[Double]]?
  ) -> ReferenceSpikingErrors.Gradient {
    func scaled(_ rows: [[Double]]) -> [[Double]] {
      zip(adjoint, rows).map { factor, row in row.map { factor * $0 } }
    }
    return ReferenceSpikingErrors.Gradient(forward: scaled(responses), recurrent: own.map(scaled))
  }

  private static func passed(_ adjoint: [Double], _ feed: [[Double]]) -> [Double] {
    (feed.first ?? []).indices.map { i in
      adjoint.indices.reduce(0) { $0 + adjoint[$1] * feed[$1][i] }
    }
  }

  /// HM2-BP: e/o_post is 0.5 where the neuron after the synapse is silent, e/o_pre is 1 where either is
  /// (2.2 and 2.3).
  private func hybrid(
    _ delta: [Double], _ factors: [Double], _ responses: [[Double]], _ own: [[Double]]?
  ) -> ReferenceSpikingErrors.Hybrid {
    func sum(_ weights: [[Double]], _ responses: [[Double]], _ l: Int) -> Double {
      weights[l].indices.reduce(0) { sum, j in
        let isSilent = after[l].isEmpty
        // A synapse that does not exist has weight 0.
        return sum + weights[l][j] * (isSilent ? 0.5 : responses[l][j] / Double(after[l].count))
      }
    }
    let side = delta.indices.map { l in
      var all = sum(layer.forward, responses, l)
      if let recurrent = layer.recurrent, let own { all += sum(recurrent, own, l) }
      return all / layer.threshold
    }
    let scale = delta.indices.map { delta[$0] * (1 + side[$0]) * factors[$0] }
    let feed = product(layer.forward, ratios(responses, before, silent: 1))
    return ReferenceSpikingErrors.Hybrid(
      side: side, gradient: gradient(scale, responses, own), errorsBelow: Self.passed(delta, feed))
  }
}
