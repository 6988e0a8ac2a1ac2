/// Wav files (specification of the spiking networks, 5.3): "RIFF", four bytes of size, "WAVE", then
/// chunks of a name, a size and as many bytes, padded to an even number. PCM of 16 bits and one
/// channel is read; chunks that are not needed are passed over.
enum RIFFFile {
  static let magic = Array("RIFF".utf8)
  private static let pcm: UInt16 = 1
  /// The real format is in the first two bytes of the identifier that follows.
  private static let extensible: UInt16 = 0xFFFE

  static func recording(_ bytes: [UInt8], file: String) throws(RecordingError) -> AudioRecording {
    guard bytes.count >= 12 else {
      throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: 12)
    }
    guard bytes.text(8..<12) == "WAVE" else {
      throw .wrong(
        file: file, field: "form at byte 8", found: bytes.text(8..<12), expected: "WAVE")
    }
    var rate: Int?
    var data: Range<Int>?
    var place = 12
    while place + 8 <= bytes.count, rate == nil || data == nil {
      let size = Int(bytes.littleEndian32(at: place + 4))
      let body = place + 8..<place + 8 + size
      let name = bytes.text(place..<place + 4)
      guard body.upperBound <= bytes.count else {
        throw .truncated(file: file, foundBytes: bytes.count, expectedBytes: body.upperBound)
      }
      if name == "fmt " { rate = try self.rate(bytes, body, file) }
      if name == "data" { data = body }
      place = body.upperBound + size % 2
    }
    guard let rate else { throw .absent(file: file, field: "fmt chunk") }
    guard let data else { throw .absent(file: file, field: "data chunk") }
    guard data.count.isMultiple(of: 2) else {
      throw .wrong(
        file: file, field: "data chunk", found: "\(data.count) bytes",
        expected: "whole samples of 2 bytes")
    }
    let samples = stride(from: data.lowerBound, to: data.upperBound, by: 2).map {
      Int16(bitPattern: bytes.littleEndian16(at: $0))
    }
    return AudioRecording(samples: samples, rate: rate)
  }

  /// The rate of a format that is read.
  private static func rate(
    _ bytes: [UInt8], _ body: Range<Int>, _ file: String
  ) throws(RecordingError) -> Int {
    guard body.count >= 16 else {
      throw .wrong(
        file: file, field: "fmt chunk", found: "\(body.count) bytes", expected: "16 or more")
    }
    let start = body.lowerBound
    var format = bytes.littleEndian16(at: start)
    if format == extensible, body.count >= 26 { format = bytes.littleEndian16(at: start + 24) }
    let channels = bytes.littleEndian16(at: start + 2)
    let rate = Int(bytes.littleEndian32(at: start + 4))
    let bits = bytes.littleEndian16(at: start + 14)
    let facts = [
      ("format", Int(format), format == pcm, "1 (PCM)"),
      ("channels", Int(channels), channels == 1, "1"),
      ("bits of a sample", Int(bits), bits == 16, "16"),
      ("sample rate", rate, rate > 0, "above 0"),
    ]
    for (field, found, isRight, expected) in facts where !isRight {
      throw .wrong(file: file, field: field, found: "\(found)", expected: expected)
    }
    return rate
  }
}
