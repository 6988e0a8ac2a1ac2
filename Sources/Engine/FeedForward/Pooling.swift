import Kernels

/// The largest or the mean number under square windows, channel by channel, without padding. Of
/// equal numbers, which quantized activations have many of, the first one wins and gets the
/// gradient.
package struct Pooling: FeedForwardLayer {
  package enum Kind: Sendable, Equatable { case largest, mean }

  package let kind: Kind
  package let input: ImageShape
  package let output: ImageShape
  let window: image_window

  package init(_ kind: Kind, input: ImageShape, kernel: Int, stride: Int? = nil) {
    self.kind = kind
    self.input = input
    window = image_window(input, kernel: kernel, stride: stride ?? kernel)
    output = window.output(channels: input.channels)
  }

  package var kernel: Int { window.kernel }
  package var stride: Int { window.stride }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    PoolingPass(self, shards: shards, rows: rows, in: workspace)
  }
}

final class PoolingPass: FeedForwardLayerPass {
  private let layer: Pooling
  /// Which place of its window the largest number has, for each shard.
  private let winners: [Matrix]

  init(_ layer: Pooling, shards: Int, rows: Int, in workspace: Workspace) {
    self.layer = layer
    let rows = layer.kind == .largest ? rows : 0
    winners = (0..<shards).map { _ in
      workspace.matrix(layer.output.channels, rows * layer.output.area)
    }
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    let planes = input.count / layer.input.area
    switch layer.kind {
    case .largest:
      max_pool(output.base, winners[shard].base, input.base, planes, layer.window)
    case .mean: average_pool(output.base, input.base, planes, layer.window)
    }
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    guard let inputGradient else { return }
    inputGradient.fill(0)
    let planes = input.count / layer.input.area
    switch layer.kind {
    case .largest:
      max_pool_backward(
        inputGradient.base, outputGradient.base, winners[shard].base, planes, layer.window)
    case .mean:
      average_pool_backward(inputGradient.base, outputGradient.base, planes, layer.window)
    }
  }
}
