import Foundation
import Kernels

/// What all passes of a ``SelfLearnableActivation`` have: coefficients as its channels take them,
/// their gradients, and how inputs come in.
final class SelfLearnableMemory {
  let layer: SelfLearnableActivation
  let basis: activation_basis
  private let recurrence: Matrix
  /// Of each shard, channels x elements: [b, c_1 ...] of each channel, and the derivatives by them.
  let rows: [Matrix]
  let rowGradients: [Matrix]
  /// Of each channel: z = scale x, and the ends of z.
  let scale: Matrix
  let low: Matrix
  let high: Matrix

  init(_ layer: SelfLearnableActivation, shards: Int, in workspace: Workspace) {
    let (channels, count) = (layer.input.channels, layer.count)
    let configuration = layer.configuration
    let places = Int(MOST_ACTIVATION_ELEMENTS) + 1
    self.layer = layer
    recurrence = workspace.matrix(2, places)
    for j in 0..<places {
      let (factor, behind) = configuration.basis.recurrence(j)
      (recurrence[0, j], recurrence[1, j]) = (Float(factor), Float(behind))
    }
    let sines =
      configuration.basis.isPolynomial ? 0 : ActivationBasis.sines(degree: configuration.degree)
    basis = activation_basis(
      count: count, sines: sines, factor: recurrence.base, behind: recurrence.base + places)
    rows = (0..<shards).map { _ in workspace.matrix(channels, count) }
    rowGradients = (0..<shards).map { _ in workspace.matrix(channels, count) }
    (scale, low) = (workspace.matrix(1, channels), workspace.matrix(1, channels))
    high = workspace.matrix(1, channels)
    scale.fill(1)
    low.fill(-.infinity)
    high.fill(.infinity)
    if case .clipped(let end) = configuration.ends {
      scale.fill(Float(1 / end))
      low.fill(-1)
      high.fill(1)
    }
  }

  var channels: Int { layer.input.channels }

  var inputs: activation_inputs {
    activation_inputs(
      scale: scale.base, low: low.base, high: high.base,
      has_tails: layer.configuration.ends == .tails)
  }

  /// Writes [b, c_1 ...] of all channels.
  func write(_ rows: Matrix, _ weights: ParameterSlab) {
    let (own, constants) = (weights[layer.coefficients], weights[layer.constant])
    for channel in 0..<channels {
      let row = layer.row(ofChannel: channel)
      rows[channel, 0] = constants[row, 0]
      for j in 0..<own.columns {
        rows[channel, j + 1] = own[row, j] * layer.gateValue(j, weights)
      }
    }
  }

  /// Overwrites the gradients of w, b and theta with those by [b, c_1 ...] of all channels.
  func spread(_ rowGradients: Matrix, _ weights: ParameterSlab, into gradients: ParameterSlab) {
    let (own, constants) = (gradients[layer.coefficients], gradients[layer.constant])
    own.fill(0)
    constants.fill(0)
    for channel in 0..<channels {
      let row = layer.row(ofChannel: channel)
      constants[row, 0] += rowGradients[channel, 0]
      for j in 0..<own.columns { own[row, j] += rowGradients[channel, j + 1] }
    }
    guard let gate = layer.gate else { return }
    let coefficients = weights[layer.coefficients]
    for j in 0..<own.columns {
      let open = layer.gateValue(j, weights)
      var sum: Float = 0
      for row in 0..<own.rows {
        sum += coefficients[row, j] * own[row, j]
        own[row, j] *= open
      }
      gradients[gate][0, j] = sum * open * (1 - open)
    }
  }

  /// out = g(in), of `rows`.
  func run(_ input: Matrix, into output: Matrix, rows: Matrix) {
    activation_rows(
      output.base, input.base, rows.base, inputs, basis, input.rows, input.columns)
  }

  /// The derivatives by the inputs, `rows` and the scale, each where there is room for it.
  func runBack(
    _ outputGradient: Matrix, input: Matrix, rows: Matrix, into inputGradient: Matrix?,
    rowGradients: Matrix?, along: Matrix?
  ) {
    activation_rows_backward(
      inputGradient?.base, rowGradients?.base, along?.base, outputGradient.base, input.base,
      rows.base, inputs, basis, input.rows, input.columns)
  }

  /// Adds up what the first `shards` shards have into the first.
  static func join(_ parts: [Matrix], shards: Int) -> Matrix {
    for shard in 1..<max(shards, 1) { parts[0].add(parts[shard]) }
    return parts[0]
  }
}

/// The run of a ``SelfLearnableActivation`` that needs no numbers of the whole batch.
class SelfLearnablePass: FeedForwardLayerPass {
  let memory: SelfLearnableMemory

  init(_ memory: SelfLearnableMemory) { self.memory = memory }

  final func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    memory.write(memory.rows[shard], context.weights)
    memory.run(input, into: output, rows: memory.rows[shard])
  }

  final func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    let rowGradients = memory.rowGradients[shard]
    memory.runBack(
      outputGradient, input: input, rows: memory.rows[shard], into: inputGradient,
      rowGradients: rowGradients, along: nil)
    memory.spread(rowGradients, context.weights, into: gradients)
  }
}

/// The same where the curve goes on with its tangents beyond running quantiles.
final class TailedActivationPass: SelfLearnablePass, JoinedLayerPass {
  private let quantiles: InputQuantiles

  init(_ memory: SelfLearnableMemory, shards: Int, rows: Int, in workspace: Workspace) {
    quantiles = InputQuantiles(memory, shards: shards, rows: rows, in: workspace)
    super.init(memory)
  }

  func measure(_ input: Matrix, shard: Int, context: FeedForwardContext) {
    if context.isTraining { quantiles.measure(input, shard: shard, context: context) }
  }

  func join(shards: Int, context: FeedForwardContext) {
    quantiles.join(shards: shards, context: context)
  }

  func measureBackward(_ outputGradient: Matrix, input: Matrix, shard: Int) {}

  func joinBackward(shards: Int, context: FeedForwardContext, gradients: ParameterSlab) {}
}
