/// Training images are moved by up to `padding` pixels in each direction, what comes in from beyond
/// the edge being background, and mirrored left to right every other time where `flips`
/// (specification of the coarse gradient, 4.2). What happens to a sample is a function of seed,
/// sample and epoch.
package struct ImageAugmentation: Sendable, Equatable, Codable {
  package var padding: Int
  package var flips: Bool

  package init(padding: Int = 4, flips: Bool = true) {
    self.padding = padding
    self.flips = flips
  }

  /// One way of changing an image.
  struct Change: Equatable {
    /// How far the crop begins below and right of the image's corner; negative in the padding.
    var down: Int
    var right: Int
    var isMirrored: Bool
  }

  func change(seed: UInt64, sample: Int, epoch: Int) -> Change {
    var stream = RandomStream(seed: seed, purpose: .augmentation, first: sample, second: epoch)
    let down = stream.nextIndex(below: 2 * padding + 1) - padding
    let right = stream.nextIndex(below: 2 * padding + 1) - padding
    return Change(
      down: down, right: right, isMirrored: flips && stream.nextIndex(below: 2) == 1)
  }
}

extension ImageAugmentation.Change {
  /// Writes the changed planes of `source` (planes one after another) to `destination`, channel c
  /// from `c * stride` on.
  func apply(
    to source: UnsafePointer<Float>, shape: ImageShape, background: [Float],
    into destination: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for channel in 0..<shape.channels {
      let from = source + channel * shape.area
      let to = destination + channel * stride
      for y in 0..<shape.height {
        for x in 0..<shape.width {
          let row = y + down
          let column = (isMirrored ? shape.width - 1 - x : x) + right
          let isInside =
            row >= 0 && row < shape.height && column >= 0 && column < shape.width
          to[y * shape.width + x] =
            isInside ? from[row * shape.width + column] : background[channel]
        }
      }
    }
  }
}
