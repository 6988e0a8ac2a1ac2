import Checksums
package import Engine
import Foundation

/// Checkpoints on the disk: safetensors files that tell whether they are whole.
///
/// The metadata hold, under `sha256`, the SHA-256 of all arrays (name, shape and bytes, in the order
/// of the file) and of all other metadata (sorted).
package enum CheckpointFile {
  static let digestKey = "sha256"

  package static func write(
    _ checkpoint: Checkpoint, to path: String, isSynchronized: Bool = true
  ) throws(FileError) {
    var signed = checkpoint
    signed.metadata[digestKey] = digest(of: checkpoint)
    try SafetensorsWriter.write(signed, to: path, isSynchronized: isSynchronized)
  }

  /// - Parameter isWhole: whether a file without a digest, as from another program, is refused
  /// - Throws: ``SafetensorsError`` where it cannot be read or is not as it was written
  package static func read(
    _ path: String, isWhole: Bool = false
  ) throws(SafetensorsError) -> Checkpoint {
    var checkpoint = try SafetensorsReader.read(path)
    guard let expected = checkpoint.metadata.removeValue(forKey: digestKey) else {
      if isWhole { throw .noDigest(path: path) }
      return checkpoint
    }
    let found = digest(of: checkpoint)
    guard found == expected else {
      throw .wrongDigest(path: path, expected: expected, found: found)
    }
    return checkpoint
  }

  /// 64 hexadecimal digits.
  static func digest(of checkpoint: Checkpoint) -> String {
    var hash = SHA256()
    func add(_ text: String) {
      let bytes = Array(text.utf8)
      withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update($0) }
      hash.update(bytes)
    }
    for tensor in checkpoint.tensors {
      add(tensor.name)
      add(tensor.shape.map(String.init).joined(separator: "x"))
      tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes {
        hash.update($0)
      }
    }
    for (key, value) in checkpoint.metadata.sorted(by: { $0.key < $1.key })
    where key != digestKey {
      add(key)
      add(value)
    }
    return hash.hexadecimal
  }
}
