/// A table of numbers with a target for each row, divided into rows that train and rows that test.
/// The latter validate too.
package struct TableSet: Sendable, Equatable {
  package let title: String
  /// Of the inputs.
  package let names: [String]
  package let target: String
  /// In the order of their places; none where targets are values.
  package let classes: [String]
  /// Inputs as they are in the data.
  package let rows: [[Double]]
  /// Places of classes, or values.
  package let targets: [Double]
  package let parts: TableParts
  /// The least and the greatest value of each input in the rows that train.
  package let ranges: [ClosedRange<Double>]
  /// What a target less its mean is divided by; (0, 1) of classes.
  package let targetScaling: TargetScaling

  package struct TargetScaling: Sendable, Equatable {
    package var mean = 0.0
    package var deviation = 1.0
  }

  init(
    title: String, names: [String], target: String, classes: [String], rows: [[Double]],
    targets: [Double], parts: TableParts, ranges: [ClosedRange<Double>]? = nil,
    scalesTargets: Bool = false
  ) {
    (self.title, self.names, self.target, self.classes) = (title, names, target, classes)
    (self.rows, self.targets, self.parts) = (rows, targets, parts)
    self.ranges =
      ranges
      ?? names.indices.map { input in
        let values = parts.training.map { rows[$0][input] }
        return (values.min() ?? 0)...(values.max() ?? 0)
      }
    let known = parts.training.map { targets[$0] }
    targetScaling = scalesTargets ? Self.scaling(known) : TargetScaling()
  }

  private static func scaling(_ targets: [Double]) -> TargetScaling {
    let mean = targets.reduce(0, +) / Double(max(targets.count, 1))
    let squares = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(targets.count, 1))).squareRoot()
    return TargetScaling(mean: mean, deviation: deviation > 0 ? deviation : 1)
  }

  /// Inputs of which all rows that train have the same value; they are always 0.
  package var constants: [String] {
    zip(names, ranges).filter { $1.lowerBound == $1.upperBound }.map(\.0)
  }

  /// A column whose range, or whose targets' deviation, is no finite number.
  var unscalable: String? {
    if !targetScaling.mean.isFinite || !targetScaling.deviation.isFinite { return target }
    return zip(names, ranges).first { !($1.upperBound - $1.lowerBound).isFinite }?.0
  }

  package func indices(of split: Gauge.Split) -> [Int] {
    split == .training ? parts.training : parts.test
  }

  /// An input on the scale on which the range of the training is -1...1; 0 where it is constant.
  package func scaled(_ value: Double, input: Int) -> Double {
    let range = ranges[input]
    let length = range.upperBound - range.lowerBound
    return length > 0 ? 2 * (value - range.lowerBound) / length - 1 : 0
  }

  /// The value of an input in the units of the data.
  package func original(_ x: Double, input: Int) -> Double {
    let range = ranges[input]
    return range.lowerBound + (x + 1) / 2 * (range.upperBound - range.lowerBound)
  }

  package func scaledRow(_ index: Int) -> [Double] {
    rows[index].enumerated().map { scaled($1, input: $0) }
  }

  package func scaledTarget(_ index: Int) -> Double {
    (targets[index] - targetScaling.mean) / targetScaling.deviation
  }
}
