import Runs

/// Graphs as HDF5 files, in the form of the Python package `nir`: `version`, and below `node` the
/// `type` NIRGraph, `nodes/NAME`, `edges` (E x 2 texts) and `metadata`.
package enum NIRFile {
  /// The version of NIR that this form is of.
  static let version = "1.0.8"

  /// Writes a graph and makes sure that it reads back as it is before the file gets its name.
  package static func write(_ graph: NIRGraph, to path: String) throws(NIRError) {
    let bytes = try bytes(of: graph, path: path)
    guard try parse(bytes, from: path) == graph else { throw .notAsWritten(path: path) }
    do throws(FileError) {
      try DurableFile.write(bytes, to: path)
    } catch {
      throw .file(error)
    }
  }

  package static func read(_ path: String) throws(NIRError) -> NIRGraph {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(path)
    } catch {
      throw .file(error)
    }
    return try parse(bytes, from: path)
  }

  /// The bytes of a whole file; equal graphs have equal ones. `path` is named in errors.
  package static func bytes(of graph: NIRGraph, path: String) throws(NIRError) -> [UInt8] {
    var root: [String: HDF5Member] = ["type": .value(.text("NIRGraph"))]
    root["nodes"] = .group(graph.nodes.mapValues(member))
    root["edges"] = .value(
      .texts(shape: [graph.edges.count, 2], graph.edges.flatMap { [$0.from, $0.to] }))
    add(graph.metadata, to: &root)
    do throws(HDF5Error) {
      return try HDF5Writer.bytes(of: [
        "node": .group(root), "version": .value(.text(version)),
      ])
    } catch {
      throw .hdf5(path: path, error)
    }
  }

  private static func member(_ node: NIRNode) -> HDF5Member {
    var members = node.parameters.mapValues(HDF5Member.value)
    members["type"] = .value(.text(node.type.rawValue))
    add(node.metadata, to: &members)
    return .group(members)
  }

  private static func add(
    _ metadata: [String: HDF5Value], to members: inout [String: HDF5Member]
  ) {
    if !metadata.isEmpty { members["metadata"] = .group(metadata.mapValues(HDF5Member.value)) }
  }
}
