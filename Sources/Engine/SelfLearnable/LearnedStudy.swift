/// A study of a network with self-learnable activations, with time or without: what it takes to look
/// at them and to change them while it trains.
protocol LearnedStudy: AnyObject {
  associatedtype Turns: TakenBack

  var step: Int { get }
  var epoch: Int { get }
  /// Its self-learnable activations, in order; none where nothing is learned.
  var layers: [SelfLearnableActivation] { get }
  var weights: ParameterSlab { get }
  var optimizer: CoefficientOptimizer { get set }
  /// All that is turned beside the activations, with the order of what can be undone.
  var steering: Turns { get set }
  var edits: [EditRecord] { get set }
  var shape: LearnedShape { get set }
  var gallery: CurveGallery { get set }
  /// Whether all coefficients stay as they are, whatever is frozen of them.
  var keepsCoefficients: Bool { get }
  /// Decides all random numbers.
  var seed: UInt64 { get }
  /// Largest norm of the whole gradient.
  var clipNorm: Double? { get }
  /// What classes are called; none where there are none.
  var classNames: [String] { get }

  /// Runs the last batch, or the first where there was none, with the present weights, so that what
  /// goes into its activations can be looked at.
  func lookAtBatch()
  /// What went into an activation in the batch that was looked at, shard by shard.
  func inputs(ofLayer layer: Int) -> [ShardInputs]
  /// The weights before training.
  func startingWeights() -> (layers: [SelfLearnableActivation], weights: ParameterSlab)?
  /// Whether there are learned curves besides, which `complete` adds to a report.
  var hasOtherCurves: Bool { get }
  /// Adds to a report what only some networks have.
  func complete(_ report: inout CurvesReport, _ request: CurvesRequest)

  /// Changes a curve that is not of a self-learnable activation; `nil` where there is none of that
  /// name, else as which layer it counts in turns.
  func reshapeOther(_ curve: String, _ change: CurveChange) throws(EditError) -> LearnedShape.Turn?
  /// All parameters of an activation, or of what counts as one, with their names.
  func parameters(of layer: Int) -> [(name: String, handle: ParameterHandle)]

  /// Changes that not all networks can have: the best fit, another degree or another basis.
  func rebuild(_ target: CurveTarget, _ change: CurveChange) throws(EditError)
  /// Gives an activation another configuration, `nil` for that of the experiment. Its numbers are set
  /// afterwards.
  func reconfigure(
    _ configuration: SelfLearnableConfiguration?, of layer: Int
  ) throws(EditError)
  /// Drops what is no longer true of activations that were changed.
  func noteReshaped()
}

/// An activation, or a row of it.
struct CurveTarget {
  /// What the edit calls it.
  var curve: String
  var layer: Int
  var row: Int?
}

/// What went into an activation in one shard of a batch.
struct ShardInputs {
  let values: Matrix
  /// Whether the numbers of a channel stand in a column, step by step, and not in a row, sample by
  /// sample.
  let isByStep: Bool
  /// Of the samples of the shard.
  let labels: [Int]

  /// Numbers of a channel.
  var count: Int { isByStep ? values.rows : values.columns }

  func value(_ channel: Int, _ place: Int) -> Double {
    Double(isByStep ? values[place, channel] : values[channel, place])
  }

  func label(_ place: Int) -> Int {
    let samples = max(labels.count, 1)
    return labels[isByStep ? place % samples : place / max(count / samples, 1)]
  }
}

/// What may be turned, where among what can be undone there are turns that the study itself takes
/// back.
protocol TakenBack {
  /// Whether the next undo or redo is the study's.
  var undoesOther: Bool { get }
  var redoesOther: Bool { get }

  /// Notes a turn that is the study's.
  mutating func noteOther()
  /// Takes the study's last turn for taken back, for forgotten, or for done again.
  mutating func takeBackOther()
  mutating func dropOther()
  mutating func repeatOther()
}

extension LearnedStudy {
  var hasOtherCurves: Bool { false }

  func reshapeOther(
    _ curve: String, _ change: CurveChange
  ) throws(EditError) -> LearnedShape.Turn? { nil }

  func parameters(of layer: Int) -> [(name: String, handle: ParameterHandle)] {
    layers[layer].parameters(weights.layout)
  }

  /// What edits call an activation.
  func name(of layer: SelfLearnableActivation) -> String {
    String(
      weights.layout.entries[layer.coefficients.index].name.dropLast(".coefficients".count))
  }

  /// The configurations of all activations for checkpoints; empty where there are none.
  var foldedMetadata: [String: String] {
    if layers.isEmpty { return [:] }
    let known = layers.map { (name(of: $0), $0.configuration) }
    return [FoldedCurves.key: FoldedCurves.text(Dictionary(uniqueKeysWithValues: known))]
  }

  /// Takes over what was done to activations in a run that was saved.
  func take(_ shape: LearnedShape?) {
    self.shape = shape ?? LearnedShape()
    gallery = CurveGallery()
    optimizer.freeze(self.shape.frozen(of: layers.count))
  }
}
