/// The images of one split: `indices[i]` is the place of sample i in `images`, which several splits
/// may share.
package struct ImagePart: Sendable {
  package let images: ImageSet
  package let indices: [Int]

  package init(images: ImageSet, indices: [Int]) {
    self.images = images
    self.indices = indices
  }
}

/// Images shown pixel by pixel: one grey value 0...1 a step, in a fixed order of the positions.
///
/// All splits share the images they are drawn from.
final class ImageProblem: Problem {
  typealias Part = ImagePart

  let title: String
  let classes = 10
  let channels = 1
  /// What the labels 0...9 stand for.
  let classNames: [String]
  var steps: Int { order.count }

  /// Step t shows the pixel at row-major position `order[t]`.
  let order: [Int]
  private let training: Part
  private let validation: Part
  private let test: Part

  init(
    title: String, classNames: [String], order: [Int], training: Part, validation: Part,
    test: Part
  ) {
    self.title = title
    self.classNames = classNames
    self.order = order
    self.training = training
    self.validation = validation
    self.test = test
  }

  var inputs: InputDescription {
    InputDescription(steps: steps, channels: channels, classes: classNames)
  }

  private func part(_ split: Gauge.Split) -> Part {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }

  func count(in split: Gauge.Split) -> Int { part(split).indices.count }

  func label(_ index: Int, in split: Gauge.Split) -> Int {
    let part = part(split)
    return Int(part.images.labels[part.indices[index]])
  }

  func copySample(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let part = part(split)
    part.images.copy(part.indices[index], order: order, to: destination, stride: stride)
  }
}
