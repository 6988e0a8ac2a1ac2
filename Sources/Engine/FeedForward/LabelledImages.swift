/// Labelled samples for feed-forward networks, in three splits. Immutable; may be read from several
/// threads at once.
package protocol LabelledImages: Sendable {
  var title: String { get }
  var shape: ImageShape { get }
  var classes: Int { get }
  /// What each class is called; none of a regression.
  var classNames: [String] { get }
  /// What a channel has where there is no image: beyond its edge, after cropping.
  var background: [Float] { get }

  func count(in split: Gauge.Split) -> Int
  func label(_ index: Int, in split: Gauge.Split) -> Int

  /// Whether numbers are to be found, and not classes.
  var isRegression: Bool { get }
  /// The number that is to be found.
  func target(_ index: Int, in split: Gauge.Split) -> Float
  /// What a target of 1 is in the units of the data.
  var targetScale: Double { get }

  /// Writes the plane of channel c of sample `index` to `destination + c * stride`, row by row.
  func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int)
}

extension LabelledImages {
  package var isRegression: Bool { false }
  package var classNames: [String] { isRegression ? [] : (0..<classes).map(String.init) }
  package func target(_ index: Int, in split: Gauge.Split) -> Float { 0 }
  package var targetScale: Double { 1 }
}

/// The images of a problem that shows them row by row, one grey value a step: digits, MNIST,
/// Fashion-MNIST.
package struct GreyImages: LabelledImages {
  private let problem: any Problem
  package let shape: ImageShape
  package let background: [Float] = [0]

  /// `nil` where the problem's sequences are no squares of single values.
  package init?(_ problem: any Problem) {
    let side = Int(Double(problem.steps).squareRoot())
    guard problem.channels == 1, side * side == problem.steps else { return nil }
    self.problem = problem
    shape = ImageShape(channels: 1, height: side, width: side)
  }

  package var title: String { problem.title }
  package var classes: Int { problem.classes }
  package func count(in split: Gauge.Split) -> Int { problem.count(in: split) }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    problem.label(index, in: split)
  }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    problem.copySample(index, in: split, to: destination, stride: 1)
  }
}
