/// The rows of a table as samples of a network without time. Inputs are scaled so that those of the
/// training lie in -1...1; targets of a regression are deviations from their mean, in standard
/// deviations of the training. Rows that test validate as well.
package struct TableSamples: LabelledImages {
  package let title: String
  package let shape: ImageShape
  package let classes: Int
  package let classNames: [String]
  package let isRegression: Bool
  package let targetScale: Double
  /// Of the inputs.
  package let names: [String]
  package var background: [Float] { Array(repeating: 0, count: shape.channels) }
  private let training: Part
  private let test: Part

  /// Rows that train, or test.
  private struct Part: Sendable {
    /// Row by row.
    var inputs: [Float] = []
    /// Places of classes, or scaled values.
    var targets: [Float] = []

    init(_ table: TableSet, _ split: Gauge.Split) {
      for index in table.indices(of: split) {
        inputs += table.scaledRow(index).map { Float($0) }
        targets.append(Float(table.scaledTarget(index)))
      }
    }
  }

  package init(_ table: TableSet) {
    (title, names, classNames) = (table.title, table.names, table.classes)
    shape = ImageShape(channels: table.names.count)
    isRegression = table.classes.isEmpty
    targetScale = table.targetScaling.deviation
    classes = max(table.classes.count, 1)
    (training, test) = (Part(table, .training), Part(table, .test))
  }

  private func part(_ split: Gauge.Split) -> Part { split == .training ? training : test }

  package func count(in split: Gauge.Split) -> Int { part(split).targets.count }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    isRegression ? 0 : Int(part(split).targets[index])
  }

  package func target(_ index: Int, in split: Gauge.Split) -> Float { part(split).targets[index] }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let inputs = part(split).inputs
    let first = index * shape.channels
    for channel in 0..<shape.channels { destination[channel * stride] = inputs[first + channel] }
  }
}
