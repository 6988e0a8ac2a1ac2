import CZlib

/// Decompresses a whole gzip stream that is already in memory.
///
/// - Returns: `nil` when the stream is damaged or incomplete.
func inflated(_ compressed: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
  var stream = z_stream()
  // 31 = the largest window (15) and a gzip header (16).
  let size = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(&stream, 31, ZLIB_VERSION, size) == Z_OK else { return nil }
  defer { inflateEnd(&stream) }
  // zlib does not write to its input; its header merely lacks the `const`.
  stream.next_in = UnsafeMutablePointer(mutating: compressed.baseAddress)
  stream.avail_in = UInt32(compressed.count)
  var result: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  var status = Z_OK
  while status == Z_OK {
    status = chunk.withUnsafeMutableBufferPointer { buffer in
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(buffer.count)
      return inflate(&stream, Z_NO_FLUSH)
    }
    result.append(contentsOf: chunk[..<(chunk.count - Int(stream.avail_out))])
  }
  return status == Z_STREAM_END ? result : nil
}
