/// All values of a ``FeedForwardNetwork`` for one shard of a batch, and the derivatives by them.
final class FeedForwardMemory {
  private let network: FeedForwardNetwork
  private let values: [Matrix]
  private let gradients: [Matrix?]
  /// Where a gradient goes that is added to one that is there already.
  private let scratch: Matrix
  /// Of each node and input, whether its gradient comes first: nothing behind uses the same value.
  private let overwrites: [[Bool]]

  init(
    _ network: FeedForwardNetwork, rows: Int, needsInputGradient: Bool, in workspace: Workspace
  ) {
    self.network = network
    let shapes = (0...network.nodes.count).map { network.shape(ofValue: $0) }
    values = shapes.map { workspace.matrix($0.channels, rows * $0.area) }
    gradients = shapes.enumerated().map { index, shape in
      index > 0 || needsInputGradient
        ? workspace.matrix(shape.channels, rows * shape.area) : nil
    }
    let inputs = network.nodes.map(\.inputs)
    overwrites = inputs.enumerated().map { index, own in
      own.map { value in !inputs[(index + 1)...].contains { $0.contains(value) } }
    }
    let added = zip(inputs, overwrites).flatMap { zip($0, $1).filter { !$1 }.map(\.0) }
    scratch = workspace.matrix(rows, added.map { shapes[$0].count }.max() ?? 0)
  }

  func value(_ index: Int, rows: Int) -> Matrix {
    values[index].batch(network.shape(ofValue: index), rows: rows)
  }

  func gradient(_ index: Int, rows: Int) -> Matrix? {
    gradients[index]?.batch(network.shape(ofValue: index), rows: rows)
  }

  func forward(
    _ index: Int, pass: (any FeedForwardLayerPass)?, rows: Int, shard: Int,
    context: FeedForwardContext
  ) {
    let node = network.nodes[index]
    let (input, output) = (value(node.input, rows: rows), value(index + 1, rows: rows))
    switch node.work {
    case .layer: pass?.forward(input, into: output, shard: shard, context: context)
    case .sum(let other):
      output.copy(from: input)
      output.add(value(other, rows: rows))
    }
  }

  func backward(
    _ index: Int, pass: (any FeedForwardLayerPass)?, rows: Int, shard: Int,
    context: FeedForwardContext, gradients slab: ParameterSlab
  ) {
    let node = network.nodes[index]
    guard let upstream = gradient(index + 1, rows: rows) else { return }
    let target = gradient(node.input, rows: rows)
    switch node.work {
    case .layer:
      let isFirst = overwrites[index][0]
      let written = isFirst ? target : target.map { _ in spare(node.input, rows: rows) }
      pass?.backward(
        upstream, input: value(node.input, rows: rows), into: written, shard: shard,
        context: context, gradients: slab)
      if !isFirst, let target, let written { target.add(written) }
    case .sum(let other):
      send(upstream, to: target, overwrites[index][0])
      send(upstream, to: gradient(other, rows: rows), overwrites[index][1])
    }
  }

  private func send(_ upstream: Matrix, to target: Matrix?, _ isFirst: Bool) {
    if isFirst { target?.copy(from: upstream) } else { target?.add(upstream) }
  }

  private func spare(_ index: Int, rows: Int) -> Matrix {
    scratch.batch(network.shape(ofValue: index), rows: rows)
  }
}
