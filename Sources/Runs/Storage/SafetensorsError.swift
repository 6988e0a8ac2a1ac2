/// What is wrong with a safetensors file. Counts are bytes.
package enum SafetensorsError: Error, Sendable, Equatable {
  case file(FileError)
  /// The file ends before the header that it announces.
  case truncatedHeader(path: String, announced: UInt64, found: Int)
  case headerTooLarge(path: String, size: UInt64, limit: UInt64)
  case header(path: String, JSONError)
  /// A part of the header is missing or of the wrong type; `tensor` is `nil` for the header itself.
  case malformed(path: String, tensor: String?, field: String, expected: String)
  case unsupportedType(path: String, tensor: String, found: String, supported: [String])
  /// The byte range of a tensor has not the size that its shape asks for.
  case wrongSize(path: String, tensor: String, expected: Int, found: Int)
  /// A tensor does not begin where the one before it ended: a hole or an overlap.
  case notContiguous(path: String, tensor: String, expectedBegin: Int, begin: Int)
  /// The arrays end before or after the end of the file.
  case wrongLength(path: String, expected: Int, found: Int)
  /// The file is not as it was written.
  case wrongDigest(path: String, expected: String, found: String)
  /// The file does not say what its contents must hash to.
  case noDigest(path: String)
}
