/// A graph of the Neuromorphic Intermediate Representation (Pedersen et al. 2024, "Neuromorphic
/// intermediate representation"): nodes that compute, and edges that carry what one emits to the
/// next. What several edges bring to a node is summed.
package struct NIRGraph: Sendable, Equatable {
  package struct Edge: Sendable, Hashable {
    package var from: String
    package var to: String

    package init(_ from: String, _ to: String) {
      self.from = from
      self.to = to
    }
  }

  package var nodes: [String: NIRNode]
  package var edges: [Edge]
  /// What NIR has no place for.
  package var metadata: [String: HDF5Value]

  package init(
    nodes: [String: NIRNode] = [:], edges: [Edge] = [], metadata: [String: HDF5Value] = [:]
  ) {
    self.nodes = nodes
    self.edges = edges
    self.metadata = metadata
  }
}

/// A node of a graph: its type, its parameters under the names that NIR gives them, and metadata.
package struct NIRNode: Sendable, Equatable {
  package var type: NIRType
  package var parameters: [String: HDF5Value]
  package var metadata: [String: HDF5Value]

  package init(
    _ type: NIRType, _ parameters: [String: HDF5Value], metadata: [String: HDF5Value] = [:]
  ) {
    self.type = type
    self.parameters = parameters
    self.metadata = metadata
  }
}

/// The types of nodes that are written and read here.
package enum NIRType: String, Sendable, CaseIterable {
  /// `shape`: numbers that come from outside.
  case input = "Input"
  /// `shape`: numbers that go outside.
  case output = "Output"
  /// y = W x + b; `weight` out x in, `bias` out.
  case affine = "Affine"
  /// y = W x; `weight` out x in.
  case linear = "Linear"
  /// y = s x, number by number; `scale`.
  case scale = "Scale"
  /// y(t) = x(t - tau), number by number; `delay` in seconds.
  case delay = "Delay"

  /// The parameters that a node of the type has.
  var parameters: [String] {
    switch self {
    case .input, .output: ["shape"]
    case .affine: ["bias", "weight"]
    case .linear: ["weight"]
    case .scale: ["scale"]
    case .delay: ["delay"]
    }
  }
}

extension NIRNode {
  /// The numbers that the node takes in and emits; `nil` where its parameters have not the shapes
  /// that its type asks for.
  package var sizes: (inputs: Int, outputs: Int)? {
    switch type {
    case .input, .output:
      guard case .integers(let shape, let sizes)? = parameters["shape"], shape == [1],
        sizes[0] > 0
      else { return nil }
      return (sizes[0], sizes[0])
    case .affine, .linear:
      guard case .floats(let shape, _)? = parameters["weight"], shape.count == 2 else {
        return nil
      }
      if type == .affine {
        guard case .floats([shape[0]], _)? = parameters["bias"] else { return nil }
      }
      return (shape[1], shape[0])
    case .scale, .delay:
      guard case .floats(let shape, _)? = parameters[type == .scale ? "scale" : "delay"],
        shape.count == 1
      else { return nil }
      return (shape[0], shape[0])
    }
  }
}
