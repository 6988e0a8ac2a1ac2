/// What is asked of the counts of the outputs (specification of ST-RSBP, 1.7 and 2.6).
package struct ReferenceSpikeObjective: Sendable {
  package var label: Int
  package var desired: Int
  package var undesired: Int
  package var margin: Int
  package var sampleWeight: Double

  package init(label: Int, desired: Int, undesired: Int, margin: Int, sampleWeight: Double) {
    (self.label, self.desired, self.undesired) = (label, desired, undesired)
    (self.margin, self.sampleWeight) = (margin, sampleWeight)
  }

  /// y.
  package func targets(_ outputs: Int) -> [Double] {
    (0..<outputs).map { Double($0 == label ? desired : undesired) }
  }

  private func differences(_ counts: [Int]) -> [Double] {
    zip(counts, targets(counts.count)).map { Double($0) - $1 }
  }

  /// 1/2 |o - y|^2, whatever the margin is.
  package func loss(_ counts: [Int]) -> Double {
    differences(counts).reduce(0) { $0 + $1 * $1 } / 2
  }

  /// c.
  package func errors(_ counts: [Int]) -> [Double] {
    differences(counts).map { abs($0) <= Double(margin) ? 0 : sampleWeight * $0 }
  }

  /// The squared errors outside the margin.
  package func cost(_ counts: [Int]) -> Double {
    differences(counts).reduce(0) { abs($1) <= Double(margin) ? $0 : $0 + $1 * $1 }
  }

  /// The outputs' trains of a backward pass: a silent target gets spikes at n, 2n, 3n, ...
  package func trainsBackward(_ trains: [[Int]], steps: Int) -> [[Int]] {
    guard trains[label].isEmpty else { return trains }
    var trains = trains
    let gap = max(1, steps / desired)
    trains[label] = (1..<steps).filter { $0 % gap == 0 }
    return trains
  }
}
