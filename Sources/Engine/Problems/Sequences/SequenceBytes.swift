import Foundation

/// Reads the files of sequences whole, plain or gzip-compressed.
enum SequenceBytes {
  /// - Throws: ``DataError`` for a file that cannot be read or holds more than `limit` bytes.
  static func read(_ path: String, limit: Int) throws(DataError) -> [UInt8] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    guard size <= limit else { throw .sequences(path, .memory(needed: size, limit: limit)) }
    let file = try GzipFile(path: path)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try chunk.withUnsafeMutableBufferPointer { buffer throws(DataError) in
        try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard count <= limit - bytes.count else {
        throw .sequences(path, .memory(needed: bytes.count + count, limit: limit))
      }
      bytes += chunk[..<count]
      if count < chunk.count { return bytes }
    }
  }
}
