import Foundation

/// The synthetic classes of the desk-scale replica (specification of the coarse gradient, 4.5):
/// x of standard normal numbers, its class the largest of W2' tanh(2 W1' x) with W1 of variance
/// 1 / inputs and W2 of variance 1. All samples train; validation and test see the same ones.
///
/// Numbers are the portable normals of the seed: W1 (inputs x hidden), W2 (hidden x classes), then
/// the samples.
package struct SyntheticClasses: LabelledImages {
  package let title = "synthetic classes"
  package let shape: ImageShape
  package let classes: Int
  package var background: [Float] { Array(repeating: 0, count: shape.channels) }
  private let values: [Float]
  private let labels: [Int]

  package init(
    seed: UInt64, samples: Int = 1024, shape: ImageShape = ImageShape(channels: 16),
    hidden: Int = 24, classes: Int = 4
  ) {
    let inputs = shape.count
    let normals = PortableNormals(seed: seed)
    let (first, second) = (inputs * hidden, hidden * classes)
    let w1 = normals.numbers(first).map { $0 / Double(inputs).squareRoot() }
    let w2 = normals.numbers(second, from: first)
    let x = normals.numbers(samples * inputs, from: first + second)
    self.shape = shape
    self.classes = classes
    values = x.map { Float($0) }
    labels = (0..<samples).map { sample in
      let x = x[sample * inputs..<(sample + 1) * inputs]
      let features = (0..<hidden).map { unit in
        tanh(2 * zip(x, 0..<inputs).reduce(0) { $0 + $1.0 * w1[$1.1 * hidden + unit] })
      }
      let scores = (0..<classes).map { c in
        features.indices.reduce(0) { $0 + features[$1] * w2[$1 * classes + c] }
      }
      return scores.indices.max { scores[$0] < scores[$1] } ?? 0
    }
  }

  package func count(in split: Gauge.Split) -> Int { labels.count }
  package func label(_ index: Int, in split: Gauge.Split) -> Int { labels[index] }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for channel in 0..<shape.channels {
      for pixel in 0..<shape.area {
        destination[channel * stride + pixel] =
          values[index * shape.count + channel * shape.area + pixel]
      }
    }
  }
}
