import Engine
import Exports
import Foundation

/// Runs a graph step by step in Double: nodes with a Delay emit what they took in one step before,
/// all others act at once. What is in the place of activations acts as they do, quantizers are
/// bypassed, and cells that NIR cannot express are given from outside.
final class GraphSimulation {
  struct Failure: Error {
    var node: String
  }

  /// Emits for an Input that is not the sequence; it may ask for the values of other nodes.
  typealias Cell = (_ node: String, _ simulation: GraphSimulation) throws -> [Double]

  private let graph: NIRGraph
  private let cell: Cell
  private let sources: [String: [String]]
  private var delayed: [String: [Double]] = [:]
  private var present: [String: [Double]] = [:]

  init(_ graph: NIRGraph, cell: @escaping Cell = { node, _ in throw Failure(node: node) }) {
    self.graph = graph
    self.cell = cell
    sources = Dictionary(grouping: graph.edges, by: \.to).mapValues { $0.map(\.from) }
  }

  /// Takes one time step and returns what the node `output` then has.
  func step(_ input: [Double], output: String = "output") throws -> [Double] {
    present = ["input": input]
    let result = try value(of: output)
    for (name, node) in graph.nodes where node.type == .delay {
      present[name] = nil
      delayed[name] = try sum(into: name)
    }
    return result
  }

  /// What a node emits at this step.
  func value(of name: String) throws -> [Double] {
    if let known = present[name] { return known }
    guard let node = graph.nodes[name], let sizes = node.sizes else { throw Failure(node: name) }
    let result: [Double]
    switch node.type {
    case .input: result = try cell(name, self)
    case .delay: result = delayed[name] ?? [Double](repeating: 0, count: sizes.outputs)
    case .output: result = try sum(into: name)
    case .scale: result = activate(node, try sum(into: name))
    case .linear, .affine: result = try product(node, try sum(into: name), name)
    }
    present[name] = result
    return result
  }

  private func sum(into name: String) throws -> [Double] {
    guard let size = graph.nodes[name]?.sizes?.inputs else { throw Failure(node: name) }
    var sum = [Double](repeating: 0, count: size)
    for source in sources[name] ?? [] {
      for (index, value) in try value(of: source).enumerated() { sum[index] += value }
    }
    return sum
  }

  private func activate(_ node: NIRNode, _ values: [Double]) -> [Double] {
    switch node.metadata["standsFor"] {
    case .text("tanh"): values.map { tanh($0) }
    case .text("relu"): values.map { max($0, 0) }
    case .text("learned"): curves(node, values)
    default: values
    }
  }

  /// Learned activations as their metadata have them.
  private func curves(_ node: NIRNode, _ values: [Double]) -> [Double] {
    guard case .text(let name)? = node.metadata["basis"],
      let basis = ActivationBasis(rawValue: name), basis.isPolynomial,
      case .number(let reach)? = node.metadata["reach"],
      case .floats(let shape, let numbers)? = node.metadata["coefficients"]
    else { return [] }
    return values.enumerated().map { unit, z in
      let row = shape[0] == 1 ? 0 : unit
      let own = numbers[row * shape[1]..<(row + 1) * shape[1]]
      let elements = basis.values(min(max(z / reach, -1), 1), degree: shape[1] - 1)
      return zip(own, elements).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
  }

  private func product(
    _ node: NIRNode, _ values: [Double], _ name: String
  ) throws -> [Double] {
    guard case .floats(let shape, let weight)? = node.parameters["weight"] else {
      throw Failure(node: name)
    }
    var result = [Double](repeating: 0, count: shape[0])
    if case .floats(_, let bias)? = node.parameters["bias"] { result = bias.map { Double($0) } }
    for row in 0..<shape[0] {
      for column in 0..<shape[1] {
        result[row] += Double(weight[row * shape[1] + column]) * values[column]
      }
    }
    return result
  }
}
