/// A layer that turns a sequence into a sequence, step by step: an immutable value that knows
/// its sizes and where its parameters are. Memory belongs to its passes.
package protocol SequenceLayer: Sendable {
  var inputs: Int { get }
  var outputs: Int { get }
  /// State variables per sequence, voltages of quantizers included.
  var state: Int { get }
  /// The signals that carry a quantizer, in the order of ``PassContext/resolutions``.
  var sites: [QuantizedSignal] { get }
  /// What a step takes.
  var work: LayerWork { get }

  /// Writes the starting weights for `seed`.
  func initialize(_ weights: ParameterSlab, seed: UInt64)

  /// Carves the memory to run up to `rows` sequences of `steps` steps.
  func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass
}

extension SequenceLayer {
  /// What those see that get the layer's outputs.
  var outputSource: Connection.Source { .site(0) }
}

/// The memory of a ``SequenceLayer`` and its run over whole sequences.
///
/// Sequences are step-major: with `rows` sequences at once, step t of sequence r is row
/// `t * rows + r`.
package protocol SequencePass: AnyObject {
  /// Runs over `input`, (steps * rows) x inputs.
  func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext)

  /// The outputs of all steps after `forward`, (steps * rows) x outputs.
  var output: Matrix { get }

  /// Overwrites the layer's part of `gradients` with the gradient of a loss whose derivative by
  /// the outputs of the last step is `lastStep` (rows x outputs), and is zero by all others.
  func backward(
    lastStep: Matrix, input: Matrix, weights: ParameterSlab, gradients: ParameterSlab)

  /// Outputs of quantized signal `site` at all steps, (steps * rows) x units.
  func signal(_ site: Int) -> Matrix
}

/// One signal of a layer that carries a quantizer.
package struct QuantizedSignal: Sendable, Equatable {
  /// `h`, `m`, `u`.
  package var id: String
  package var title: String
  package var units: Int
  /// Weights that each unit's output is multiplied by at every step.
  package var fanOut: Int
  package var site: QuantizerSite
  /// The base activation is bounded by -1...1, or unbounded.
  package var bounds: ClosedRange<Double>?
}

extension QuantizedSignal {
  /// The hidden state of a cell whose only quantized signal it is.
  static func hidden(
    _ site: QuantizerSite, units: Int, fanOut: Int, bounds: ClosedRange<Double>?
  ) -> QuantizedSignal {
    QuantizedSignal(
      id: "h", title: "hidden", units: units, fanOut: fanOut, site: site, bounds: bounds)
  }
}

/// A pass whose quantizers can be given their voltages from outside.
protocol QuantizedSequencePass: SequencePass {
  /// The quantizers of its layer's sites, in their order, where the pass has them.
  var quantizers: [SiteQuantizer?] { get }
}

/// What a pass needs to know about the batch that runs through it.
package struct PassContext {
  /// w * scale of each site; infinite where the quantizer is bypassed.
  package var resolutions: [Float]
  package var seed: UInt64
  /// Distinguishes draws of one sample: the epoch in training, the draw in evaluation.
  package var draw: Int
  /// Tells the random numbers of training, validation and test apart.
  package var lane: Int
  /// Which sample each row is, so that random numbers do not depend on batches and shards.
  package var samples: UnsafeBufferPointer<Int>

  package init(
    resolutions: [Float], seed: UInt64, draw: Int, lane: Int, samples: UnsafeBufferPointer<Int>
  ) {
    self.resolutions = resolutions
    self.seed = seed
    self.draw = draw
    self.lane = lane
    self.samples = samples
  }
}
