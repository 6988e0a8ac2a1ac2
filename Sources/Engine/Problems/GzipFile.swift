import CZlib
import Foundation

/// A file open for reading, decompressed on the way if it is gzip and as it is if not.
struct GzipFile: ~Copyable {
  private let handle: gzFile
  private let path: String

  /// Throws ``DataError/unreadable(file:reason:)`` when the file cannot be opened.
  init(path: String) throws(DataError) {
    errno = 0
    guard let handle = gzopen(path, "rb") else {
      throw .unreadable(file: path, reason: errno == 0 ? "out of memory" : Self.systemReason())
    }
    gzbuffer(handle, 1 << 17)
    self.handle = handle
    self.path = path
  }

  deinit { gzclose(handle) }

  /// Fills `destination` as far as the file goes and says how many bytes that were. A gzip stream
  /// that breaks off counts as the end of the file.
  func read(into destination: UnsafeMutableRawBufferPointer) throws(DataError) -> Int {
    var filled = 0
    while filled < destination.count {
      // gzread counts in 32 bits.
      let wanted = min(destination.count - filled, 1 << 30)
      let got = gzread(handle, destination.baseAddress?.advanced(by: filled), UInt32(wanted))
      filled += max(0, Int(got))
      guard got <= 0 else { continue }
      try throwUnlessEnded()
      break
    }
    return filled
  }

  /// Whether nothing is left to read.
  func isAtEnd() throws(DataError) -> Bool {
    var byte: UInt8 = 0
    return try withUnsafeMutableBytes(of: &byte) { buffer throws(DataError) in
      try read(into: buffer) == 0
    }
  }

  private func throwUnlessEnded() throws(DataError) {
    var code = Z_OK
    let message = gzerror(handle, &code).map { String(cString: $0) } ?? ""
    switch code {
    case Z_OK, Z_STREAM_END, Z_BUF_ERROR: return
    case Z_ERRNO: throw .unreadable(file: path, reason: Self.systemReason())
    default: throw .damagedCompression(file: path, reason: message)
    }
  }

  private static func systemReason() -> String { String(cString: strerror(errno)) }
}
