/// Sizes of the numbers of one sample between two layers of a feed-forward network: `channels`
/// planes of height x width. A vector is so many channels of 1 x 1.
///
/// A batch of them is channel-major: a matrix with a row for each channel, in which samples follow
/// each other, plane by plane. So a channel's numbers of all samples are contiguous for sums over
/// them, a convolution is one product, and a dense layer is a convolution of 1 x 1 planes.
package struct ImageShape: Sendable, Equatable {
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(channels: Int, height: Int = 1, width: Int = 1) {
    precondition(channels > 0 && height > 0 && width > 0, "a shape has positive sizes")
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Numbers of a plane, and of a sample.
  package var area: Int { height * width }
  package var count: Int { channels * area }
}

extension Matrix {
  /// The beginning of this memory as a batch of `rows` samples.
  func batch(_ shape: ImageShape, rows: Int) -> Matrix {
    Matrix(buffer: buffer, offset: offset, rows: shape.channels, columns: rows * shape.area)
  }
}
