/// Batch normalization (Ioffe and Szegedy 2015): each channel minus its mean, divided by
/// sqrt(variance + 1e-5), over all samples and places of the whole batch, all shards together; with
/// gain and shift only where it `isScaled`. In evaluation running statistics stand for the batch's:
/// a tenth of the batch's mean and of its unbiased variance is mixed in at each training step.
package struct BatchNorm: FeedForwardLayer {
  package let input: ImageShape
  package var output: ImageShape { input }
  package var isScaled: Bool { scale != nil }
  let scale: (gain: ParameterHandle, shift: ParameterHandle)?
  let mean: ParameterHandle
  let variance: ParameterHandle

  static let epsilon = 1e-5
  /// The share of the present batch in the running statistics.
  static let renewal: Float = 0.1

  package init(
    _ name: String, input: ImageShape, isScaled: Bool = false, layout: inout ParameterLayout
  ) {
    self.input = input
    let add = { (part: String, role: ParameterLayout.Role, layout: inout ParameterLayout) in
      layout.add("\(name).\(part)", rows: input.channels, columns: 1, role: role)
    }
    scale =
      isScaled ? (add("gain", .weight, &layout), add("shift", .bias, &layout)) : nil
    mean = add("mean", .statistic, &layout)
    variance = add("variance", .statistic, &layout)
  }

  package func initialize(_ slab: ParameterSlab, seed: UInt64) {
    if let scale {
      slab[scale.gain].fill(1)
      slab[scale.shift].fill(0)
    }
    slab[mean].fill(0)
    slab[variance].fill(1)
  }

  package func makePass(
    shards: Int, rows: Int, in workspace: Workspace
  ) -> any FeedForwardLayerPass {
    BatchNormPass(self, shards: shards, in: workspace)
  }
}
