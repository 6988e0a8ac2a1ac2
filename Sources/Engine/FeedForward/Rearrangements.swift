import Kernels

/// Makes a vector of the planes of a sample, channel by channel.
package struct Flattening: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { ImageShape(channels: input.count) }

  package init(input: ImageShape) { self.input = input }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    FlatteningPass(input)
  }
}

final class FlatteningPass: FeedForwardLayerPass {
  private let shape: ImageShape

  init(_ shape: ImageShape) { self.shape = shape }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    transposePlanes(input.base, into: output.base, input.columns / shape.area, shape.area)
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    transposePlanes(
      outputGradient.base, into: inputGradient.base, shape.area, input.columns / shape.area)
  }

  /// Of each channel, which has the same place in both, rows become columns.
  private func transposePlanes(
    _ from: UnsafeMutablePointer<Float>, into to: UnsafeMutablePointer<Float>, _ rows: Int,
    _ columns: Int
  ) {
    for channel in 0..<shape.channels {
      let first = channel * rows * columns
      Kernels.transpose(to + first, from + first, rows, columns)
    }
  }
}

/// The shortcut of a residual block that halves its planes (He et al. 2016, option A): every
/// `stride`-th number of every `stride`-th row, and channels of zeros behind.
package struct Shortcut: FeedForwardLayer {
  package let input: ImageShape
  package let output: ImageShape
  let window: image_window

  package init(input: ImageShape, channels: Int, stride: Int) {
    precondition(channels >= input.channels, "a shortcut drops no channels")
    self.input = input
    window = image_window(input, kernel: 1, stride: stride)
    output = window.output(channels: channels)
  }

  package var stride: Int { window.stride }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    ShortcutPass(self)
  }
}

final class ShortcutPass: FeedForwardLayerPass {
  private let layer: Shortcut

  init(_ layer: Shortcut) { self.layer = layer }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    subsample(output.base, input.base, input.count / layer.input.area, layer.window)
    let channels = layer.input.channels
    output.rows(channels, output.rows - channels).fill(0)
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    subsample_backward(
      inputGradient.base, outputGradient.base, input.count / layer.input.area, layer.window)
  }
}
