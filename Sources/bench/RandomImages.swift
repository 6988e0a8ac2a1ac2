import Engine

/// Uniform random images with labels in turn.
struct RandomImages: LabelledImages {
  let title = "random"
  let shape: ImageShape
  let classes = 10
  var background: [Float] { Array(repeating: 0, count: shape.channels) }
  private let samples: Int
  private let values: [Float]

  init(shape: ImageShape, samples: Int) {
    self.shape = shape
    self.samples = samples
    var values = [Float](repeating: 0, count: shape.count * samples)
    values.withUnsafeMutableBufferPointer { target in
      if let base = target.baseAddress {
        RandomStream(seed: 1, purpose: .permutation).fillUniforms(base, count: target.count)
      }
    }
    self.values = values
  }

  func count(in split: Gauge.Split) -> Int { samples }
  func label(_ index: Int, in split: Gauge.Split) -> Int { index % classes }

  func copyImage(
    _ index: Int, in split: Gauge.Split, to destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for channel in 0..<shape.channels {
        (destination + channel * stride).update(
          from: base + index * shape.count + channel * shape.area, count: shape.area)
      }
    }
  }
}
