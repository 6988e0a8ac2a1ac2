import Kernels

/// A convolution as products: what the window sees of some images is unfolded, one column a place,
/// few enough images for the columns to stay in a cache. They are unfolded once more on
/// the way back, which is faster than reading all of them again.
final class ConvolutionPass: FeedForwardLayerPass {
  private let layer: Convolution
  /// Images that are unfolded at once.
  private let images: Int
  /// What the window sees, one for each shard; and the gradient by it.
  private let columns: [Matrix]

  /// Floats of unfolded images at once.
  private static let columnCount = 1 << 16
  /// Columns at once at least: a product with fewer reads the weights for too little.
  private static let leastColumns = 256

  init(_ layer: Convolution, shards: Int, rows: Int, in workspace: Workspace) {
    self.layer = layer
    let perImage = layer.reach * layer.output.area
    let least = (Self.leastColumns + layer.output.area - 1) / layer.output.area
    images = min(rows, max(least, Self.columnCount / perImage))
    let count = layer.isPointwise ? 0 : images * layer.output.area
    columns = (0..<shards).map { _ in workspace.matrix(layer.reach, count) }
  }

  func forward(
    _ input: Matrix, into output: Matrix, shard: Int, context: FeedForwardContext
  ) {
    let weights = context.weights[layer.weights]
    if layer.isPointwise {
      Products.multiply(ColumnBlock(weights), ColumnBlock(input), into: ColumnBlock(output))
    } else {
      eachPart(of: input) { first, count in
        let seen = unfold(input, first: first, count: count, shard: shard)
        Products.multiply(
          ColumnBlock(weights), ColumnBlock(seen), into: places(output, first, count))
      }
    }
    if let bias = layer.bias {
      add_column(output.base, context.weights[bias].base, output.rows, output.columns)
    }
  }

  func backward(
    _ outputGradient: Matrix, input: Matrix, into inputGradient: Matrix?, shard: Int,
    context: FeedForwardContext, gradients: ParameterSlab
  ) {
    if let bias = layer.bias {
      row_sums(
        gradients[bias].base, outputGradient.base, outputGradient.rows, outputGradient.columns)
    }
    let weights = ColumnBlock(context.weights[layer.weights])
    let gradient = ColumnBlock(gradients[layer.weights])
    if layer.isPointwise {
      let upstream = ColumnBlock(outputGradient)
      Products.multiply(upstream, ColumnBlock(input), into: gradient, form: .transposedRight)
      guard let inputGradient else { return }
      Products.multiply(
        weights, upstream, into: ColumnBlock(inputGradient), form: .transposedLeft)
      return
    }
    inputGradient?.fill(0)
    eachPart(of: input) { first, count in
      let seen = unfold(input, first: first, count: count, shard: shard)
      let upstream = places(outputGradient, first, count)
      Products.multiply(
        upstream, ColumnBlock(seen), into: gradient, keep: first == 0 ? 0 : 1,
        form: .transposedRight)
      guard let inputGradient else { return }
      Products.multiply(weights, upstream, into: ColumnBlock(seen), form: .transposedLeft)
      fold_images(
        inputGradient.base + first * layer.input.area, seen.base, inputGradient.columns,
        layer.input.channels, count, layer.window)
    }
  }

  /// Images `first ..< first + count`, as many as are unfolded at once, one part after the other.
  private func eachPart(of input: Matrix, _ body: (_ first: Int, _ count: Int) -> Void) {
    let rows = input.columns / layer.input.area
    var first = 0
    while first < rows {
      let count = min(images, rows - first)
      body(first, count)
      first += count
    }
  }

  private func unfold(_ input: Matrix, first: Int, count: Int, shard: Int) -> Matrix {
    let memory = columns[shard]
    let seen = Matrix(
      buffer: memory.buffer, offset: memory.offset, rows: layer.reach,
      columns: count * layer.output.area)
    unfold_images(
      seen.base, input.base + first * layer.input.area, input.columns, layer.input.channels,
      count, layer.window)
    return seen
  }

  /// The places of images `first ..< first + count`.
  private func places(_ output: Matrix, _ first: Int, _ count: Int) -> ColumnBlock {
    ColumnBlock(output, first: first * layer.output.area, columns: count * layer.output.area)
  }
}
