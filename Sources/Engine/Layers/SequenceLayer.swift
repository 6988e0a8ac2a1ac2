/// A layer that turns a sequence into a sequence, step by step: an immutable value that knows
/// its sizes and where its parameters are. Memory belongs to its passes.
package protocol SequenceLayer: Sendable {
  var inputs: Int { get }
  var outputs: Int { get }
  /// Weights that each input is multiplied by at every step.
  var inputFanOut: Int { get }
  /// State variables per sequence, voltages of quantizers included.
  var state: Int { get }
  /// The signals that carry a quantizer, in the order of ``PassContext/resolutions``; the first is
  /// that of the outputs.
  var sites: [QuantizedSignal] { get }
  /// Where the signals of its sites meet weights.
  var junctions: [Junction] { get }
  /// What a step takes.
  var work: LayerWork { get }
  /// What those see that get the layer's outputs: the first site unless it says otherwise.
  var outputSource: Connection.Source { get }

  /// Its self-learnable activations; none unless it says otherwise.
  var learnedActivations: [SelfLearnableActivation] { get }

  /// How its passes compute: `stepwise` unless it says otherwise.
  var form: String { get }

  /// Writes the starting weights for `seed`.
  func initialize(_ weights: ParameterSlab, seed: UInt64)

  /// Carves the memory to run up to `rows` sequences of `steps` steps.
  func makePass(steps: Int, rows: Int, in workspace: Workspace) -> any SequencePass
}

extension SequenceLayer {
  package var form: String { LMU.Form.stepwise.rawValue }

  package var outputSource: Connection.Source { .site(0) }

  package var learnedActivations: [SelfLearnableActivation] { [] }
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

  /// The outputs of the last step after `forward`, rows x outputs.
  var lastOutput: Matrix { get }

  /// The outputs of the last step before their quantizer, rows x outputs.
  var lastRates: Matrix { get }

  /// Overwrites the layer's part of `gradients` with the gradient of a loss, given its derivative
  /// by the outputs; and `inputGradient`, where it is given, with the derivative by the input,
  /// (steps * rows) x inputs.
  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient: Matrix?,
    weights: ParameterSlab, gradients: ParameterSlab)

  /// Outputs of quantized signal `site` at all steps, (steps * signalRows) x units.
  func signal(_ site: Int) -> Matrix

  /// Sequences of the batch, the first ones, whose signals there are.
  var signalRows: Int { get }

  /// What went into its layer's self-learnable activations at those steps of the present batch that
  /// were formed, one matrix each: (steps * rows) x units.
  var learnedInputs: [Matrix] { get }

  /// What the quantizer of a site saw of one unit at all steps of sequence `row`; the output where
  /// there is none.
  func activity(of unit: Int, site: Int, row: Int) -> [Float]
}

extension SequencePass {
  package var learnedInputs: [Matrix] { [] }

  /// Outputs of one unit of a quantized signal at all steps of sequence `row`.
  func outputs(of unit: Int, site: Int, row: Int) -> [Float] {
    signal(site).column(unit, from: row, every: signalRows)
  }
}

extension Matrix {
  /// Every `stride`th number of a column.
  func column(_ column: Int, from row: Int, every stride: Int) -> [Float] {
    Swift.stride(from: row, to: rows, by: max(1, stride)).map { self[$0, column] }
  }
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
  /// Tells the random numbers of layers above each other apart.
  var layer = 0
  /// Which sample each row is, so that random numbers do not depend on batches and shards.
  package var samples: UnsafeBufferPointer<Int>
  /// Whether only ``SequencePass/lastOutput`` will be asked for, and signals now and then.
  package var isLastStepEnough: Bool
  /// Whether ``SequencePass/backward(_:input:inputGradient:weights:gradients:)`` will be called.
  package var needsSlopes: Bool

  package init(
    resolutions: [Float], seed: UInt64, draw: Int, lane: Int, samples: UnsafeBufferPointer<Int>,
    isLastStepEnough: Bool = false, needsSlopes: Bool = true
  ) {
    self.resolutions = resolutions
    self.seed = seed
    self.draw = draw
    self.lane = lane
    self.samples = samples
    self.isLastStepEnough = isLastStepEnough
    self.needsSlopes = needsSlopes
  }
}
