package import Engine

/// Writes checkpoints as safetensors files: 8 bytes of header length, a JSON header, and the arrays
/// one after the other without holes, little-endian, row-major
/// (github.com/huggingface/safetensors, README "Format").
package enum SafetensorsWriter {
  static let metadataKey = "__metadata__"
  /// The arrays begin at a multiple of this many bytes, as in files of the reference writer.
  private static let alignment = 8

  package static func write(
    _ checkpoint: Checkpoint, to path: String, isSynchronized: Bool = true
  ) throws(FileError) {
    try DurableFile.write(
      bytes(of: checkpoint), to: path, isSynchronized: isSynchronized)
  }

  /// The whole file. Arrays keep their order; their names must differ, and each must have as many
  /// values as its shape says.
  package static func bytes(of checkpoint: Checkpoint) -> [UInt8] {
    var header = Array(header(of: checkpoint).utf8)
    let padding = (alignment - header.count % alignment) % alignment
    header += [UInt8](repeating: UInt8(ascii: " "), count: padding)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      8 + header.count + checkpoint.tensors.reduce(0) { $0 + size(of: $1) })
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes += $0 }
    bytes += header
    for tensor in checkpoint.tensors {
      if let doubles = tensor.doubles {
        doubles.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes += $0 }
      } else {
        tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes += $0 }
      }
    }
    return bytes
  }

  private static func type(of tensor: Checkpoint.Tensor) -> SafetensorsType {
    tensor.doubles == nil ? .single : .double
  }

  private static func size(of tensor: Checkpoint.Tensor) -> Int {
    type(of: tensor).bytes * tensor.values.count
  }

  private static func header(of checkpoint: Checkpoint) -> String {
    var header = JSONObject()
    if !checkpoint.metadata.isEmpty {
      var metadata = JSONObject()
      for (key, value) in checkpoint.metadata.sorted(by: { $0.key < $1.key }) {
        metadata[key] = .string(value)
      }
      header[metadataKey] = .object(metadata)
    }
    var offset = 0
    for tensor in checkpoint.tensors {
      precondition(
        tensor.values.count == tensor.shape.reduce(1, *)
          && tensor.doubles.map { $0.count == tensor.values.count } ?? true,
        "values of \(tensor.name) fit its shape")
      precondition(
        header[tensor.name] == nil && tensor.name != metadataKey, "\(tensor.name) names one array")
      let end = offset + size(of: tensor)
      var entry = JSONObject()
      entry["dtype"] = .string(type(of: tensor).rawValue)
      entry["shape"] = .array(tensor.shape.map(JSONValue.integer))
      entry["data_offsets"] = .array([.integer(offset), .integer(end)])
      header[tensor.name] = .object(entry)
      offset = end
    }
    return JSONValue.object(header).text
  }
}
