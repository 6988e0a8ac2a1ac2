import Kernels

/// The run of a ``KolmogorovLayer``: what its inner curves make of the features is computed for each
/// batch, and all else is a ``KolmogorovPass``.
final class KolmogorovLayerPass: FeedForwardLayerPass {
  private let layer: KolmogorovLayer
  private let inverse, controlInputs: Matrix
  /// One for each shard, as they run on different threads at once.
  private let shelves: [Shelf]

  /// Memories by numbers of rows: batches have few different ones.
  private final class Shelf {
    var memories: [Int: Memory] = [:]
  }

  private final class Memory {
    let pass: KolmogorovPass
    /// k(x_p) and dk/dx of all features below one another, and what goes back to the former.
    let covariances, slopes, upstream: Matrix
    /// C u of all inner curves, and the clipped features.
    let innerWeights, clipped: Matrix

    init(_ layer: KolmogorovLayer, rows: Int) {
      let shape = layer.shape
      pass = KolmogorovPass(shape, layer.parameters, rows: rows)
      let reach = shape.inputs * shape.inner.count
      covariances = Matrix(rows: reach, columns: rows)
      slopes = Matrix(rows: reach, columns: rows)
      upstream = Matrix(rows: reach, columns: rows)
      innerWeights = Matrix(rows: shape.units, columns: reach)
      clipped = Matrix(rows: shape.inputs, columns: rows)
    }
  }

  init(_ layer: KolmogorovLayer, shards: Int) {
    self.layer = layer
    let matrix = layer.shape.inner.inverse
    inverse = Matrix(rows: matrix.size, columns: matrix.size)
    inverse.set(matrix.values.map { Float($0) })
    controlInputs = Matrix(rows: 1, columns: layer.shape.inner.count)
    controlInputs.set(layer.shape.inner.inputs.map { Float($0) })
    shelves = (0..<shards).map { _ in Shelf() }
  }

  private func memory(_ shard: Int, rows: Int) -> Memory {
    if let memory = shelves[shard].memories[rows] { return memory }
    let memory = Memory(layer, rows: rows)
    shelves[shard].memories[rows] = memory
    return memory
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    let (points, rows) = (layer.shape.inner, input.columns)
    let memory = memory(shard, rows: rows)
    for index in 0..<input.count { memory.clipped.base[index] = min(max(input.base[index], -1), 1) }
    for feature in 0..<input.rows {
      let values = memory.covariances.rows(feature * points.count, points.count)
      covariance_rows(
        values.base, memory.slopes.rows(feature * points.count, points.count).base,
        memory.clipped.rows(feature, 1).base, controlInputs.base, Float(1 / points.lengthScale),
        points.kernel.form, points.count, rows)
      Products.multiply(
        inverse, values, into: memory.pass.design.rows(feature * points.count, points.count))
    }
    memory.pass.forward(context.weights)
    output.copy(from: memory.pass.outputs)
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    let (points, rows) = (layer.shape.inner, input.columns)
    let memory = memory(shard, rows: rows)
    memory.pass.outputs.copy(from: outputGradient)
    memory.pass.transposedDesign.setTranspose(of: memory.pass.design)
    memory.pass.backward(gradients)
    guard let inputGradient else { return }
    // dL/dx_p = sum_q dL/dt_q c (dk/dx)' C u_qp.
    let curves = layer.shape.units * layer.shape.inputs
    let numbers = context.weights[layer.parameters.inner].reshaped(curves, points.count)
    Products.multiply(
      numbers, inverse, into: memory.innerWeights.reshaped(curves, points.count))
    Products.multiply(
      memory.innerWeights, memory.pass.sumGradients, into: memory.upstream, form: .transposedLeft)
    multiply_in_place(memory.upstream.base, memory.slopes.base, memory.upstream.count)
    inputGradient.fill(0)
    for feature in 0..<input.rows {
      let target = inputGradient.rows(feature, 1)
      for point in 0..<points.count {
        target.add(memory.upstream.rows(feature * points.count + point, 1))
      }
    }
    for index in 0..<input.count where abs(input.base[index]) > 1 { inputGradient.base[index] = 0 }
  }
}
