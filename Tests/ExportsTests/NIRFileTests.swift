import Engine
import Exports
import Foundation
import Runs
import TestSupport
import Testing

@Suite struct NIRFileTests {
  private static func graph() throws -> NIRGraph {
    let site = ExportedNetwork.site()
    return try ExportedNetwork(
      .lmu(
        LMUConfiguration(
          hidden: 5, order: 4, theta: 6, initialization: .full, h: site, m: site, u: site)),
      layers: 2
    ).translation.graph
  }

  @Test func `equal graphs are equal bytes`() throws {
    let graph = try Self.graph()
    let bytes = try NIRFile.bytes(of: graph, path: "f")
    #expect(try NIRFile.bytes(of: graph, path: "g") == bytes)
    let path = NSTemporaryDirectory() + UUID().uuidString + ".nir"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try NIRFile.write(graph, to: path)
    #expect(try DurableFile.read(path) == bytes)
    #expect(try NIRFile.read(path) == graph)
  }

  @Test func `what is wrong is told with its place`() throws {
    let graph = try Self.graph()
    func error(_ change: (inout NIRGraph) -> Void) throws -> NIRError? {
      var changed = graph
      change(&changed)
      let bytes = try NIRFile.bytes(of: changed, path: "f")
      do throws(NIRError) {
        _ = try NIRFile.parse(bytes, from: "f")
        return nil
      } catch {
        return error
      }
    }
    #expect(try error { _ in } == nil)
    #expect(
      try error { $0.edges.append(.init("input", "nowhere")) }
        == .unknownNode(path: "f", edge: "input -> nowhere", node: "nowhere"))
    #expect(
      try error { $0.edges.append(.init("input", "output")) }
        == .mismatch(path: "f", edge: "input -> output", emitted: 3, expected: 4))
    #expect(
      try error { $0.nodes["readout"]?.parameters["bias"] = .number(1) }
        == .malformed(
          path: "f", part: "node/nodes/readout",
          expected: "parameters of the shapes of a node of type Affine"))
    #expect(
      try error { $0.nodes["readout"]?.parameters["more"] = .number(1) }
        == .malformed(
          path: "f", part: "node/nodes/readout/more", expected: "nothing of that name"))
    #expect(
      throws: NIRError.hdf5(path: "f", .failed(.openFile, name: "/"))
    ) { try NIRFile.parse(Array("no HDF5 file at all".utf8), from: "f") }
    #expect(throws: NIRError.self) { try NIRFile.parse([], from: "f") }
  }

  private static let script = """
    import json, sys, nir
    graph = nir.read(sys.argv[1])
    def number(value):
        return value.item() if hasattr(value, "item") else value
    nodes = {}
    for name, node in graph.nodes.items():
        values = node.to_dict()
        nodes[name] = {
            "type": values["type"], "metadata": {k: number(v) for k, v in node.metadata.items()},
            "arrays": {
                key: [list(values[key].shape), [float(x) for x in values[key].flatten()]]
                for key in ("weight", "bias", "scale", "delay", "shape") if key in values}}
    if len(sys.argv) > 2:
        nir.write(sys.argv[2], graph)
    print(json.dumps({"nodes": nodes, "edges": [list(e) for e in graph.edges],
                      "version": nir.serialization.read_version(sys.argv[1])}))
    """

  @Test(.enabled(if: PythonPeer.isThere, Comment(rawValue: PythonPeer.absence)))
  func `the package nir reads the same graph`() throws {
    let graph = try Self.graph()
    let path = NSTemporaryDirectory() + UUID().uuidString + ".nir"
    let again = path + "2"
    defer { for file in [path, again] { try? FileManager.default.removeItem(atPath: file) } }
    try NIRFile.write(graph, to: path)
    let found = try PythonPeer.run(Self.script, path, again)
    #expect(found["version"]?.string == "1.0.8")
    #expect(
      found["edges"]?.elements.map { $0.elements.compactMap(\.string) }
        == graph.edges.map { [$0.from, $0.to] })
    let nodes = try #require(found["nodes"])
    #expect(Set(nodes.members.keys) == Set(graph.nodes.keys))
    for (name, node) in graph.nodes {
      #expect(nodes[name]?["type"]?.string == node.type.rawValue)
      let arrays = try #require(nodes[name]?["arrays"])
      #expect(Set(arrays.members.keys) == Set(node.parameters.keys))
      for (key, value) in node.parameters {
        guard case .floats(let shape, let numbers) = value else { continue }
        #expect(arrays[key]?[0]?.integers == shape)
        #expect(arrays[key]?[1]?.doubles == numbers.map { Double($0) })
      }
      let metadata = try #require(nodes[name]?["metadata"])
      if case .number(let w)? = node.metadata["w"] { #expect(metadata["w"]?.double == w) }
      #expect(metadata.members.count == node.metadata.count)
    }
    // The package compresses what it writes.
    #expect(throws: NIRError.self) { try NIRFile.read(again) }
  }
}
