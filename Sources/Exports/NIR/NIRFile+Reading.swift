/// Reading graphs, trusting nothing in their files.
extension NIRFile {
  /// The graph in the bytes of a whole file; its nodes have the parameters of their types in fitting
  /// shapes, and its edges join nodes that are there and fit.
  package static func parse(_ bytes: [UInt8], from path: String) throws(NIRError) -> NIRGraph {
    let root: [String: HDF5Member]
    do throws(HDF5Error) {
      root = try HDF5Reader.members(of: bytes)
    } catch {
      throw .hdf5(path: path, error)
    }
    let reader = NIRReader(path: path)
    guard case .value(.text)? = root["version"] else {
      throw reader.malformed("version", "text")
    }
    guard case .group(let node)? = root["node"] else {
      throw reader.malformed("node", "a group")
    }
    return try reader.graph(node)
  }
}

/// Makes a graph of the members of a file.
private struct NIRReader {
  let path: String

  func malformed(_ part: String, _ expected: String) -> NIRError {
    .malformed(path: path, part: part, expected: expected)
  }

  func graph(_ members: [String: HDF5Member]) throws(NIRError) -> NIRGraph {
    guard case .value(.text("NIRGraph"))? = members["type"] else {
      throw malformed("node/type", "NIRGraph")
    }
    guard case .group(let nodes)? = members["nodes"] else {
      throw malformed("node/nodes", "a group")
    }
    try refuse(members, but: ["type", "nodes", "edges", "metadata"], in: "node")
    var graph = NIRGraph(metadata: try metadata(members, "node"))
    for (name, member) in nodes { graph.nodes[name] = try node(member, name) }
    graph.edges = try edges(members["edges"])
    try check(graph)
    return graph
  }

  private func node(_ member: HDF5Member, _ name: String) throws(NIRError) -> NIRNode {
    let part = "node/nodes/" + name
    guard case .group(let members) = member else { throw malformed(part, "a group") }
    guard case .value(.text(let found))? = members["type"] else {
      throw malformed(part + "/type", "text")
    }
    guard let type = NIRType(rawValue: found) else {
      throw .unsupportedType(
        path: path, node: name, found: found, supported: NIRType.allCases.map(\.rawValue))
    }
    try refuse(members, but: type.parameters + ["type", "metadata"], in: part)
    var node = NIRNode(type, [:], metadata: try metadata(members, part))
    for parameter in type.parameters {
      guard case .value(let value)? = members[parameter] else {
        throw malformed(part + "/" + parameter, "an array")
      }
      node.parameters[parameter] = value
    }
    guard node.sizes != nil else {
      throw malformed(part, "parameters of the shapes of a node of type \(found)")
    }
    return node
  }

  /// As the Python package does, so that what is read here can be read there.
  private func refuse(
    _ members: [String: HDF5Member], but known: [String], in part: String
  ) throws(NIRError) {
    guard let name = members.keys.filter({ !known.contains($0) }).min() else { return }
    throw malformed(part + "/" + name, "nothing of that name")
  }

  private func metadata(
    _ members: [String: HDF5Member], _ part: String
  ) throws(NIRError) -> [String: HDF5Value] {
    guard let member = members["metadata"] else { return [:] }
    guard case .group(let entries) = member else {
      throw malformed(part + "/metadata", "a group")
    }
    var metadata: [String: HDF5Value] = [:]
    for (name, entry) in entries {
      guard case .value(let value) = entry else {
        throw malformed(part + "/metadata/" + name, "a value")
      }
      metadata[name] = value
    }
    return metadata
  }

  private func edges(_ member: HDF5Member?) throws(NIRError) -> [NIRGraph.Edge] {
    guard case .value(.texts(let shape, let names))? = member, shape.count == 2, shape[1] == 2
    else { throw malformed("node/edges", "pairs of names") }
    return stride(from: 0, to: names.count, by: 2).map { .init(names[$0], names[$0 + 1]) }
  }

  private func check(_ graph: NIRGraph) throws(NIRError) {
    var seen: Set<NIRGraph.Edge> = []
    for edge in graph.edges {
      let title = "\(edge.from) -> \(edge.to)"
      for name in [edge.from, edge.to] where graph.nodes[name] == nil {
        throw .unknownNode(path: path, edge: title, node: name)
      }
      guard seen.insert(edge).inserted else {
        throw malformed("node/edges", "\(title) once only")
      }
      let emitted = graph.nodes[edge.from]?.sizes?.outputs ?? 0
      let expected = graph.nodes[edge.to]?.sizes?.inputs ?? 0
      guard emitted == expected else {
        throw .mismatch(path: path, edge: title, emitted: emitted, expected: expected)
      }
    }
  }
}
