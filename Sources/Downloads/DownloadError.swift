import Engine

/// Why a file could not be downloaded. The cases carry facts; ``description(of:)-(DownloadError)``
/// makes the sentence.
package enum DownloadError: Error, Sendable, Equatable {
  /// No directory to download into: neither an option nor the environment names one.
  case noDestination
  /// The data set has no public address, or is part of the program.
  case noAddress(dataSet: String, embedded: Bool)
  /// The address is not `http://HOST/...` or `https://HOST/...`.
  case badAddress(String)
  /// The server could not be reached or the connection broke; `code` is that of `URLError`, and
  /// `kept` bytes of the file are there for the next try.
  case network(address: String, code: Int, detail: String, kept: Int)
  /// The server answered with a status that brings no file.
  case refused(address: String, status: Int)
  /// The server sends the file in another encoding than its own, e.g. unpacked on the way.
  case encoded(address: String, encoding: String)
  /// The transfer ended early; what came is kept in `part`.
  case incomplete(address: String, part: String, found: Int, expected: Int)
  /// The server sent more than the file's size; the part is removed.
  case tooLong(address: String, expected: Int)
  /// The bytes are not those of the published file; the part is removed.
  case wrongChecksum(file: String, found: String, expected: String)
  /// Another process is downloading into the same part.
  case busy(part: String)
  /// The operating system refused a directory or file.
  case cannotWrite(file: String, reason: String)
}

extension DownloadError {
  /// Whether the data are bad, as opposed to out of reach.
  package var isBadData: Bool {
    switch self {
    case .tooLong, .wrongChecksum: true
    default: false
    }
  }
}
