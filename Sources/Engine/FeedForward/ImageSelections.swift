/// The first samples of others, for quick runs.
struct FirstImages: LabelledImages {
  let images: any LabelledImages
  /// Samples that train, and that validate and test; 0 for all there are.
  let training: Int
  let evaluation: Int

  var title: String { images.title }
  var shape: ImageShape { images.shape }
  var classes: Int { images.classes }
  var classNames: [String] { images.classNames }
  var background: [Float] { images.background }

  func count(in split: Gauge.Split) -> Int {
    let all = images.count(in: split)
    let most = split == .training ? training : evaluation
    return most > 0 ? min(most, all) : all
  }

  var isRegression: Bool { images.isRegression }
  var targetScale: Double { images.targetScale }

  func label(_ index: Int, in split: Gauge.Split) -> Int { images.label(index, in: split) }

  func target(_ index: Int, in split: Gauge.Split) -> Float { images.target(index, in: split) }

  func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    images.copyImage(index, in: split, to: destination, stride: stride)
  }
}

/// Others whose samples of validation train too, after those of training; those of the test
/// validate.
package struct JoinedImages: LabelledImages {
  private let images: any LabelledImages

  package init(images: any LabelledImages) { self.images = images }

  package var title: String { images.title }
  package var shape: ImageShape { images.shape }
  package var classes: Int { images.classes }
  package var classNames: [String] { images.classNames }
  package var background: [Float] { images.background }

  package func count(in split: Gauge.Split) -> Int {
    split == .training
      ? images.count(in: .training) + images.count(in: .validation) : images.count(in: .test)
  }

  package var isRegression: Bool { images.isRegression }
  package var targetScale: Double { images.targetScale }

  package func target(_ index: Int, in split: Gauge.Split) -> Float {
    let place = place(of: index, in: split)
    return images.target(place.index, in: place.split)
  }

  package func label(_ index: Int, in split: Gauge.Split) -> Int {
    let place = place(of: index, in: split)
    return images.label(place.index, in: place.split)
  }

  package func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let place = place(of: index, in: split)
    images.copyImage(place.index, in: place.split, to: destination, stride: stride)
  }

  private func place(of index: Int, in split: Gauge.Split) -> (index: Int, split: Gauge.Split) {
    guard split == .training else { return (index, .test) }
    let count = images.count(in: .training)
    return index < count ? (index, .training) : (index - count, .validation)
  }
}
