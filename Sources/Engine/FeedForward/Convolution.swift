import Foundation
import Kernels

/// A convolution with square windows: y = W x + b at each place, where x are the numbers under the
/// window, channel by channel and row by row, 0 beyond the edge. W is output channels x numbers
/// under the window; b is optional.
package struct Convolution: FeedForwardLayer {
  package let input: ImageShape
  package let output: ImageShape
  let window: image_window
  let weights: ParameterHandle
  let bias: ParameterHandle?
  private let start: WeightStart

  package init(
    _ name: String, input: ImageShape, channels: Int, kernel: Int, stride: Int = 1,
    padding: Int = 0, hasBias: Bool = false, start: WeightStart = .normal,
    layout: inout ParameterLayout
  ) {
    self.input = input
    self.start = start
    window = image_window(input, kernel: kernel, stride: stride, padding: padding)
    output = window.output(channels: channels)
    weights = layout.add(
      "\(name).weights", rows: channels, columns: input.channels * kernel * kernel)
    bias =
      hasBias ? layout.add("\(name).bias", rows: channels, columns: 1, role: .bias) : nil
  }

  package var kernel: Int { window.kernel }
  package var stride: Int { window.stride }
  package var padding: Int { window.padding }

  /// Whether what the window sees of a batch is the batch itself.
  var isPointwise: Bool { window.kernel == 1 && window.stride == 1 && window.padding == 0 }

  /// Numbers under the window.
  var reach: Int { input.channels * window.kernel * window.kernel }

  package func initialize(_ slab: ParameterSlab, seed: UInt64) {
    var stream = RandomStream(seed: seed, purpose: .initialization, lane: weights.index + 1)
    let first = start.fill(
      slab[weights], inputs: reach,
      outputs: output.channels * window.kernel * window.kernel, &stream)
    if let bias { slab[bias].fill(first) }
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    ConvolutionPass(self, shards: shards, rows: rows, in: workspace)
  }
}

extension image_window {
  /// A window that moves over planes of `shape`.
  init(_ shape: ImageShape, kernel: Int, stride: Int, padding: Int = 0) {
    precondition(kernel > 0 && stride > 0 && padding >= 0, "a window has positive sizes")
    precondition(
      kernel <= shape.height + 2 * padding && kernel <= shape.width + 2 * padding,
      "a window fits into the plane")
    self.init(
      height: shape.height, width: shape.width, kernel: kernel, stride: stride, padding: padding,
      out_height: (shape.height + 2 * padding - kernel) / stride + 1,
      out_width: (shape.width + 2 * padding - kernel) / stride + 1)
  }

  /// A number for each place of the window.
  func output(channels: Int) -> ImageShape {
    ImageShape(channels: channels, height: out_height, width: out_width)
  }
}
