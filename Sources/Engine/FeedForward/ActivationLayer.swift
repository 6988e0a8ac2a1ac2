/// The place of an activation in a network; ``FeedForwardContext/activation`` says which. Its
/// resolution may be its own.
package struct ActivationLayer: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { input }
  /// alpha where it is learned.
  let resolution: ParameterHandle?
  private let start: Double
  /// Whether a self-learnable activation precedes it, so that nothing happens in full precision.
  package let isBehindCurve: Bool

  /// Without a resolution of its own.
  package init(input: ImageShape, isBehindCurve: Bool = false) {
    self.input = input
    self.isBehindCurve = isBehindCurve
    (resolution, start) = (nil, 0)
  }

  /// With a resolution of its own, which begins with `start`.
  package init(
    _ name: String, input: ImageShape, resolution start: Double, isBehindCurve: Bool = false,
    layout: inout ParameterLayout
  ) {
    self.input = input
    self.isBehindCurve = isBehindCurve
    self.start = start
    resolution = layout.add(name + Self.suffix, rows: 1, columns: 1)
  }

  private static let suffix = ".resolution"

  /// Whether a parameter with this name is a resolution.
  static func isResolution(_ name: String) -> Bool { name.hasSuffix(suffix) }

  package func initialize(_ weights: ParameterSlab, seed: UInt64) {
    if let resolution { weights[resolution].fill(Float(start)) }
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    ActivationPass(self)
  }
}

final class ActivationPass: FeedForwardLayerPass {
  private let resolution: ParameterHandle?
  private let isBehindCurve: Bool

  init(_ layer: ActivationLayer) {
    (resolution, isBehindCurve) = (layer.resolution, layer.isBehindCurve)
  }

  /// Whether numbers pass as they are, both ways.
  private func isOpen(_ context: FeedForwardContext) -> Bool {
    isBehindCurve && context.activation.form == .rectified
  }

  private func resolution(_ context: FeedForwardContext) -> Float? {
    resolution.map { context.weights[$0][0, 0] }
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    if isOpen(context) { return output.copy(from: input) }
    context.activation.forward(input, into: output, resolution: resolution(context))
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    let alpha = resolution(context)
    if let resolution, let alpha {
      gradients[resolution][0, 0] = Float(
        context.activation.resolutionGradient(outputGradient, input: input, resolution: alpha))
    }
    guard let inputGradient else { return }
    if isOpen(context) { return inputGradient.copy(from: outputGradient) }
    context.activation.backward(
      outputGradient, input: input, into: inputGradient, resolution: alpha)
  }
}
