/// Sound of one channel.
package struct AudioRecording: Sendable, Equatable {
  package var samples: [Int16]
  /// Samples a second.
  package var rate: Int

  package init(samples: [Int16], rate: Int) {
    self.samples = samples
    self.rate = rate
  }

  /// The samples within -1...1.
  package var scaled: [Double] { samples.map { Double($0) / 32768 } }
}

extension AudioRecording {
  /// Reads a RIFF or a NIST SPHERE file, which its first bytes tell apart.
  ///
  /// - Parameter file: name of the file in errors
  package init(_ bytes: [UInt8], file: String) throws(RecordingError) {
    if bytes.starts(with: SPHEREFile.magic) {
      self = try SPHEREFile.recording(bytes, file: file)
    } else if bytes.starts(with: RIFFFile.magic) {
      self = try RIFFFile.recording(bytes, file: file)
    } else {
      throw .foreign(
        file: file, found: Array(bytes.prefix(8)),
        expected: "\"RIFF\" (a wav file) or \"NIST_1A\" (a SPHERE file)")
    }
  }

  package init(path: String) throws(RecordingError) {
    try self.init(try RecordingBytes.read(path), file: path)
  }

  /// - Throws: ``RecordingError`` where there are not exactly `rate` samples a second.
  func checked(rate expected: Int, file: String) throws(RecordingError) -> AudioRecording {
    guard rate == expected else {
      throw .wrong(
        file: file, field: "sample rate", found: "\(rate)", expected: "\(expected)")
    }
    return self
  }
}
