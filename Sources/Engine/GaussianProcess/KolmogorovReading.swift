/// What a trained network says and why, in the units of the data (specification, section 5).
package struct KolmogorovReading: Sendable {
  package let network: KolmogorovNetwork
  package let table: TableSet
  /// The scaled rows that train, at most some hundred of them, evenly taken, and what they become.
  package let rows: [[Double]]
  package let passes: [KolmogorovNetwork.Pass]
  package let importance: KolmogorovImportance
  /// Of each unit and input the mean of its curve.
  package let means: [[Double]]

  private static let mostRows = 600

  package init(_ network: KolmogorovNetwork, table: TableSet) {
    self.network = network
    self.table = table
    let all = table.parts.training
    let stride = max((all.count + Self.mostRows - 1) / Self.mostRows, 1)
    rows = Swift.stride(from: 0, to: all.count, by: stride).map { table.scaledRow(all[$0]) }
    let passes = rows.map(network.run)
    self.passes = passes
    importance = KolmogorovImportance(network, passes: passes)
    means = (0..<network.units).map { unit in
      (0..<network.inputs).map { input in
        passes.reduce(0) { $0 + $1.inner[unit][input] } / Double(max(passes.count, 1))
      }
    }
  }

  /// 1, or -1 where the outer curve of a unit falls over the data: the sign that lets it rise.
  package func sign(ofUnit unit: Int, output: Int = 0) -> Double {
    let count = Double(max(passes.count, 1))
    let (t, o) = (passes.map { $0.sums[unit] }, passes.map { $0.outer[unit][output] })
    let (meanT, meanO) = (t.reduce(0, +) / count, o.reduce(0, +) / count)
    return zip(t, o).reduce(0) { $0 + ($1.0 - meanT) * ($1.1 - meanO) } < 0 ? -1 : 1
  }

  /// The place of the class that outputs speak for.
  package func answer(_ outputs: [Double]) -> Int {
    if table.classes.count == 2 { return outputs[0] > 0 ? 1 : 0 }
    return outputs.indices.max { outputs[$0] < outputs[$1] } ?? 0
  }

  /// How far the answer is ahead of the next one; without classes the negative distance from the
  /// target, so that the least certain row comes first.
  func certainty(_ outputs: [Double], row: Int) -> Double {
    if table.classes.isEmpty { return -abs(outputs[0] - table.scaledTarget(row)) }
    if table.classes.count == 2 { return abs(outputs[0]) }
    let sorted = outputs.sorted(by: >)
    return sorted.count > 1 ? sorted[0] - sorted[1] : 0
  }

  /// The smallest change of each single input, within the range of the training, that turns the
  /// answer to a row; nearest first on the scale of the network.
  package func flips(of row: Int) -> [ExampleReport.Flip] {
    guard !table.classes.isEmpty else { return [] }
    let x = table.scaledRow(row)
    let found = x.indices.compactMap { input -> (input: Int, to: Double)? in
      // Of an input that is the same in all rows every place stands for the same value.
      guard table.original(-1, input: input) < table.original(1, input: input) else { return nil }
      return flip(x, input).map { (input: input, to: $0) }
    }
    return found.sorted { abs($0.to - x[$0.input]) < abs($1.to - x[$1.input]) }.map { flip in
      ExampleReport.Flip(
        name: table.names[flip.input], from: table.rows[row][flip.input],
        to: table.original(flip.to, input: flip.input))
    }
  }

  private static let scanned = 200
  private static let halvings = 20

  private func flip(_ x: [Double], _ input: Int) -> Double? {
    let pass = network.run(x)
    let own = answer(pass.outputs)
    let basis = network.innerBasis
    let turns = { (value: Double) -> Bool in
      let row = basis.row(value)
      var phi = pass.inner
      for unit in phi.indices {
        phi[unit][input] = network.innerValue(unit: unit, input: input, row: row)
      }
      return answer(network.pass(phi).outputs) != own
    }
    let places = (0...Self.scanned).map { 2 * Double($0) / Double(Self.scanned) - 1 }
      .sorted { abs($0 - x[input]) < abs($1 - x[input]) }
    guard var beyond = places.first(where: turns) else { return nil }
    // Between the place before it, which does not turn, and itself.
    let step = 2 / Double(Self.scanned) * (beyond < x[input] ? 1 : -1)
    var within = abs(beyond - x[input]) < abs(step) ? x[input] : beyond + step
    for _ in 0..<Self.halvings {
      let middle = (within + beyond) / 2
      if turns(middle) { beyond = middle } else { within = middle }
    }
    return beyond
  }
}
