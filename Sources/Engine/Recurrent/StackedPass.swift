/// The memory of ``StackedLayers`` over whole sequences: the passes of its layers, run one after
/// another, each over all steps.
final class StackedPass: QuantizedSequencePass {
  private let passes: [any SequencePass]
  private let steps: Int
  /// Sequences of the present batch.
  private(set) var signalRows: Int
  /// Sites of each layer.
  private let siteCounts: [Int]
  /// Resolutions of each layer's sites in the present batch; written in place.
  private var resolutions: [[Float]]
  /// dL/dx of a layer above the first, and of the one above it: (steps * rows) x outputs.
  private let gradients: [Matrix]

  init(_ stack: StackedLayers, steps: Int, rows: Int, in workspace: Workspace) {
    self.steps = steps
    signalRows = rows
    passes = stack.layers.map { $0.makePass(steps: steps, rows: rows, in: workspace) }
    siteCounts = stack.layers.map { $0.sites.count }
    resolutions = siteCounts.map { Array(repeating: .infinity, count: $0) }
    gradients = (0..<min(stack.layers.count - 1, 2)).map { _ in
      workspace.matrix(steps * rows, stack.outputs)
    }
  }

  private var last: any SequencePass { passes[passes.count - 1] }
  var output: Matrix { last.output }
  var lastOutput: Matrix { last.lastOutput }
  var lastRates: Matrix { last.lastRates }
  var learnedInputs: [Matrix] { passes.flatMap(\.learnedInputs) }

  var quantizers: [SiteQuantizer?] {
    zip(passes, siteCounts).flatMap { pass, count in
      (pass as? any QuantizedSequencePass)?.quantizers ?? Array(repeating: nil, count: count)
    }
  }

  func signal(_ site: Int) -> Matrix {
    let place = place(ofSite: site)
    return place.pass.signal(place.site)
  }

  func activity(of unit: Int, site: Int, row: Int) -> [Float] {
    let place = place(ofSite: site)
    return place.pass.activity(of: unit, site: place.site, row: row)
  }

  /// The layer of a site, and which of its sites it is.
  private func place(ofSite site: Int) -> (pass: any SequencePass, site: Int) {
    var (layer, site) = (0, site)
    while site >= siteCounts[layer] {
      site -= siteCounts[layer]
      layer += 1
    }
    return (passes[layer], site)
  }

  func forward(_ input: Matrix, weights: ParameterSlab, context: PassContext) {
    signalRows = input.rows / steps
    var (input, first) = (input, 0)
    for layer in passes.indices {
      for site in 0..<siteCounts[layer]
      where resolutions[layer][site] != context.resolutions[first + site] {
        resolutions[layer][site] = context.resolutions[first + site]
      }
      first += siteCounts[layer]
      passes[layer].forward(
        input, weights: weights, context: context.ofLayer(layer, resolutions[layer]))
      input = passes[layer].output
    }
  }

  func backward(
    _ outputGradient: OutputGradient, input: Matrix, inputGradient: Matrix?,
    weights: ParameterSlab, gradients slab: ParameterSlab
  ) {
    let rows = outputGradient.rows
    var outputGradient = outputGradient
    for layer in passes.indices.reversed() {
      guard layer > 0 else {
        passes[0].backward(
          outputGradient, input: input, inputGradient: inputGradient, weights: weights,
          gradients: slab)
        return
      }
      let gradient = gradients[layer % gradients.count].rows(0, steps * rows)
      passes[layer].backward(
        outputGradient, input: passes[layer - 1].output, inputGradient: gradient,
        weights: weights, gradients: slab)
      outputGradient = OutputGradient(gradient, rows: rows, steps: steps)
    }
  }
}

extension PassContext {
  /// The context of one of several layers above each other, counted from 0. All of them run over
  /// all steps, so that the signals of all are there.
  fileprivate func ofLayer(_ layer: Int, _ resolutions: [Float]) -> PassContext {
    var context = self
    context.resolutions = resolutions
    context.layer = layer
    context.isLastStepEnough = false
    return context
  }
}
