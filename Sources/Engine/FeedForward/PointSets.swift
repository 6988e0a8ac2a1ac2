/// Points around the corners of the unit square, with normal noise of deviation 0.1 in both
/// directions: those of one diagonal are one class. Every fifth one tests and validates.
package struct ExclusiveOrPoints: LabelledImages {
  package let title = "exclusive or"
  package let shape = ImageShape(channels: 2)
  package let classes = 2
  package let background: [Float] = [0, 0]
  private let training: [SIMD2<Float>]
  private let test: [SIMD2<Float>]

  private static let noise = 0.1
  private static let corners = 4
  private static let testShare = 5

  package init(perCorner: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .partition)
    let points = (0..<perCorner * Self.corners).map { index in
      SIMD2(
        Float(Double(index & 1) + Self.noise * stream.nextNormal()),
        Float(Double(index >> 1 & 1) + Self.noise * stream.nextNormal()))
    }
    let tests = { (index: Int) in index / Self.corners % Self.testShare == 0 }
    test = points.enumerated().filter { tests($0.offset) }.map(\.element)
    training = points.enumerated().filter { !tests($0.offset) }.map(\.element)
  }

  private func points(_ split: Gauge.Split) -> [SIMD2<Float>] {
    split == .training ? training : test
  }

  package func count(in split: Gauge.Split) -> Int { points(split).count }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    (index & 1) ^ (index >> 1 & 1)
  }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let point = points(split)[index]
    (destination[0], destination[stride]) = (point.x, point.y)
  }
}

/// The polynomial regression of the authors of self-learnable activations (specification, 5): 100
/// standard normal numbers, and the sum of 10 products of `order` of them, drawn with replacement.
/// Three of ten rows test and validate.
package struct PolynomialRegression: LabelledImages {
  package let title = "polynomial regression"
  package let shape: ImageShape
  package let classes = 1
  package let isRegression = true
  package var background: [Float] { Array(repeating: 0, count: shape.channels) }
  private let values: [Float]
  private let targets: [Float]
  private let trainingCount: Int

  package static let inputs = 100
  private static let products = 10

  package init(rows: Int, order: Int, seed: UInt64, inputs: Int = inputs) {
    var stream = RandomStream(seed: seed, purpose: .partition)
    let factors = (0..<Self.products).map { _ in
      (0..<order).map { _ in stream.nextIndex(below: inputs) }
    }
    let values = (0..<rows * inputs).map { _ in Float(stream.nextNormal()) }
    shape = ImageShape(channels: inputs)
    targets = (0..<rows).map { row in
      factors.reduce(0) { sum, factors in
        sum + factors.reduce(1) { $0 * values[row * inputs + $1] }
      }
    }
    self.values = values
    trainingCount = rows * 7 / 10
  }

  package func count(in split: Gauge.Split) -> Int {
    split == .training ? trainingCount : targets.count - trainingCount
  }

  private func row(_ index: Int, _ split: Gauge.Split) -> Int {
    split == .training ? index : trainingCount + index
  }

  package func label(_ index: Int, in split: Gauge.Split) -> Int { 0 }

  package func target(_ index: Int, in split: Gauge.Split) -> Float { targets[row(index, split)] }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let first = row(index, split) * shape.channels
    for channel in 0..<shape.channels { destination[channel * stride] = values[first + channel] }
  }
}
